"""Questions to the database about pages that can follow the library."""

from django.db.models import Exists, Q
from wagtail.models import PageManager, PageQuerySet, Site

from clinicsite.core.wagtail_private import is_in_memory
from clinicsite.library.protocols import LibraryReader


class SharedPageQuerySet(PageQuerySet):
    """Questions about pages that can follow the library."""

    def of_site(self, site: Site):
        """The pages of one clinic."""
        return self.descendant_of(site.root_page)

    def with_library(self):
        """Load each page's library page and pictures in the same query, for cards and lists."""
        return self.select_related("hero_image", "held_picture", "library_page__hero_image")

    def standing_for(self, page_ids):
        """The pages among these, and the followers of those that are library pages.

        `page_ids` is a list of primary keys or a subquery of them.
        """
        return self.filter(Q(pk__in=page_ids) | Q(library_page__in=page_ids))


SharedPageManager = PageManager.from_queryset(SharedPageQuerySet)


def ids_read(page: LibraryReader, name):
    """The keys of the pages in a page's many-to-many list, or in that of the library page it follows.

    `name` is the list's field. The answer is a subquery where both lists are stored, else a list: a draft, a
    preview and a piloted release hold theirs in memory.
    """
    relation = getattr(page, name)
    if not page.is_follower:
        return relation.values_list("id", flat=True)
    library_page = page.library_source
    if is_in_memory(page, name) or is_in_memory(library_page, name):
        source = page if relation.all() else library_page
        return getattr(source, name).values_list("id", flat=True)
    return _stored_ids(page, library_page, name)


def _stored_ids(page, library_page, name):
    field = type(page)._meta.get_field(name)
    holder, held = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through.objects.filter(**{f"{holder}__in": [page.pk, library_page.pk]})
    own = rows.filter(**{holder: page.pk})
    return rows.filter(Q(**{holder: page.pk}) | ~Exists(own)).values(held)
