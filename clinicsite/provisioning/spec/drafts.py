"""The rows and pages that a spec asks for, as the forms of the admin read them; nothing is written.

`validating` asks them for what is wrong, and `create_clinic` saves them.
"""

from dataclasses import dataclass, field

from django.utils.text import slugify

from clinicsite.clinics.models import ClinicSettings, Insurer, SocialLink
from clinicsite.home.models import HomePage
from clinicsite.locations.consistency import RELATIONS, find_problems
from clinicsite.locations.hours import Weekday
from clinicsite.locations.models import (
    LocationPage,
    LocationPhone,
    OpeningHours,
    PractitionerPage,
    SpecialHours,
)

from .faults import Fault
from .forms import read_part
from .parts import ClinicSpec, LocationSpec, PersonSpec

DEFAULT_PROMISE = "We listen first, and we tell you what to expect."
NO_PHONE = "A location needs a phone number. Add one."
NO_DAY = "“{typed}” is no day of the week. Write one such as monday."
#: Field of the model -> what the spec calls it.
NO_NAMES: dict[str, str] = {}
SETTINGS_NAMES = {
    "brand_primary": "brand.primary",
    "brand_accent": "brand.accent",
    "font_pair": "brand.fonts",
    "mood": "brand.mood",
    "opening": "brand.opening",
}
SAME_SETTINGS = (
    *("name", "legal_name", "tagline", "kind", "jurisdiction", "time_zone", "language", "email"),
    *("booking_url", "free_consultation", "has_direct_billing", "state"),
)
FRONT_NAMES = {"hero_heading": "heading"}
SAME_FRONT = ("promise", "introduction_heading", "call_heading", "call_text")
PAGE_NAMES = {"title": "name"}
SAME_LOCATION = (
    *("street", "city", "region", "postal_code", "country", "latitude", "longitude", "time_zone"),
    *("email", "booking_url", "parking", "transit"),
)
SAME_PERSON = (
    *("profession", "post_nominals", "pronouns", "summary", "register_name", "registration_number"),
    *("register_url", "needling_authorised_on", "is_accepting_new_patients", "booking_url"),
)


@dataclass
class Drafts:
    """What a clinic would be made of but pictures and rich text, and the faults in what it was read of."""

    spec: ClinicSpec
    settings: ClinicSettings = field(init=False)
    home: HomePage = field(init=False)
    locations: list[LocationPage] = field(default_factory=list)
    people: list[PractitionerPage] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self):
        self._read_settings()
        self._read_front()
        for number, place in enumerate(self.spec.locations):
            self.locations.append(self._location(place, f"locations[{number}]", is_primary=number == 0))
        for number, person in enumerate(self.spec.people):
            self.people.append(self._person(person, f"people[{number}]"))

    def _read(self, model, values, path, names=NO_NAMES):
        row, faults = read_part(model, values, path, names)
        self.faults += faults
        return row

    def _read_settings(self):
        spec = self.spec
        values = {name: getattr(spec, name) for name in SAME_SETTINGS}
        values |= {name: getattr(spec.brand, said.split(".")[1]) for name, said in SETTINGS_NAMES.items()}
        self.settings = self._read(ClinicSettings, values, "", SETTINGS_NAMES)
        self.settings.insurers = [
            self._read(Insurer, {"name": name}, f"insurers[{number}]", {"name": ""})
            for number, name in enumerate(spec.insurers)
        ]
        self.settings.social_links = [
            self._read(SocialLink, {"network": link.network, "url": link.url}, f"social_links[{number}]")
            for number, link in enumerate(spec.social_links)
        ]

    def _read_front(self):
        front = self.spec.front
        values = {name: getattr(front, name) for name in SAME_FRONT}
        values["hero_heading"] = front.heading or self.spec.tagline or self.spec.name
        values["promise"] = front.promise or DEFAULT_PROMISE
        self.home = self._read(HomePage, values, "front", FRONT_NAMES)
        named = self._read(
            HomePage, {"title": self.spec.name, "slug": clinic_slug(self.spec)}, "", PAGE_NAMES
        )
        self.home.title, self.home.slug = named.title, named.slug

    def _location(self, place: LocationSpec, path, *, is_primary):
        values = {name: getattr(place, name) for name in SAME_LOCATION}
        values["region"] = place.region or self.spec.jurisdiction.partition("-")[2]
        values["time_zone"] = place.time_zone or self.spec.time_zone
        values |= {"title": place.name, "slug": slug_of(place)}
        page = self._read(LocationPage, values | {"is_primary": is_primary}, path, PAGE_NAMES)
        # What the clinic gives it is refused there.
        given = {f"{path}.{name}": getattr(place, name) for name in ("region", "time_zone")}
        self.faults = [fault for fault in self.faults if given.get(fault.path, "given")]
        page.phones = [self._phone(phone, f"{path}.phones[{n}]") for n, phone in enumerate(place.phones)]
        page.opening_hours = [self._hours(row, f"{path}.hours[{n}]") for n, row in enumerate(place.hours)]
        page.special_hours = [
            self._special_day(row, f"{path}.special_days[{n}]") for n, row in enumerate(place.special_days)
        ]
        if not place.phones:
            self.faults.append(Fault(f"{path}.phones", NO_PHONE))
        self._compare_rows(page, path)
        return page

    def _phone(self, phone, path):
        values = {"label": phone.label, "number": phone.number, "is_primary": phone.is_primary}
        return self._read(LocationPhone, values, path)

    def _hours(self, row, path):
        values = {"opens": row.opens, "closes": row.closes, "is_by_appointment": row.is_by_appointment}
        values["weekday"] = self._weekday(row.day, f"{path}.day")
        return self._read(OpeningHours, values, path, {"weekday": "day"})

    def _special_day(self, row, path):
        values = {name: getattr(row, name) for name in ("name", "first_date", "is_closed", "note")}
        values |= {"opens": row.opens, "closes": row.closes, "last_date": row.last_date or row.first_date}
        values["weekday"] = self._weekday(row.day, f"{path}.day") if row.day else ""
        return self._read(SpecialHours, values, path, {"weekday": "day"})

    def _weekday(self, typed, path):
        try:
            return Weekday[typed.strip().upper()].value
        except KeyError:
            if typed:
                self.faults.append(Fault(path, NO_DAY.format(typed=typed)))
                # The one fault is enough: a day that is there stands in for it.
                return Weekday.MONDAY.value
            return ""

    def _compare_rows(self, page, path):
        """Rows that are not right by themselves cannot be compared."""
        if any(fault.path.startswith(f"{path}.{name}[") for fault in self.faults for name in _SAID.values()):
            return
        rows = {name: list(getattr(page, name).all()) for name in RELATIONS}
        for problem in find_problems(**rows):
            number = next(n for n, row in enumerate(rows[problem.relation]) if row is problem.row)
            said = {"weekday": "day"}.get(problem.field, problem.field)
            place = f"{path}.{_SAID[problem.relation]}[{number}].{said}"
            self.faults.append(Fault(place, problem.message))

    def _person(self, person: PersonSpec, path):
        values = {name: getattr(person, name) for name in SAME_PERSON}
        values |= {"title": person.name, "slug": slug_of(person)}
        values["languages"] = ", ".join(person.languages)
        return self._read(PractitionerPage, values, path, PAGE_NAMES)


#: The lists of rows as the spec calls them.
_SAID = {"opening_hours": "hours", "special_hours": "special_days", "phones": "phones"}


def clinic_slug(spec: ClinicSpec) -> str:
    """The slug of the clinic's front page in the tree."""
    return spec.slug or slugify(spec.name)


def slug_of(part: LocationSpec | PersonSpec) -> str:
    """The slug of a location's or person's page."""
    return part.slug or slugify(part.name)
