"""Admin lists of pages without filters that would name other clinics and their people."""

from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from clinicsite.core.publishing_doors import GuardedWorkflowActionView


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


class ClinicPageViewSet(PageViewSet):
    """Every page's admin views, with the filters a clinic may see; none approves what cannot go live."""

    filterset_class = ClinicPageFilterSet
    workflow_action_view_class = GuardedWorkflowActionView


class ClinicListingViewSet(PageListingViewSet):
    """All pages of one type that a person may edit, one click from the menu."""

    filterset_class = ClinicListingFilterSet
    add_to_admin_menu = True
