from clinicsite.clinics.tenancy.listings import ClinicListingViewSet
from locations.models import LocationPage, PractitionerPage


class LocationListing(ClinicListingViewSet):
    """A clinic's places, where its hours and phones are kept."""

    model = LocationPage
    name = "locations"
    icon = "site"
    menu_label = "Locations and hours"
    menu_order = 120


class PractitionerListing(ClinicListingViewSet):
    """A clinic's people."""

    model = PractitionerPage
    name = "practitioners"
    icon = "group"
    menu_label = "Team"
    menu_order = 130
