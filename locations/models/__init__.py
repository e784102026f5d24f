from locations.models.hours import OpeningHours, SpecialHours
from locations.models.locations import LocationIndexPage, LocationPage, LocationPhone
from locations.models.practitioners import PractitionerIndexPage, PractitionerPage

__all__ = [
    "LocationIndexPage",
    "LocationPage",
    "LocationPhone",
    "OpeningHours",
    "PractitionerIndexPage",
    "PractitionerPage",
    "SpecialHours",
]
