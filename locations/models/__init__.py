from clinicsite.locations.models.hours import OpeningHours, SpecialHours
from clinicsite.locations.models.locations import LocationIndexPage, LocationPage, LocationPhone
from clinicsite.locations.models.practitioners import PractitionerIndexPage, PractitionerPage

__all__ = [
    "LocationIndexPage",
    "LocationPage",
    "LocationPhone",
    "OpeningHours",
    "PractitionerIndexPage",
    "PractitionerPage",
    "SpecialHours",
]
