"""Admin reports without what would name other clinics, their pages and their people."""

from django.http import Http404
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet, LockedPagesView
from wagtail.admin.views.reports.page_types_usage import (
    PageTypesUsageReportFilterSet,
    PageTypesUsageReportView,
    SiteFilter,
)
from wagtail.admin.views.reports.workflows import (
    WorkflowReportFilterSet,
    WorkflowTasksReportFilterSet,
    WorkflowTasksView,
    WorkflowView,
)
from wagtail.models import Site

from clinicsite.clinics.tenancy.scope import of_clinics, scope_at_work
from clinicsite.core.models.pages import of_our_types

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


def _sites_of_the_project():
    """Choices as Wagtail's own filter has them, without the clinics."""
    sites = Site.objects.exclude(of_clinics()).select_related("root_page")
    return [(site.root_page.path, str(site)) for site in sites]


class ProjectsPageTypesFilterSet(PageTypesUsageReportFilterSet):
    """Filters by the sites of the project around the clinics."""

    site = SiteFilter(
        label=PageTypesUsageReportFilterSet.base_filters["site"].label,
        choices=_sites_of_the_project,
        empty_label=None,
        null_label=PageTypesUsageReportFilterSet.base_filters["site"].extra["null_label"],
        null_value=None,
    )


class ProjectsPageTypesView(PageTypesUsageReportView):
    """The page types of the project around the clinics, without ours."""

    filterset_class = ProjectsPageTypesFilterSet

    def get_queryset(self):
        return super().get_queryset().exclude(of_our_types())


def without_foreign_reports(request, menu_items):
    """The items of the reports menu that a person may open."""
    scope = scope_at_work(request.user)
    if scope.is_everything or scope.is_projects:
        return menu_items
    return [item for item in menu_items if item.name not in WHOLE_AGENCY_REPORTS]


def _not_found(request):
    raise Http404


def _by_person(everybodys, ones_own, projects):
    """A view that shows each what is theirs: whoever may see everything, clinics' people, the project's."""

    @never_cache
    @require_admin_access
    def view(request):
        scope = scope_at_work(request.user)
        shown = projects if scope.is_projects else ones_own
        return everybodys(request) if scope.is_everything else shown(request)

    return view


def _report(address, view_class, filterset_class=None, projects_view_class=None):
    """The addresses of a report and of its results; without filters of one's own it is the agency's alone."""
    patterns = []
    name = address.strip("/").replace("-", "_")
    for suffix, ending, options in (("", "", {}), ("results/", "_results", {"results_only": True})):
        own = _not_found
        if filterset_class is not None:
            own = view_class.as_view(filterset_class=filterset_class, **options)
        everybodys = view_class.as_view(**options)
        projects = (projects_view_class or view_class).as_view(**options)
        patterns.append(path(address + suffix, _by_person(everybodys, own, projects), name=name + ending))
    return patterns


app_name = "clinicsite_reports"
#: To stand before Wagtail's own, under the same addresses.
urlpatterns = [
    *_report("site-history/", LogEntriesView),
    *_report("page-types-usage/", PageTypesUsageReportView, projects_view_class=ProjectsPageTypesView),
    *_report("locked/", LockedPagesView, ClinicLockedPagesFilterSet),
    *_report("workflow/", WorkflowView, ClinicWorkflowFilterSet),
    *_report("workflow_tasks/", WorkflowTasksView, ClinicWorkflowTasksFilterSet),
]
