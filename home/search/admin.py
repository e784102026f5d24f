"""What patients looked for and did not find, in the admin: their clinic's to read, nothing to change."""

from django.urls import path
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.home.search.missing import missed_by
from clinicsite.home.search.models import MissedSearch


class MissedSearchListView(BaseListingView):
    """The searches without a result on one's own clinics' sites, the commonest first."""

    model = MissedSearch
    page_title = "Searches without a result"
    header_icon = "search"
    index_url_name = "clinicsite_missed_searches:index"
    index_results_url_name = "clinicsite_missed_searches:results"
    default_ordering = "-times"
    no_results_message = (
        "Nothing yet. Words are listed here once patients have looked for them in vain twice."
    )
    columns = [
        Column("words", label="Patients looked for", sort_key="words"),
        Column("times", label="Times", sort_key="times"),
        DateColumn("last_on", label="Last", sort_key="last_on"),
        Column("site.site_name", label="Clinic"),
    ]

    def get_base_queryset(self):
        return missed_by(self.request.user).select_related("site")


class MissedSearchViewSet(ViewSet):
    """Searches without a result in the menu of everybody who looks after a clinic."""

    name = "clinicsite_missed_searches"
    url_prefix = "clinicsite/missed-searches"
    icon = "search"
    menu_label = "Missed searches"
    menu_name = "clinicsite-missed-searches"
    menu_order = 155
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", MissedSearchListView.as_view(), name="index"),
            path("results/", MissedSearchListView.as_view(results_only=True), name="results"),
        ]
