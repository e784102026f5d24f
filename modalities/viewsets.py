from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from clinicsite.clinics.tenancy.listings import ClinicListingViewSet
from clinicsite.modalities.models import ConditionPage, ModalityPage, Reference


class ReferenceViewSet(SnippetViewSet):
    """The agency's references, for every clinical text to cite."""

    model = Reference
    icon = "openquote"
    menu_label = "References"
    menu_name = "clinicsite-references"
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "short_authors",
        Column("year", sort_key="year"),
        "title",
        Column("get_study_type_display", label="Kind of study", sort_key="study_type"),
        Column("is_finding_confirmed", label="Finding re-read", sort_key="is_finding_confirmed"),
    ]
    list_filter = ["study_type", "is_finding_confirmed"]
    ordering = ["citation_key"]


class ModalityListing(ClinicListingViewSet):
    """Treatments, a clinic's or the library's."""

    model = ModalityPage
    name = "clinicsite_treatments"
    url_prefix = "clinicsite/treatments"
    icon = "crosshairs"
    menu_label = "Treatments"
    menu_name = "clinicsite-treatments"
    menu_order = 110


class ConditionListing(ClinicListingViewSet):
    """Conditions, a clinic's or the library's."""

    model = ConditionPage
    name = "clinicsite_conditions"
    url_prefix = "clinicsite/conditions"
    icon = "clipboard-list"
    menu_label = "Conditions"
    menu_name = "clinicsite-conditions"
    menu_order = 115
