"""The audit log on screen: for the agency all of it, for a clinic's owners and auditors their clinic's."""

from datetime import timedelta

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.clinics.models import AuditEntry
from clinicsite.clinics.models.roles import ClinicRole
from clinicsite.clinics.roles import PAGE_GRANTS
from clinicsite.clinics.tenancy.held import scope_where
from clinicsite.clinics.tenancy.scope import Scope, clinic_sites, scope_at_work
from clinicsite.core.conf import conf
from clinicsite.core.spreadsheets import CsvExportMixin

NAME = "clinicsite_audit"


def scope_read_by(user) -> Scope:
    """Where somebody reads a part of the log: as an owner, from above, or as an auditor; no query."""
    scope = scope_at_work(user)
    return scope if scope.only_reads else scope_where(user, PAGE_GRANTS[ClinicRole.Role.OWNER])


def reads_all(user) -> bool:
    """Whether somebody reads the whole log: whoever looks after the clinics for the agency."""
    scope = scope_at_work(user)
    return scope.is_everything or (scope.is_agencys and user.has_perm("wagtailcore.change_site"))


def entries_read_by(user):
    """The entries that somebody reads, newest first."""
    rows = AuditEntry.objects.select_related("site")
    return rows if reads_all(user) else rows.filter(site__in=scope_read_by(user).sites())


def _clinics(request):
    user = getattr(request, "user", None)
    if user is None:
        return clinic_sites().none()
    return clinic_sites() if reads_all(user) else scope_read_by(user).sites()


class AuditFilterSet(WagtailFilterSet):
    """By what was done, by clinic, and by how long ago."""

    kind = django_filters.ChoiceFilter(label="What", choices=AuditEntry.Kind.choices, empty_label="All")
    site = django_filters.ModelChoiceFilter(label="Clinic", queryset=_clinics, empty_label="All")
    days = django_filters.ChoiceFilter(
        label="When",
        choices=[("1", "The last day"), ("7", "The last week"), ("31", "The last month")],
        empty_label="Any time",
        method="filter_days",
    )

    class Meta:
        model = AuditEntry
        fields = ["kind", "site", "days"]

    def filter_days(self, rows, name, value):
        """Those of so many days."""
        return rows.filter(moment__gte=timezone.now() - timedelta(days=int(value)))


class AuditView(CsvExportMixin, BaseListingView):
    """The log, newest first; it is read and downloaded, and changed by nobody."""

    model = AuditEntry
    page_title = "Audit log"
    header_icon = "history"
    index_url_name = f"{NAME}:index"
    index_results_url_name = f"{NAME}:results"
    default_ordering = "-moment"
    filterset_class = AuditFilterSet
    search_fields = ["name", "about", "address"]
    is_searchable = True
    paginate_by = 50
    columns = [
        DateColumn("moment", label="When", sort_key="moment"),
        Column("get_kind_display", label="What"),
        Column("about", label="About"),
        Column("name", label="Who"),
        Column("site", label="Clinic"),
        Column("address", label="From"),
    ]
    list_export = ["moment", "get_kind_display", "about", "name", "site", "address"]
    export_headings = {
        "moment": "When",
        "get_kind_display": "What",
        "about": "About",
        "name": "Who",
        "site": "Clinic",
        "address": "From",
    }
    export_filename = "audit-log"

    @cached_property
    def no_results_message(self):
        if self.is_filtering or self.is_searching:
            return "Nothing in the log is like that."
        return f"Nothing has been noted in the last {conf.AUDIT_LOG_DAYS} days."

    def get_base_queryset(self):
        return entries_read_by(self.request.user)


class AuditViewSet(ViewSet):
    """The addresses of the log, and its place among the reports."""

    name = NAME
    url_prefix = "clinicsite/audit"
    icon = "history"
    menu_label = "Audit log"

    def get_urlpatterns(self):
        return [
            path("", AuditView.as_view(), name="index"),
            path("results/", AuditView.as_view(results_only=True), name="results"),
        ]
