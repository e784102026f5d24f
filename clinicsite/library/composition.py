"""What a patient reads on a page that follows the library, decided from values alone.

`compose()` takes the library's sections, a clinic's overrides and its additions and returns the sections in
order, each with its state. It asks no database and no request, so its laws (design.md, section 5) are proven
by property tests. No Django here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Lock(StrEnum):
    """How far a clinic may go with a library section."""

    FREE = "free"
    ADAPT = "adapt"
    LOCKED = "locked"


class Action(StrEnum):
    """What a clinic does with a library section."""

    REPLACE = "replace"
    HIDE = "hide"


class State(StrEnum):
    """Where a section of a composed page comes from, as its editor sees it."""

    LIBRARY = "library"
    YOURS = "yours"
    YOURS_CHANGED = "yours_changed"
    HIDDEN = "hidden"
    HIDDEN_CHANGED = "hidden_changed"
    ADDED = "added"
    LOCKED = "locked"
    RETIRED = "retired"


@dataclass(frozen=True)
class Section:
    """One headed part of a page. `body` is opaque here: the stored list of blocks."""

    id: str
    kind: str
    heading: str
    body: Any
    lock: Lock = Lock.FREE
    lock_reason: str = ""

    def says_the_same_as(self, other: "Section") -> bool:
        """Whether a patient would read the same; a changed lock is not a changed text."""
        return (self.kind, self.heading, self.body) == (other.kind, other.heading, other.body)


@dataclass(frozen=True)
class Override:
    """A clinic's own version of a library section, or its wish to hide it.

    `base` is the library's section as it was when the clinic took it over. `trail` holds the ids of the
    library sections that stood before it then: where it belongs if the library retires it.
    """

    section_id: str
    action: Action
    heading: str
    body: Any
    base: Section
    trail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Addition:
    """A section only this clinic has, before or after a library section.

    An empty `anchor` means the end of the page. `trail` holds the ids of the library sections that stood
    before the anchor when it was chosen, nearest last: where the addition goes if the anchor is gone.
    """

    section: Section
    anchor: str = ""
    is_before: bool = False
    trail: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComposedSection:
    """One section of the composed page. `id` is the library section's, or the addition's own."""

    id: str
    kind: str
    heading: str
    body: Any
    state: State
    library: Section | None = None

    @property
    def is_shown(self) -> bool:
        """Whether patients read it."""
        return self.state not in (State.HIDDEN, State.HIDDEN_CHANGED)


def compose(
    library: Sequence[Section],
    overrides: Mapping[str, Override],
    additions: Iterable[Addition] = (),
) -> list[ComposedSection]:
    """Put a follower's page together.

    `library` is in the library's order; `overrides` is keyed by library section id; `additions` are in the
    clinic's order. Every override and every addition appears in the result exactly once, unless the section
    is locked: then the library's text stands and the override waits, unharmed, in its own record.
    """
    here = {section.id for section in library}
    placed = _Placement(here)
    for override in _in_old_order(overrides.values()):
        if override.section_id not in here:
            placed.put(_retired(override), after=_nearest(override.trail, here))
    for addition in additions:
        placed.put_addition(addition)
    composed = list(placed.at_start)
    for section in library:
        composed += placed.before[section.id]
        composed.append(_overlay(section, overrides.get(section.id)))
        composed += placed.after[section.id]
    return composed + placed.at_end


class _Placement:
    """Where the sections that the library does not have go, in the order they were given."""

    def __init__(self, here: set[str]):
        self.here = here
        self.before: dict[str, list[ComposedSection]] = {section_id: [] for section_id in here}
        self.after: dict[str, list[ComposedSection]] = {section_id: [] for section_id in here}
        self.at_start: list[ComposedSection] = []
        self.at_end: list[ComposedSection] = []

    def put(self, section: ComposedSection, after: str | None) -> None:
        (self.at_start if after is None else self.after[after]).append(section)

    def put_addition(self, addition: Addition) -> None:
        composed = _added(addition.section)
        if addition.anchor in self.here:
            side = self.before if addition.is_before else self.after
            side[addition.anchor].append(composed)
            return
        neighbour = _nearest(addition.trail, self.here)
        if neighbour is None:
            self.at_end.append(composed)
        else:
            self.after[neighbour].append(composed)


def _in_old_order(overrides: Iterable[Override]) -> list[Override]:
    """Overrides as the library had their sections: a longer trail means a place further down its page."""
    return sorted(overrides, key=lambda override: (len(override.trail), override.section_id))


def _nearest(trail: tuple[str, ...], here: set[str]) -> str | None:
    return next((section_id for section_id in reversed(trail) if section_id in here), None)


def _overlay(section: Section, override: Override | None) -> ComposedSection:
    if section.lock is Lock.LOCKED:
        return _from_library(section, State.LOCKED)
    if override is None or (override.action is Action.HIDE and section.lock is Lock.ADAPT):
        return _from_library(section, State.LIBRARY)
    has_changed = not section.says_the_same_as(override.base)
    if override.action is Action.HIDE:
        return _from_library(section, State.HIDDEN_CHANGED if has_changed else State.HIDDEN)
    state = State.YOURS_CHANGED if has_changed else State.YOURS
    return ComposedSection(section.id, section.kind, override.heading, override.body, state, section)


def _from_library(section: Section, state: State) -> ComposedSection:
    return ComposedSection(section.id, section.kind, section.heading, section.body, state, section)


def _added(section: Section) -> ComposedSection:
    return ComposedSection(section.id, section.kind, section.heading, section.body, State.ADDED)


def _retired(override: Override) -> ComposedSection:
    """An override whose section the library has dropped: the clinic's words stay until it answers."""
    if override.action is Action.HIDE:
        base = override.base
        return ComposedSection(
            override.section_id, base.kind, base.heading, base.body, State.HIDDEN_CHANGED, base
        )
    return ComposedSection(
        override.section_id, override.base.kind, override.heading, override.body, State.RETIRED, override.base
    )
