"""In which order a list of places serves somebody in pain: where somebody answers now comes first."""

from collections.abc import Iterable
from datetime import UTC, datetime

from clinicsite.locations.places import Place

RANKS = {"open": 0, "appointment": 1, "closed": 2}
_FAR = datetime.max.replace(tzinfo=UTC)
#: Countries that measure ways in miles.
MILES = ("US", "GB", "LR", "MM")


def open_first(places: Iterable[Place], now: datetime) -> list[Place]:
    """Places open at a moment, then those open by appointment, then the rest, the next to open first.

    Among those of one kind the places of a city stand together. `now` is an aware moment in any zone.
    """
    ranked = sorted(((_rank(place, now), place) for place in places), key=lambda one: one[0])
    firsts: dict[tuple[int, str], int] = {}
    for number, ((kind, _), place) in enumerate(ranked):
        firsts.setdefault((kind, place.city), number)
    ranked.sort(key=lambda one: firsts[one[0][0], one[1].city])
    return [place for _, place in ranked]


def unit_of(places: Iterable[Place]) -> str:
    """What distances are told in, by the country of the first place: "km" or "mi"."""
    first = next(iter(places), None)
    return "mi" if first and first.country in MILES else "km"


def _rank(place, now):
    state = place.schedule.state_at(now)
    opens_at = state.opens_at if state.name == "closed" else None
    # Moments in zones of their own compare wrongly around a change of clocks.
    return RANKS[state.name], opens_at.astimezone(UTC) if opens_at else _FAR
