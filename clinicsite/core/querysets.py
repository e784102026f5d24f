"""Which pages a list may name."""

from functools import reduce
from operator import or_

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageViewRestriction, get_page_models

from clinicsite.core.rendering import current_rendering


def listed(pages, seen_from=None):
    """The live pages among these that open for whoever reads `seen_from`, and have something to read there.

    Costs no query of its own. A page that is a list of the pages below it (`lists_children`) is left out
    until it has one that opens, too.

    `pages` is a page queryset or manager. What a reader had to pass to see `seen_from`, such as its blog's
    password, hides nothing further from them. Without it the clinic's front page is meant, or on the
    agency's host nothing passed at all. Pages behind any other restriction are left out.
    """
    site = current_rendering().site
    seen_from = seen_from or (site.root_page if site else None)
    return _without_barriers(pages, _paths_to(seen_from.path) if seen_from else [])


def open_to_all(pages):
    """The live pages among these that open for anybody, whoever reads; else as `listed` has them."""
    return _without_barriers(pages, [])


def _without_barriers(pages, passed):
    is_list, is_empty = _is_list(pages.model), ~Exists(_open(_below(), passed))
    return _open(pages, passed).exclude(is_list & is_empty) if is_list else _open(pages, passed)


def _below():
    """The pages right below one of an outer query."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Page.objects.annotate(list_path=path).filter(
        path__startswith=F("list_path"), depth=OuterRef("depth") + 1
    )


def _is_list(model):
    """The condition that a row is of a type that lists the pages below it; None where no row can be."""
    if model is not Page and not getattr(model, "lists_children", False):
        return None
    types = get_page_models() if model is Page else [model]
    metas = [one._meta for one in types if getattr(one, "lists_children", False)]
    named = (Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name) for meta in metas)
    return reduce(or_, named, Q(pk__in=[]))


def _open(pages, passed):
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    barriers = PageViewRestriction.objects.exclude(page__path__in=passed).annotate(listed_path=path)
    return pages.live().filter(~Exists(barriers.filter(listed_path__startswith=F("page__path"))))


def _paths_to(path):
    """The tree paths of a page's ancestors and its own."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
