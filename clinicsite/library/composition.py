"""What a patient reads on a page that follows the library, decided from values alone.

`compose()` takes the library's sections, a clinic's overrides and its additions and returns the sections in
order, each with its state. It asks no database and no request, so its laws (docs/reference/composition.md)
are proven by property tests. No Django here.

What the library no longer has, and what a clinic has added, find their places by what stood before them: the
*trail*, a list of section ids, the nearest last. An addition also names the section beside it, its *anchor*:

    library then    remembered                           library now    the page
    A Overview                                           A Overview     A
    B How it works  B: trail (A)                                        B, retired: after A
    C Risks                                              C Risks        C
                    X: anchor D, after; trail (A, B, C)                 X, added: after C
    D Cost                                                              (was locked: gone at once)
                                                         E Aftercare    E

X has lost its anchor D, so it stands after the last of its trail that is still on the page. Of several that
the library no longer has, the one with the longer trail stood lower, and still does.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    #: Show the library's; the clinic's own words are kept, unread, and can come back.
    RETURN = "return"


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
    #: The library has retired the section and the clinic has chosen to keep its own.
    is_kept: bool = False
    #: The library has retired the section and the clinic has let it go.
    is_let_go: bool = False
    #: The clinic has been told that the library's lock sets this aside.
    is_lock_known: bool = False
    #: Of a hidden section with words of its own: the library's section as the clinic last knew it.
    seen: Section | None = None
    #: The clinic has a heading of its own and reads the library's text under it, whatever that says.
    is_heading_only: bool = False

    def over(self, section: Section) -> "Override":
        """The clinic's version as it stands over the library's section, which gives a heading its text."""
        if not self.is_heading_only:
            return self
        return replace(self, body=section.body, base=replace(self.base, body=section.body))


@dataclass(frozen=True)
class Retired:
    """A section the library has dropped, which patients go on reading until their clinic answers.

    Say the library drops “Aftercare”. Every clinic that had it goes on showing it, until somebody there keeps
    it as the clinic's own or lets it go; a clinic that begins to follow later never has it.

    One that was locked is gone at once, with what a clinic once had in its place: no clinic has a say in it.
    `trail` holds the ids of the sections that stood before it on the library page.
    """

    section: Section
    trail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Addition:
    """A section only this clinic has, before or after a library section.

    An empty `anchor` means the end of the page. `trail` holds the ids of the library sections that stood
    before the anchor when it was chosen, nearest last: where the addition goes if the anchor is gone. One
    that stood before the first section of the page has no trail, and stays at the top.
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
    retired: Iterable[Retired] = (),
    same_words: Callable[[Section, Section], bool] = Section.says_the_same_as,
) -> list[ComposedSection]:
    """Put a follower's page together.

    `library` is in the library's order; `overrides` is keyed by library section id; `additions` are in the
    clinic's order; `retired` are the sections the library has dropped since the clinic began to follow.
    `same_words` tells whether a patient would read two versions of a section as the same.

    Every section, override and addition appears in the result exactly once, unless an override has no
    effect: on a section that is locked or was when the library dropped it, or returned to the library. Then
    the library's text stands, if it has any, and the clinic's words wait, unharmed, in their own record.
    """
    here = {section.id for section in library}
    gone = {one.section.id: one for one in retired if one.section.id not in here}
    after: dict[str | None, list[ComposedSection]] = defaultdict(list)
    for section, trail in _in_old_order(gone, overrides, here):
        after[_nearest(trail, here)].append(section)
    frame = list(after[None])
    for one in library:
        frame += [_overlay(one, overrides.get(one.id), same_words), *after[one.id]]
    return _with_additions(frame, additions)


def _with_additions(frame: Sequence[ComposedSection], additions: Iterable[Addition]) -> list[ComposedSection]:
    """Put a clinic's additions among the other sections; several at one place in the order given."""
    here = {section.id for section in frame}
    before: dict[str | None, list[ComposedSection]] = defaultdict(list)
    after: dict[str | None, list[ComposedSection]] = defaultdict(list)
    for addition in additions:
        is_beside = addition.anchor in here
        place = addition.anchor if is_beside else _nearest(addition.trail, here)
        is_before = addition.is_before and (is_beside or _stood_first(addition))
        (before if is_before else after)[place].append(_added(addition.section))
    placed = [[*before[section.id], section, *after[section.id]] for section in frame]
    return before[None] + [section for group in placed for section in group] + after[None]


def _stood_first(addition: Addition) -> bool:
    """Whether an addition was put before the first section of the page, which may be gone by now."""
    return bool(addition.anchor) and not addition.trail


def _in_old_order(
    gone: Mapping[str, Retired], overrides: Mapping[str, Override], here: set[str]
) -> list[tuple[ComposedSection, tuple[str, ...]]]:
    """What the library no longer has, with its trail, as the library had it: a longer trail stood lower."""
    found = [(one, gone[one].trail) for one in gone] + [
        (override.section_id, override.trail)
        for override in overrides.values()
        if override.section_id not in here and override.section_id not in gone
    ]
    ordered = sorted(found, key=lambda row: (len(row[1]), row[0]))
    composed = ((_retired(gone.get(name), overrides.get(name)), trail) for name, trail in ordered)
    return [(section, trail) for section, trail in composed if section is not None]


def _nearest(trail: Sequence[str], here: Collection[str]) -> str | None:
    return next((section_id for section_id in reversed(trail) if section_id in here), None)


def _overlay(
    section: Section, override: Override | None, same_words: Callable[[Section, Section], bool]
) -> ComposedSection:
    if section.lock is Lock.LOCKED:
        return _from_library(section, State.LOCKED)
    if override is None or not has_effect(override, section.lock):
        return _from_library(section, State.LIBRARY)
    if override.action is Action.HIDE:
        has_changed = not same_words(section, override.seen or override.base)
        return _from_library(section, State.HIDDEN_CHANGED if has_changed else State.HIDDEN)
    override = override.over(section)
    state = State.YOURS if same_words(section, override.base) else State.YOURS_CHANGED
    return ComposedSection(section.id, section.kind, override.heading, override.body, state, section)


def has_effect(override: Override, lock: Lock) -> bool:
    """Whether an override changes what patients read of a section under this lock."""
    if lock is Lock.LOCKED or override.action is Action.RETURN:
        return False
    return override.action is Action.REPLACE or lock is Lock.FREE


def _from_library(section: Section, state: State) -> ComposedSection:
    return ComposedSection(section.id, section.kind, section.heading, section.body, state, section)


def _added(section: Section) -> ComposedSection:
    return ComposedSection(section.id, section.kind, section.heading, section.body, State.ADDED)


def _retired(retired: Retired | None, override: Override | None) -> ComposedSection | None:
    """A section the library has dropped: what patients had stays until the clinic answers."""
    if retired and retired.section.lock is Lock.LOCKED:
        return None
    if override is None or override.action is Action.RETURN:
        return _from_library(retired.section, State.RETIRED) if retired else None
    last = retired.section if retired else override.base
    if override.action is Action.HIDE:
        return _from_library(last, State.HIDDEN)
    state = State.YOURS if override.is_kept else State.RETIRED
    return ComposedSection(last.id, last.kind, override.heading, override.over(last).body, state, last)
