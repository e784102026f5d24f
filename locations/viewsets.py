from clinicsite.clinics.tenancy.listings import ClinicListingViewSet
from clinicsite.locations.models import LocationPage, PractitionerPage


class LocationListing(ClinicListingViewSet):
    """A clinic's places, where its hours and phones are kept."""

    model = LocationPage
    name = "clinicsite_locations"
    url_prefix = "clinicsite/locations"
    icon = "site"
    menu_label = "Locations and hours"
    menu_name = "clinicsite-locations-and-hours"
    menu_order = 120


class PractitionerListing(ClinicListingViewSet):
    """A clinic's people."""

    model = PractitionerPage
    name = "clinicsite_practitioners"
    url_prefix = "clinicsite/practitioners"
    icon = "group"
    menu_label = "Team"
    menu_name = "clinicsite-team"
    menu_order = 130
