"""A clinic's places as every page shows them: header, footer, cards."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail.models import Site

from clinicsite.clinics.jurisdictions import Jurisdiction
from clinicsite.clinics.profile import ClinicProfile, profile_for
from clinicsite.core.addresses import page_path
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering
from clinicsite.core.structured_data import plain_text
from clinicsite.locations.hours import Schedule, as_json, describe_state, next_reading
from clinicsite.locations.models.locations import LocationPage
from clinicsite.locations.phones import Phone, phone_to_call, phones_of


@dataclass(frozen=True)
class Place:
    """A location, small enough to be kept in the clinic's profile."""

    id: int
    title: str
    url: str
    street: str
    city: str
    region: str
    postal_code: str
    booking_url: str
    is_primary: bool
    phones: tuple[Phone, ...]
    schedule: Schedule
    country: str = "CA"
    #: Degrees north and east; None where nobody has said.
    latitude: float | None = None
    longitude: float | None = None
    #: The ids of the treatments offered there.
    treatment_ids: frozenset[int] = frozenset()
    #: Where to park, and how to get in without stairs, in plain words.
    parking: str = ""
    access: str = ""
    #: Its own e-mail address, where it differs from the clinic's.
    email: str = ""

    @property
    def phone(self) -> Phone | None:
        """The number to call, or None where nobody answers by voice."""
        return phone_to_call(self.phones)

    @property
    def has_position(self) -> bool:
        """Whether its distance from a patient can be told."""
        return self.latitude is not None and self.longitude is not None

    @property
    def address(self) -> str:
        """Where it is, on one line: 12 Main St, Toronto, ON M5V 1A1."""
        region = f"{self.region} {self.postal_code}".strip()
        return ", ".join(part for part in (self.street, self.city, region) if part)

    @property
    def has_hours(self) -> bool:
        """Whether anything is known of its hours; without them it is neither open nor closed."""
        return self.schedule.has_hours

    @property
    def unknown_hours_text(self) -> str:
        """What stands where hours would, if none are known: never that the place is closed."""
        return "Call for our hours" if self.phone else "Ask us for our hours"

    @property
    def state(self):
        """Whether the place is open now, and until when; worked out once for a page."""
        known = current_rendering().remember("states by schedule", dict)
        if self.schedule not in known:
            known[self.schedule] = self.schedule.state_at(timezone.now())
        return known[self.schedule]

    @property
    def state_text(self) -> str:
        """The state in words: Open now, closes at 7:00 pm; whom to ask, where no hours are known."""
        if not self.has_hours:
            return self.unknown_hours_text
        return describe_state(self.state, timezone.now().astimezone(self.schedule.zone))

    @property
    def schedule_data(self) -> dict:
        """What the script needs to keep the state right on a cached page."""
        return as_json(self.schedule, timezone.now())


@dataclass(frozen=True)
class Places:
    """All places of a clinic, the main one first."""

    all: tuple[Place, ...]

    @property
    def primary(self) -> Place | None:
        """The place whose phone and hours stand at the top of every page."""
        return next(iter(self.all), None)

    @property
    def has_phone(self) -> bool:
        """Whether somebody answers by voice at any of them."""
        return any(place.phone for place in self.all)

    def offering(self, treatments) -> tuple[Place, ...]:
        """The places that offer one of these treatments; all, where no place says what it offers."""
        ids = {treatment.pk for treatment in treatments}
        if ids and not any(place.treatment_ids for place in self.all):
            return self.all
        return tuple(place for place in self.all if ids & place.treatment_ids)


def place_of(location, root_url_path: str) -> Place:
    """The value of a `LocationPage` with its phones and hours prefetched."""
    return Place(
        id=location.pk,
        title=location.title,
        url=page_path(location.url_path, root_url_path),
        street=location.street,
        city=location.city,
        region=location.region,
        postal_code=location.postal_code,
        booking_url=location.booking_url,
        is_primary=location.is_primary,
        phones=phones_of(location.phones.all()),
        schedule=location.schedule,
        country=location.country,
        latitude=_degrees(location.latitude),
        longitude=_degrees(location.longitude),
        treatment_ids=frozenset(treatment.pk for treatment in location.modalities.all()),
        parking=location.parking,
        access=plain_text(location.access_notes),
        email=location.email,
    )


def places_of(site: Site) -> Places:
    """The live places of a clinic, for its profile."""
    root = site.root_page
    pages = listed(LocationPage.objects.descendant_of(root), root).for_cards().with_treatments()
    return Places(tuple(place_of(page, root.url_path) for page in pages))


def cities_of(sites: Iterable[Site]) -> dict[int, list[str]]:
    """{site id: its cities, the main location's first} for many clinics; one query, however many they are."""
    ids_by_root = defaultdict(list)
    for site in sites:
        ids_by_root[site.root_page.path].append(site.pk)
    cities = defaultdict(dict)
    rows = listed(LocationPage.objects).order_by("-is_primary", "path").values_list("path", "city")
    for path, city in rows:
        for site_id in (pk for end in range(len(path)) for pk in ids_by_root.get(path[:end], ())):
            cities[site_id][city] = True
    return {site_id: list(names) for site_id, names in cities.items()}


def token_values(profile: ClinicProfile) -> dict[str, str]:
    """Values for {phone}, {address}, {city}, {hours_url} and {province}."""
    place = profile.parts["places"].primary
    phone = place.phone if place else None
    return {
        "phone": phone.text if phone else "",
        "address": place.address if place else "",
        "city": place.city if place else "",
        "hours_url": place.url if place else "",
        "province": Jurisdiction(profile.jurisdiction).region_name,
    }


def _degrees(value) -> float | None:
    return None if value is None else float(value)


def next_hours(site: Site, now: datetime) -> datetime | None:
    """When the hours of any place of a clinic may next be said otherwise; None where it has no place."""
    clinic = profile_for(site)
    places = clinic.parts["places"].all
    return min((next_reading(place.schedule, now) for place in places), default=None)
