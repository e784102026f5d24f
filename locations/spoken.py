"""The place that a page speaks of: whose number its header, bar and buttons call, and whose hours they tell.

The page of a location speaks of that location, and one about a person or a treatment of where these are to be
found; any other page speaks of all places. Of several places the main one is meant, unless it is closed while
another is open: somebody in pain is then shown where somebody answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinicsite.clinics.profile import ClinicProfile
from clinicsite.core.rendering import current_rendering
from clinicsite.locations.models.locations import LocationPage
from clinicsite.locations.places import Place, place_of


@dataclass(frozen=True)
class Spoken:
    """What the header, the bar and the buttons of a page go by."""

    #: The places that the page is about, the main one first.
    places: Sequence[Place]
    #: The one of them to turn to now; None where the clinic has no place.
    place: Place | None
    #: Where to book, "" for nowhere.
    booking_url: str
    #: Whether it must be said which place is meant.
    is_named: bool


def spoken_of(clinic: ClinicProfile | None, page, places: Iterable = ()) -> Spoken:
    """What a page speaks of; `places` are those that it shows as its own, as values or as pages."""
    every = clinic.parts["places"].all if clinic else ()
    about = _places_about(every, page, places) or every
    place = to_turn_to(about)
    return Spoken(about, place, _booking_url(clinic, about, place), len(every) > 1)


def to_turn_to(places: Sequence[Place]) -> Place | None:
    """The first place, unless it is closed while another is open."""
    first = next(iter(places), None)
    if first is None or len(places) == 1 or first.state.name != "closed":
        return first
    return next((place for place in places if place.state.is_open), first)


def _places_about(every, page, places):
    if isinstance(page, LocationPage):
        return tuple(place for place in every if place.id == page.pk) or _unpublished(page)
    ids = {getattr(place, "id", None) for place in places or ()}
    return tuple(place for place in every if place.id in ids)


def _unpublished(page):
    """The place of a page that has never been published, as its preview shows it."""
    site = current_rendering().site
    return (place_of(page, site.root_page.url_path),) if site else ()


def _booking_url(clinic, about, place):
    """The place's own link comes first where the page is about that place alone."""
    links = [clinic.booking_url if clinic else "", place.booking_url if place else ""]
    return next((link for link in (reversed(links) if len(about) == 1 else links) if link), "")
