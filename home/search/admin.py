"""What patients looked for and did not find, in the admin: their clinic's to read, nothing to change."""

from django.urls import path
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Site

from clinicsite.core.typed_times import format_date
from clinicsite.home.clinic_filter import ClinicFilter
from clinicsite.home.search.missing import missed_by
from clinicsite.home.search.models import MissedSearch

TITLE = "Missed searches"


def clinics_that_missed(request):
    """The sites of which the person who asks is shown a search."""
    shown = missed_by(request.user).order_by().values("site")
    return Site.objects.filter(pk__in=shown).order_by("site_name", "pk")


class MissedSearchFilterSet(WagtailFilterSet):
    """By clinic, for whoever looks after several."""

    site = ClinicFilter(label="Clinic", queryset=clinics_that_missed, empty_label="All")

    class Meta:
        model = MissedSearch
        fields = ["site"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(clinics_that_missed(self.request)[:2]) < 2:
            del self.filters["site"]


class MissedSearchListView(BaseListingView):
    """The searches without a result on one's own clinics' sites, the commonest first."""

    model = MissedSearch
    template_name = "clinicsite/core/admin/listing.html"
    page_title = TITLE
    header_icon = "search"
    index_url_name = "clinicsite_missed_searches:index"
    index_results_url_name = "clinicsite_missed_searches:results"
    default_ordering = "-times"
    filterset_class = MissedSearchFilterSet
    paginate_by = 50
    columns = [
        Column("words", label="Patients looked for", sort_key="words"),
        Column("times", label="Times", sort_key="times"),
        # A day alone: Wagtail's column for dates would say how many hours ago it began.
        Column("last_on", label="Last", sort_key="last_on", accessor=lambda row: format_date(row.last_on)),
        Column("site.site_name", label="Clinic"),
    ]

    @cached_property
    def no_results_message(self):
        if self.is_filtering:
            return "No search of this clinic's patients matches your filter."
        return "Nothing yet. Words are listed here once patients have looked for them in vain twice."

    def get_base_queryset(self):
        return missed_by(self.request.user).select_related("site")

    def order_queryset(self, queryset):
        # Of two that are alike in what is sorted by, the page breaks must not show one twice and one never.
        return queryset.order_by(self.ordering, "-times", "-last_on", "words", "pk")


class MissedSearchViewSet(ViewSet):
    """Searches without a result in the menu of everybody who looks after a clinic."""

    name = "clinicsite_missed_searches"
    url_prefix = "clinicsite/missed-searches"
    icon = "search"
    menu_label = TITLE
    menu_name = "clinicsite-missed-searches"
    menu_order = 155
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", MissedSearchListView.as_view(), name="index"),
            path("results/", MissedSearchListView.as_view(results_only=True), name="results"),
        ]
