"""What else names a page: said in words before the page is deleted, taken down or moved with others."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page, ReferenceIndex

#: As many are listed, and it is said how many more there are; Wagtail's screen “Usage” has them.
LISTED = 20
#: As many of each page where several are chosen.
LISTED_OF_SEVERAL = 5
UNSEEN = "A page that you cannot open"


@dataclass(frozen=True)
class Use:
    """A place that names a page; `address` is empty where the person may not open it."""

    title: str
    address: str
    #: As what it names the page, such as "Authors".
    roles: str


@dataclass(frozen=True)
class UsesOfOne:
    """What names a page, and the pages below it, which go where it goes."""

    page: Page
    #: The first places, and how many more there are.
    uses: list[Use]
    more: int
    #: The first pages below it that something else names, and how many more of them there are.
    below: list["UsesOfOne"]
    more_below: int


def uses_of(page: Page, user) -> UsesOfOne:
    """The first places that name a page, or one below it, as far as somebody may know of them."""
    return _uses_of(page, _groups_of([page]), user, LISTED)


def uses_of_several(pages: Iterable[Page], user) -> list[UsesOfOne]:
    """The same for each of several pages that anything names, or a page below, in the order given."""
    chosen = list(pages)
    groups = _groups_of(chosen)
    found = (_uses_of(page, groups, user, LISTED_OF_SEVERAL) for page in chosen)
    return [one for one in found if one.uses or one.below]


def _groups_of(chosen):
    """Page -> (thing, its references) of each thing that names it; of these pages and all below them."""
    below = Page.objects.none()
    for page in chosen:
        below |= Page.objects.descendant_of(page)
    pages = list({page.pk: page for page in [*below.order_by("path"), *chosen]}.values())
    found = ReferenceIndex.get_grouped_references_to_in_bulk(pages)
    return {page: list(groups) for page, groups in found.items() if groups}


def _uses_of(page, groups, user, most):
    finder = AdminURLFinder(user)
    uses, more = _first(next((found for one, found in groups.items() if one.pk == page.pk), []), finder, most)
    below = []
    for one, found in sorted(groups.items(), key=lambda item: item[0].path):
        # What goes or comes down with the page needs no word of it.
        outside = [(thing, refs) for thing, refs in found if not _is_within(thing, page)]
        if one.path != page.path and _is_within(one, page) and outside:
            below.append((one, outside))
    named = [UsesOfOne(one, *_first(found, finder, LISTED_OF_SEVERAL), [], 0) for one, found in below[:most]]
    return UsesOfOne(page, uses, more, named, len(below) - len(named))


def _is_within(thing, page):
    return isinstance(thing, Page) and thing.path.startswith(page.path)


def _first(groups, finder, most):
    first = [_use(thing, references, finder.get_edit_url(thing)) for thing, references in groups[:most]]
    return first, len(groups) - len(first)


def _use(thing, references, address):
    roles = ", ".join(dict.fromkeys(str(one.describe_source_field()) for one in references))
    return Use(str(thing) if address else UNSEEN, address or "", roles)


class _ListsUses:
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"named": uses_of(context["page"], self.request.user)}


class ListingDeleteView(_ListsUses, DeleteView):
    """Wagtail's question before a page is deleted, with what names it."""

    template_name = "clinicsite/core/admin/confirm_delete.html"


class ListingUnpublishView(_ListsUses, UnpublishView):
    """Wagtail's question before a page is taken down, with what names it and what patients will see."""

    template_name = "clinicsite/core/admin/confirm_unpublish.html"
