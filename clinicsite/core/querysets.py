"""Which pages a list may name."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageViewRestriction

from clinicsite.core.rendering import current_rendering


def listed(pages, seen_from=None):
    """The live pages among these that open for whoever reads `seen_from`; costs no query of its own.

    `pages` is a page queryset or manager. What a reader had to pass to see `seen_from`, such as its blog's
    password, hides nothing further from them. Without it the clinic's front page is meant, or on the
    agency's host nothing passed at all. Pages behind any other restriction are left out.
    """
    site = current_rendering().site
    seen_from = seen_from or (site.root_page if site else None)
    return _without_barriers(pages, _paths_to(seen_from.path) if seen_from else [])


def open_to_all(pages):
    """The live pages among these that open for anybody, whoever reads; costs no query of its own."""
    return _without_barriers(pages, [])


def _without_barriers(pages, passed):
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    barriers = PageViewRestriction.objects.exclude(page__path__in=passed).annotate(listed_path=path)
    return pages.live().filter(~Exists(barriers.filter(listed_path__startswith=F("page__path"))))


def _paths_to(path):
    """The tree paths of a page's ancestors and its own."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
