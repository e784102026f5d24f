"""Admin lists of our pages without filters that would name other clinics and their people."""

from django.utils.functional import cached_property
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet, page_viewset_registry

from clinicsite.clinics.tenancy.surface import Kind, may_use
from clinicsite.core.deleting_doors import asking_first
from clinicsite.core.editor import StatedCreateView, StatedEditView, StatedRevertView
from clinicsite.core.models.pages import BasePage
from clinicsite.core.publishing_doors import GuardedWorkflowActionView
from clinicsite.core.usage import ListingDeleteView, ListingUnpublishView


class ClinicPageFilterSet(GenericPageFilterSet):
    """Filters by date, type and children; not by site, owner or editor, which list every clinic's."""

    owner = None
    edited_by = None
    site = None


class ClinicListingFilterSet(PageFilterSet):
    """The same for a list of pages of one type."""

    owner = None
    edited_by = None
    site = None


class ReadableHistoryView(PageHistoryView):
    """The history of a page, without ways to the editor for whoever only reads."""

    def setup(self, request, *args, **kwargs):
        if not may_use(request.user, [(Kind.ADDRESS, self.edit_url_name)]):
            self.edit_url_name = self.revisions_revert_url_name = self.revisions_unschedule_url_name = None
        super().setup(request, *args, **kwargs)

    @cached_property
    def header_buttons(self):
        return super().header_buttons if self.edit_url_name else []


class ClinicPageViewSet(PageViewSet):
    """The admin views of our pages, with the filters a clinic may see; none approves what cannot go live.

    Those that would take down what a site stands on say why they do not.
    The project's own pages keep their views, and the filters that are not judged for clinics are taken out.
    """

    filterset_class = ClinicPageFilterSet
    workflow_action_view_class = GuardedWorkflowActionView
    add_view_class = StatedCreateView
    edit_view_class = StatedEditView
    revisions_revert_view_class = StatedRevertView
    history_view_class = ReadableHistoryView
    delete_view_class = ListingDeleteView
    unpublish_view_class = ListingUnpublishView

    @cached_property
    def views(self):
        """Wagtail's views by name; some ask first."""
        return super().views | {
            "delete": asking_first(self.delete_view, "delete"),
            "unpublish": asking_first(self.unpublish_view, "unpublish"),
            "move": asking_first(self.move_view, "move", "page_to_move_id"),
            "move_confirm": asking_first(self.move_confirm_view, "move", "page_to_move_id"),
        }

    def on_register(self):
        # Its views ask `Page`, which has a table; it is registered for our types alone.
        super(PageViewSet, self).on_register()
        page_viewset_registry.register(BasePage, self, parent_models=[BasePage])


class ClinicListingViewSet(PageListingViewSet):
    """All pages of one type that a person may edit, one click from the menu."""

    filterset_class = ClinicListingFilterSet
    add_to_admin_menu = True
