"""The pages that a page lists, ready to be shown."""

from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering


def pages_shown(relation):
    """The pages to list in a page's many-to-many list that belong to the clinic being read, as a query.

    `relation` is the manager of the list. A draft and a preview hold the list in memory, where it cannot be
    queried; a page copied from another clinic still lists that clinic's pages, which must not show here.
    """
    related = relation.all()
    pages = listed(related.model._default_manager, relation.instance)
    pages = pages.filter(pk__in=related.values_list("id", flat=True))
    site = current_rendering().site
    return pages.descendant_of(site.root_page) if site else pages
