"""Admin reports without what would name other clinics, their pages and their people."""

from django.http import Http404
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet, LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import (
    WorkflowReportFilterSet,
    WorkflowTasksReportFilterSet,
    WorkflowTasksView,
    WorkflowView,
)

from clinicsite.clinics.tenancy.scope import scope_at_work, scope_of

#: Menu items of reports about everybody's pages; they have no form that a single clinic could see.
WHOLE_AGENCY_REPORTS = ("site-history", "page-types-usage")


class ClinicLockedPagesFilterSet(LockedPagesReportFilterSet):
    """Filters by date and state; not by person, which lists everybody who ever locked a page."""

    locked_by = None

    class Meta(LockedPagesReportFilterSet.Meta):
        fields = ["locked_at", "live"]


class ClinicWorkflowFilterSet(WorkflowReportFilterSet):
    """Filters by date and state; not by person or workflow, which list every clinic's."""

    requested_by = None

    class Meta(WorkflowReportFilterSet.Meta):
        fields = ["reviewable", "status", "created_at"]


class ClinicWorkflowTasksFilterSet(WorkflowTasksReportFilterSet):
    """Filters by date and state; not by workflow or task, which list every clinic's."""

    workflow = None
    task = None

    class Meta(WorkflowTasksReportFilterSet.Meta):
        fields = ["reviewable", "status", "started_at", "finished_at"]


def without_foreign_reports(request, menu_items):
    """The items of the reports menu that a person may open."""
    if scope_at_work(request.user).is_everything:
        return menu_items
    return [item for item in menu_items if item.name not in WHOLE_AGENCY_REPORTS]


def _not_found(request):
    raise Http404


def _by_person(everybodys, ones_own):
    """A view that shows one thing to who may see everything, and another to all others."""

    @never_cache
    @require_admin_access
    def view(request):
        shown = everybodys if scope_of(request.user).is_everything else ones_own
        return shown(request)

    return view


def _report(address, view_class, filterset_class=None):
    """The addresses of a report and of its results; without filters of one's own it is the agency's alone."""
    patterns = []
    name = address.strip("/").replace("-", "_")
    for suffix, ending, options in (("", "", {}), ("results/", "_results", {"results_only": True})):
        own = _not_found
        if filterset_class is not None:
            own = view_class.as_view(filterset_class=filterset_class, **options)
        everybodys = view_class.as_view(**options)
        patterns.append(path(address + suffix, _by_person(everybodys, own), name=name + ending))
    return patterns


app_name = "clinicsite_reports"
#: To stand before Wagtail's own, under the same addresses.
urlpatterns = [
    *_report("site-history/", LogEntriesView),
    *_report("page-types-usage/", PageTypesUsageReportView),
    *_report("locked/", LockedPagesView, ClinicLockedPagesFilterSet),
    *_report("workflow/", WorkflowView, ClinicWorkflowFilterSet),
    *_report("workflow_tasks/", WorkflowTasksView, ClinicWorkflowTasksFilterSet),
]
