"""What is looked at before a launch of places and people."""

from abc import abstractmethod
from datetime import timedelta

from django.utils import timezone

from clinicsite.clinics.launching.checks import Fix, LaunchCheck, is_open, named, ok, register_launch_check
from clinicsite.clinics.launching.subject import edit_url
from clinicsite.locations.models import LocationPage, PractitionerPage
from clinicsite.locations.phones import VOICE

#: How far ahead somebody should have thought of holidays.
AHEAD = timedelta(days=365)
NEEDLING = "needling"


def _places(subject):
    return list(
        subject.live(LocationPage)
        .prefetch_related("phones", "opening_hours", "special_hours")
        .order_by("-is_primary", "path")
    )


def _fixes(pages):
    return [Fix(f"Edit {page.title}", edit_url(page)) for page in pages]


class _PlacesCheck(LaunchCheck):
    def look(self, subject):
        places = _places(subject)
        if not places:
            words = "There is no location yet that patients can read."
            return is_open(words, [Fix("Pages of the clinic", subject.pages_url)])
        return self.look_at(places)

    @abstractmethod
    def look_at(self, places):
        """What is found at the clinic's locations, of which there is one at least."""


class HoursCheck(_PlacesCheck):
    name, title, order = "hours", "Opening hours", 100

    def look_at(self, places):
        without = [place for place in places if not place.opening_hours.all()]
        if without:
            words = f"Patients read “Call for our hours” at {named(place.title for place in without)}."
            return is_open(words, _fixes(without))
        return ok("Every location has its hours.")


class HolidaysCheck(_PlacesCheck):
    name, title, order = "holidays", "Holidays", 110

    def look_at(self, places):
        today = timezone.localdate()
        without = [
            place
            for place in places
            if not any(
                row.last_date >= today and row.first_date <= today + AHEAD
                for row in place.special_hours.all()
            )
        ]
        if without:
            where = named(place.title for place in without)
            words = f"No holiday or other special day of the next year is set at {where}."
            return is_open(words, _fixes(without))
        return ok("Every location has special days in the year ahead.")


class PhonesCheck(_PlacesCheck):
    name, title, order = "phones", "Phone numbers", 120

    def look_at(self, places):
        wrong = [
            place for place in places if not all(phone.number.is_valid() for phone in place.phones.all())
        ]
        silent = [place for place in places if not any(phone.label in VOICE for phone in place.phones.all())]
        if wrong:
            words = f"A number that no phone can dial is at {named(place.title for place in wrong)}."
            return is_open(words, _fixes(wrong))
        if silent:
            words = f"No number that somebody answers is at {named(place.title for place in silent)}."
            return is_open(words, _fixes(silent))
        return ok("Every location has a number to call that can be dialled.")


class PeopleCheck(LaunchCheck):
    """Who treats patients is registered, and who needles is authorized to: patients may look it up."""

    name, title, order = "people", "Registered and authorized", 130

    def look(self, subject):
        people = list(subject.live(PractitionerPage).prefetch_related("modalities__library_page"))
        if not people:
            words = "Nobody who treats patients has a page yet."
            return is_open(words, [Fix("Pages of the clinic", subject.pages_url)])
        unregistered = [one for one in people if not (one.register_name and one.registration_number)]
        if unregistered:
            words = (
                f"The register or the number in it is missing for {named(one.title for one in unregistered)}."
            )
            return is_open(words, _fixes(unregistered))
        without = [one for one in people if _needles(one) and not one.needling_authorised_on]
        if without:
            words = (
                "Where a college wants an authorization for dry needling, patients should read since when:"
                f" the date is missing for {named(one.title for one in without)}."
            )
            return is_open(words, _fixes(without))
        return ok("Everybody names a register and a number, and who needles a date of authorization.")


def _needles(person):
    """Whether somebody gives a treatment with needles, by what it or its library page is called."""
    given = person.modalities.all()
    return any(NEEDLING in page.slug or NEEDLING in getattr(page.library_page, "slug", "") for page in given)


def register() -> None:
    """Put these lines into the checklist."""
    for check in (HoursCheck, HolidaysCheck, PhonesCheck, PeopleCheck):
        register_launch_check(check)
