"""What a clinic will be, in the words and figures that it will be stored and shown with."""

from wagtail.models import Site

from clinicsite.locations.models import LocationPage
from clinicsite.locations.schedules import schedule_of
from clinicsite.provisioning.opening import asks_for_live
from clinicsite.provisioning.spec import ClinicSpec
from clinicsite.provisioning.spec.drafts import Drafts
from clinicsite.provisioning.spec.hosts import host_as_stored

NO_BOOKING = "No address yet: pages offer a call instead."
NO_HOURS = "None yet: patients read “Call for our hours”."
NO_PAGES = "None"
IF_READY = (
    "Live if no line of its launch checklist is open; otherwise a draft, and you are told what is open."
)


Fact = tuple[str, list[str]]


def facts_of(spec: ClinicSpec, proposed: str = "", template: Site | None = None) -> list[Fact]:
    """(what it is, a line for each) of all that was typed, of a spec without faults."""
    drafts = Drafts(spec)
    facts = [
        *_clinic(spec, drafts.settings, proposed),
        *(
            fact
            for number, place in enumerate(drafts.locations)
            for fact in _place(place, spec.locations[number])
        ),
        ("The team", [f"{person.title}, {person.profession}" for person in drafts.people]),
        ("Pages of the library", [_pages(spec, template)]),
        ("The owner", [_owner(spec.owner)] if spec.owner else []),
        ("When it is made, the site is", [_state(spec, drafts.settings)]),
    ]
    return [(what, said) for what, lines in facts if (said := [line for line in lines if line])]


def _state(spec, clinic):
    return IF_READY if asks_for_live(spec) and not spec.opens_anyway else clinic.get_state_display()


def _clinic(spec, clinic, proposed):
    return [
        ("Web address", [host_as_stored(spec.host), *_further_hosts(spec, proposed)]),
        ("Name, and kind", [f"{clinic.name}, {clinic.get_kind_display()}", clinic.tagline]),
        ("Licensed in, and time zone", [clinic.get_jurisdiction_display(), clinic.time_zone]),
        ("Messages go to", [clinic.email]),
        ("Booking online", [clinic.booking_url or NO_BOOKING]),
        ("The look", [f"{clinic.brand_primary} and {clinic.brand_accent}", *_styles(clinic)]),
    ]


def _further_hosts(spec, proposed):
    yield from (f"{host_as_stored(host)} leads there" for host in spec.hosts)
    if proposed:
        yield (
            f"People will also type {proposed}: add it on the first screen, or later among the clinic’s "
            "addresses."
        )


def _styles(clinic):
    return [clinic.get_font_pair_display(), clinic.get_mood_display(), clinic.get_opening_display()]


def _place(place: LocationPage, typed):
    region = f"{place.city}, {place.region} {place.postal_code}".strip()
    yield place.title, [place.street, region, *(phone.number.text for phone in place.phones.all())]
    week = schedule_of(place)
    days = [f"{group.days_label}: {group.hours_label}" for group in week.grouped_week()]
    yield "Hours", days if week.has_hours else [NO_HOURS]
    yield "Parking", [place.parking]
    yield "Getting in", [typed.access]


def _pages(spec, template):
    chosen = f"{spec.pack}; new ones arrive by themselves" if spec.takes_new_pages else spec.pack
    copied = f"those of {template.site_name}, with its own words and plain pages" if template else ""
    return ", and ".join(part for part in (spec.pack and chosen, copied) if part) or NO_PAGES


def _owner(owner):
    return f"{owner.first_name} {owner.last_name}".strip() + f", {owner.email}"
