from datetime import time

import factory

from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    LocationPhone,
    OpeningHours,
    PractitionerIndexPage,
    PractitionerPage,
)
from tests.factories.base import ClinicPageFactory
from tests.factories.clinics import a_home


class LocationIndexPageFactory(ClinicPageFactory):
    class Meta:
        model = LocationIndexPage

    title = "Locations"
    parent = factory.LazyFunction(a_home)


class LocationPageFactory(ClinicPageFactory):
    """A place with one phone, open on weekdays from nine to five."""

    class Meta:
        model = LocationPage

    title = factory.Sequence(lambda n: f"Location {n}")
    street = "12 Main Street"
    city = "Maplewood"
    region = "ON"
    postal_code = "M4C 1B5"
    time_zone = "America/Toronto"
    phones = factory.LazyFunction(lambda: [LocationPhone(number="+14165550123", is_primary=True)])
    opening_hours = factory.LazyFunction(
        lambda: [OpeningHours(weekday=day, opens=time(9), closes=time(17)) for day in range(5)]
    )
    parent = factory.SubFactory(LocationIndexPageFactory)


class PractitionerIndexPageFactory(ClinicPageFactory):
    class Meta:
        model = PractitionerIndexPage

    title = "Team"
    parent = factory.LazyFunction(a_home)


class PractitionerPageFactory(ClinicPageFactory):
    class Meta:
        model = PractitionerPage

    title = factory.Sequence(lambda n: f"Practitioner {n}")
    profession = "Registered physiotherapist"
    parent = factory.SubFactory(PractitionerIndexPageFactory)
