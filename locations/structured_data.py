"""Places and people for machines: addresses, phones, hours, credentials, as their pages show them."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from clinicsite.clinics.models import ClinicKind
from clinicsite.clinics.structured_data import organization_id
from clinicsite.core.structured_data import (
    Node,
    Shown,
    breadcrumb,
    collection,
    description_of,
    link,
    node,
    page_about,
    picture_url,
    register_for,
)
from clinicsite.locations.hours import Schedule, opening_hours_specification
from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    PractitionerIndexPage,
    PractitionerPage,
)
from clinicsite.locations.phones import Phone, PhoneLabel
from clinicsite.locations.places import Place, place_of
from clinicsite.modalities.structured_data import person_link, treatment_link

#: What a place is by the kind of its clinic. `Physiotherapy` alone may carry no medical service.
PLACE_TYPES = {ClinicKind.PHYSIOTHERAPY: ["MedicalClinic", "Physiotherapy"]}


def register() -> None:
    """Have the page types of this app described here."""
    register_for(LocationPage, describe_location)
    register_for(LocationIndexPage, describe_locations)
    register_for(PractitionerPage, describe_practitioner)
    register_for(PractitionerIndexPage, describe_team)


def describe_location(shown: Shown) -> list[Node]:
    """A location's page: the place with all its hours, who works there and what they do."""
    page, values = shown.page, shown.values
    place = _place_shown(shown)
    booking_url = page.booking_url or shown.clinic.booking_url
    described = _place(
        shown,
        place,
        page.schedule,
        image=picture_url(shown),
        geo=_geo(page),
        availableService=[treatment_link(shown, one) for one in values.get("treatments") or ()],
        employee=[_colleague(shown, one) for one in values.get("people") or ()],
        potentialAction=node("ReserveAction", target=booking_url) if booking_url else None,
    )
    return [page_about(shown, "WebPage", about=link(described["@id"])), described, *breadcrumb(shown)]


def describe_locations(shown: Shown) -> list[Node]:
    """The list of a clinic's locations."""
    return [*collection(shown, [link(_place_id(shown, one)) for one in _places(shown)]), *place_cards(shown)]


def describe_practitioner(shown: Shown) -> list[Node]:
    """A practitioner's page: the person, what they may do, and where they work."""
    page, values = shown.page, shown.values
    person = person_link(shown, page) | node(
        "Person",
        jobTitle=page.profession,
        pronouns=page.pronouns,
        description=description_of(page),
        image=picture_url(shown),
        worksFor=link(organization_id(shown.root_url)),
        workLocation=[_location_link(shown, one) for one in values.get("places") or ()],
        knowsLanguage=[node("Language", name=name) for name in page.language_names],
        knowsAbout=[treatment_link(shown, one) for one in values.get("treatments") or ()],
        hasCredential=[one for one in (_registration(page), _authorisation(page)) if one],
    )
    about = page_about(shown, "ProfilePage", mainEntity=link(person["@id"]))
    return [about, person, *breadcrumb(shown)]


def describe_team(shown: Shown) -> list[Node]:
    """The list of a clinic's people."""
    return collection(shown, [_colleague(shown, one) for one in shown.values.get("people") or ()])


def place_cards(shown: Shown) -> list[Node]:
    """All places of the clinic as cards show them: address, phone and the standard week."""
    return [_place(shown, one, replace(one.schedule, special_days=())) for one in _places(shown)]


def _place(shown: Shown, place: Place, schedule: Schedule, **more: Any) -> Node:
    """A place; `schedule` is the part of its hours that the page shows."""
    today = schedule.local_date(timezone.now())
    return node(
        PLACE_TYPES.get(shown.clinic.kind, "MedicalClinic"),
        _place_id(shown, place),
        name=_place_name(shown, place.title),
        url=shown.root_url + place.url,
        address=_address(place),
        openingHoursSpecification=opening_hours_specification(schedule, today),
        parentOrganization=link(organization_id(shown.root_url)),
        email=_email(shown, place),
        **_phones(place),
        **more,
    )


def _places(shown: Shown) -> tuple[Place, ...]:
    return shown.clinic.parts["places"].all


def _place_id(shown: Shown, place: Place) -> str:
    return f"{shown.root_url}{place.url}#place"


def _place_name(shown: Shown, title: str) -> str:
    """The clinic's name with the place's, for neither says it alone."""
    return title if shown.clinic.name in title else f"{shown.clinic.name}, {title}"


def _place_shown(shown: Shown) -> Place:
    """The place of a location page as its draft or published version has it.

    The phones are those of the clinic's profile, as in the page's head, which saves reading them again.
    """
    known = next((place for place in _places(shown) if place.id == shown.page.pk), None)
    page = shown.page
    if known is None:
        return place_of(page, shown.root_path)
    address = {
        name: getattr(page, name) for name in ("title", "street", "city", "region", "postal_code", "email")
    }
    return replace(known, **address)


def _address(place: Place) -> Node:
    return node(
        "PostalAddress",
        streetAddress=place.street,
        addressLocality=place.city,
        addressRegion=place.region,
        postalCode=place.postal_code,
        addressCountry=place.country,
    )


def _phones(place: Place) -> dict[str, Any]:
    """The number to call first, the fax, and the other numbers with what they are for."""
    first = place.phone
    fax = next((one for one in place.phones if one.label == PhoneLabel.FAX), None)
    others = [one for one in place.phones if one not in (first, fax)]
    return {
        "telephone": first.number if first else "",
        "faxNumber": fax.number if fax else "",
        "contactPoint": [_contact(one) for one in others],
    }


def _email(shown: Shown, place: Place) -> str:
    """The address to write to about a place, where pages and cards of places show one."""
    return (place.email or shown.clinic.email) if shown.clinic.email_at_locations else ""


def _contact(phone: Phone) -> Node:
    kind = "Text" if phone.label == PhoneLabel.TEXT else phone.label_text
    return node("ContactPoint", telephone=phone.number, contactType=kind)


def _geo(page) -> Node | None:
    if page.latitude is None or page.longitude is None:
        return None
    return node("GeoCoordinates", latitude=float(page.latitude), longitude=float(page.longitude))


def _location_link(shown: Shown, page) -> Node:
    url = shown.url_of(page)
    return node(
        PLACE_TYPES.get(shown.clinic.kind, "MedicalClinic"),
        f"{url}#place" if url else "",
        name=_place_name(shown, page.title),
        url=url,
    )


def _colleague(shown: Shown, person) -> Node:
    return person_link(shown, person) | node("Person", jobTitle=person.profession)


def _registration(page) -> Node | None:
    if not page.register_name:
        return None
    return node(
        "EducationalOccupationalCredential",
        credentialCategory="Registration",
        recognizedBy=node("Organization", name=page.register_name),
        identifier=page.registration_number,
        url=page.register_url,
    )


def _authorisation(page) -> Node | None:
    if not page.needling_authorised_on:
        return None
    since = format_date(page.needling_authorised_on, "F j, Y")
    return node(
        "EducationalOccupationalCredential", name="Dry needling", description=f"Authorized since {since}"
    )
