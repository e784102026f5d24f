"""What else names a page: said in words before the page is deleted, taken down or moved with others."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page, ReferenceIndex

#: As many are listed; Wagtail's screen “Usage” has the rest.
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


def uses_of(page: Page, user) -> list[Use]:
    """The first places that name a page, as far as somebody may know of them."""
    finder = AdminURLFinder(user)
    groups = list(ReferenceIndex.get_grouped_references_to(page))[:LISTED]
    return [_use(thing, references, finder.get_edit_url(thing)) for thing, references in groups]


@dataclass(frozen=True)
class UsesOfOne:
    """What names one of several pages that are chosen together: the first places, and how many more."""

    page: Page
    uses: list[Use]
    more: int


def uses_of_several(pages: Iterable[Page], user) -> list[UsesOfOne]:
    """The same for each of several pages that anything names, in the order given."""
    finder = AdminURLFinder(user)
    found = ReferenceIndex.get_grouped_references_to_in_bulk(list(pages))
    return [_uses_of_one(page, list(groups), finder) for page, groups in found.items() if groups]


def _uses_of_one(page, groups, finder):
    first = groups[:LISTED_OF_SEVERAL]
    uses = [_use(thing, references, finder.get_edit_url(thing)) for thing, references in first]
    return UsesOfOne(page, uses, len(groups) - len(first))


def _use(thing, references, address):
    roles = ", ".join(dict.fromkeys(str(one.describe_source_field()) for one in references))
    return Use(str(thing) if address else UNSEEN, address or "", roles)


class _ListsUses:
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"uses": uses_of(context["page"], self.request.user)}


class ListingDeleteView(_ListsUses, DeleteView):
    """Wagtail's question before a page is deleted, with what names it."""

    template_name = "clinicsite/core/admin/confirm_delete.html"


class ListingUnpublishView(_ListsUses, UnpublishView):
    """Wagtail's question before a page is taken down, with what names it and what patients will see."""

    template_name = "clinicsite/core/admin/confirm_unpublish.html"
