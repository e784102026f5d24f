"""Where does it hurt? A clinic's conditions by the part of the body they are felt in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from clinicsite.modalities import figure
from clinicsite.modalities.regions import BodyRegion

#: The group of the conditions whose region nobody has chosen: (name of its anchor, heading).
UNPLACED = ("more", "More conditions")


class Condition(Protocol):
    """What the map needs of a condition's page."""

    pk: int
    title: str
    url: str | None
    composed_body_regions: list[BodyRegion]


@dataclass(frozen=True)
class RegionGroup:
    """A part of the body with the clinic's conditions there; none where the clinic treats nothing of it."""

    key: str
    title: str
    conditions: tuple[Condition, ...] = ()
    area: figure.Area | None = None

    @property
    def name(self) -> str:
        """What its link is called: "Elbow: 2 conditions"."""
        count = len(self.conditions)
        return f"{self.title}: {count} condition{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class BodyMap:
    """The figure with every part of the body, and the parts where the clinic has something to offer."""

    #: The page that lists conditions by region, "" where the clinic has no condition.
    url: str
    #: Every part of the figure, from head to foot.
    drawn: tuple[RegionGroup, ...]
    #: Every part with conditions, from head to foot, then those that lie anywhere.
    groups: tuple[RegionGroup, ...]
    #: Each condition once, in the order of the groups.
    conditions: list[Condition] = field(default_factory=list)

    head, body = figure.HEAD, figure.BODY
    front_lines, back_lines = figure.FRONT_LINES, figure.BACK_LINES

    @property
    def is_useful(self) -> bool:
        """Whether there is any part of the figure to choose."""
        return any(group.conditions for group in self.drawn)


def body_map_of(conditions: Iterable[Condition]) -> BodyMap:
    """The map of these conditions, in their order within each region."""
    by_key = defaultdict(list)
    for condition in conditions:
        for key in condition.composed_body_regions or [UNPLACED[0]]:
            by_key[str(key)].append(condition)
    titles = [(region.value, region.label) for region in BodyRegion]
    groups = [_group(key, title, by_key) for key, title in [*titles, UNPLACED] if by_key[key]]
    shown = {condition.pk: condition for group in groups for condition in group.conditions}
    return BodyMap(
        url=_list_url(next(iter(shown.values()), None)),
        drawn=tuple(_group(region.value, region.label, by_key) for region in figure.AREAS),
        groups=tuple(groups),
        conditions=list(shown.values()),
    )


def _group(key, title, by_key):
    area = figure.AREAS.get(key)
    return RegionGroup(key, title, tuple(by_key[key]), area)


def _list_url(condition) -> str:
    """The address of the page above a condition."""
    url = condition.url if condition else ""
    return url.rstrip("/").rpartition("/")[0] + "/" if url else ""
