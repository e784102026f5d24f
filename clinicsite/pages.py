"""Page types of a project's own on clinics' sites, and how they follow the shared library.

    from clinicsite.pages import LIBRARY_FOLDER, FollowerPage, register_library_page

    @register_library_page
    class CoursePage(FollowerPage):
        parent_page_types = [CourseIndexPage, LIBRARY_FOLDER]

docs/how-to/agency-add-a-page-type.md leads through it, and docs/reference/python-api.md says what a project
may count on. `manage.py check` says what such a type lacks.
"""

from collections.abc import Iterable

from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from clinicsite.clinics.tenancy.own_rows import register_own_rows
from clinicsite.core.fields import ProseField
from clinicsite.core.models import BasePage
from clinicsite.core.models.call_band import CallBand
from clinicsite.core.page_types import CLINIC_PAGES, FRONT_PAGES
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering
from clinicsite.core.structured_data import (
    Node,
    Shown,
    breadcrumb,
    collection,
    node,
    page_about,
    questions,
    register_for,
)
from clinicsite.library.models.folders import LIBRARY_PAGES
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.modalities.models import Reference
from clinicsite.modalities.structured_data import citations_of

__all__ = [
    "FRONT_PAGE",
    "LIBRARY_FOLDER",
    "FollowerIndexPage",
    "FollowerPage",
    "register_clinic_page",
    "register_library_page",
    "register_own_rows",
]

#: For `parent_page_types`: the library's folders, and a clinic's front page.
LIBRARY_FOLDER = "clinicsite_library.LibraryFolderPage"
FRONT_PAGE = "clinicsite_home.HomePage"


def register_library_page(page_type: type[Page]) -> type[Page]:
    """Let pages of a type stand in the shared library; used as a decorator of its class."""
    return LIBRARY_PAGES.register(page_type)


def register_clinic_page(page_type: type[Page]) -> type[Page]:
    """Let pages of a type stand right below a clinic's front page; used as a decorator of its class."""
    return CLINIC_PAGES.register(page_type)


class FollowerPage(SharedPage):
    """A page type of a project's own that can follow the library: sections, locks, answers and releases."""

    template = "clinicsite/pages/follower_page.html"
    subpage_types = []

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["references"] = Reference.objects.numbered(current_rendering())
        return context


class FollowerIndexPage(CallBand, BasePage):
    """A clinic's list of the pages that stand below it; a clinic has one of each kind."""

    template = "clinicsite/pages/follower_index_page.html"
    parent_page_types = FRONT_PAGES
    max_count_per_parent = 1
    lists_children = True

    introduction = ProseField(blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), CallBand.call_panel]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = sorted(self._followers_below(), key=lambda page: page.title.casefold())
        return context

    def _followers_below(self) -> Iterable[SharedPage]:
        types = (model for model in self.allowed_subpage_models() if issubclass(model, SharedPage))
        for model in types:
            yield from listed(model.objects.child_of(self), self).with_library()


def describe_follower(shown: Shown) -> list[Node]:
    """A page for machines: what it cites, when all of it was last checked, and its questions."""
    reviewed_on = shown.page.review_claim
    return [
        page_about(
            shown,
            "WebPage",
            citation=citations_of(shown),
            lastReviewed=reviewed_on.isoformat() if reviewed_on else None,
        ),
        *breadcrumb(shown),
        *questions(shown),
    ]


def describe_list(shown: Shown) -> list[Node]:
    """The list of a clinic's pages, in its order."""
    pages = shown.values.get("pages") or ()
    return collection(shown, [node("WebPage", name=one.title, url=shown.url_of(one)) for one in pages])


register_for(FollowerPage, describe_follower)
register_for(FollowerIndexPage, describe_list)
