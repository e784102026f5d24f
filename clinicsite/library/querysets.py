from django.db import models
from wagtail.models import PageManager, PageQuerySet


class SharedPageQuerySet(PageQuerySet):
    """Questions about pages that can follow the library."""

    def of_site(self, site):
        """The pages of one clinic."""
        return self.descendant_of(site.root_page)

    def with_library(self):
        """Load each page's library page and pictures in the same query, for cards and lists."""
        return self.select_related("hero_image", "library_page__hero_image")

    def standing_for(self, page_ids):
        """The pages among these, and the followers of those that are library pages.

        `page_ids` is a list of primary keys or a subquery of them.
        """
        return self.filter(models.Q(pk__in=page_ids) | models.Q(library_page__in=page_ids))


SharedPageManager = PageManager.from_queryset(SharedPageQuerySet)
