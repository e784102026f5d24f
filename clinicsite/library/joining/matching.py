"""Which of a clinic's own sections stands for which section of a library page, decided from values alone.

A page that stood alone begins to follow the library: each of its sections becomes the library's, the
clinic's own version of it, or an addition. `plan()` says which before anything happens. No Django here.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinicsite.library.composition import Lock, Section

#: How many words two texts must share to be versions of one another: 1 is all of them. Plain English texts
#: on different things share about a third.
LEAST_LIKENESS = 0.6
_WORD = re.compile(r"\w+")


class Fate(StrEnum):
    """What becomes of a section when its page begins to follow the library."""

    #: Both say the same: the library's from now on.
    FOLLOWS = "follows"
    #: They differ: the clinic's version stays in place of the library's.
    OWN = "own"
    #: The library has locked it: its text shows, the clinic's words are kept unread.
    LOCKED = "locked"
    #: Only the clinic has it: it stays where it is, as an addition.
    ADDED = "added"
    #: Only the library has it: it comes to the page.
    APPEARS = "appears"
    #: The page followed this before and nothing has been changed since: as it was.
    RESTORED = "restored"
    #: The library's own words, which the library has taken back since.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Memory:
    """What a page remembers of the library page it left; empty for one that never followed it."""

    #: Ids of the sections that were on the page when it left.
    shown: Collection[str] = ()
    #: Those of them whose words are the same today.
    untouched: Collection[str] = ()
    #: Ids of the sections the clinic had added.
    added: Collection[str] = ()
    #: Ids of the library's sections that the clinic has an answer to on record.
    answered: Collection[str] = ()
    #: Sections of the library that it has no more, and the clinic's page may still have.
    former: Sequence[Section] = ()


@dataclass(frozen=True)
class Step:
    """What becomes of one section. An addition stands after (or before) the library section `anchor`."""

    fate: Fate
    own: Section | None = None
    library: Section | None = None
    anchor: str = ""
    is_before: bool = False
    trail: tuple[str, ...] = ()
    #: The clinic had this section on its page and has taken it out since.
    was_taken_out: bool = False

    @property
    def id(self) -> str:
        """The id of the section it is about: the library's, or the addition's."""
        section = self.library or self.own
        assert section is not None
        return section.id

    @property
    def can_follow(self) -> bool:
        """Whether the clinic may choose the library's text instead of its own here."""
        return self.fate is Fate.OWN

    @property
    def can_hide(self) -> bool:
        """Whether the clinic may leave out what would come to its page."""
        return self.fate is Fate.APPEARS and self.library is not None and self.library.lock is Lock.FREE


def match(
    own: Sequence[Section], library: Sequence[Section], words: Callable[[Section], str]
) -> dict[str, str]:
    """{id of an own section: id of the library section it stands for}, each used once.

    The same id counts most, then the same kind and heading, then words that are much alike. `words` gives
    the plain text of a section.
    """
    found = _by_key(own, library, lambda section: section.id)
    for key in (_kind_and_heading, None):
        rest = [section for section in own if section.id not in found]
        open_ones = [section for section in library if section.id not in found.values()]
        found |= _by_key(rest, open_ones, key) if key else _by_words(rest, open_ones, words)
    return found


def likeness(one: str, other: str) -> float:
    """How much of their words two texts share, from 0 to 1 (the Sørensen-Dice coefficient)."""
    left, right = (Counter(_WORD.findall(text.casefold())) for text in (one, other))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def plan(
    own: Sequence[Section],
    library: Sequence[Section],
    same_words: Callable[[Section, Section], bool],
    words: Callable[[Section], str],
    memory: Memory | None = None,
) -> list[Step]:
    """What becomes of every section of both pages, in the order in which the page will show them."""
    memory = memory or Memory()
    candidates = [section for section in own if section.id not in memory.added]
    former = {section.id: section for section in memory.former}
    pairs = {section.id: section.id for section in candidates if section.id in former}
    rest = [section for section in candidates if section.id not in pairs]
    matched = match(rest, library, words)
    known = {section.id: section for section in library} | former
    partners = {own_id: known[library_id] for own_id, library_id in (pairs | matched).items()}
    steps = [_own_step(section, partners, same_words, memory) for section in own]
    taken = {section.id for section in partners.values()}
    steps += [_library_step(section, memory) for section in known.values() if section.id not in taken]
    return _in_page_order(_anchored(steps, own, partners, library), library)


def _own_step(
    section: Section,
    partners: Mapping[str, Section],
    same_words: Callable[[Section, Section], bool],
    memory: Memory,
) -> Step:
    library = partners.get(section.id)
    if library is None:
        is_withdrawn = section.id in memory.untouched and section.id not in memory.added
        return Step(Fate.WITHDRAWN if is_withdrawn else Fate.ADDED, own=section)
    if library.id == section.id and section.id in memory.untouched:
        return Step(Fate.RESTORED, section, library)
    if same_words(section, library):
        return Step(Fate.FOLLOWS, section, library)
    return Step(Fate.LOCKED if library.lock is Lock.LOCKED else Fate.OWN, section, library)


def _library_step(section: Section, memory: Memory) -> Step:
    was_taken_out = section.id in memory.shown
    if section.id in memory.answered and not was_taken_out:
        return Step(Fate.RESTORED, library=section)
    return Step(Fate.APPEARS, library=section, was_taken_out=was_taken_out)


def _anchored(
    steps: Sequence[Step],
    own: Sequence[Section],
    partners: Mapping[str, Section],
    library: Sequence[Section],
) -> list[Step]:
    """The steps with additions anchored to the library's sections that their neighbours stand for."""
    order = [section.id for section in library]
    following = [partners[section.id].id for section in own if section.id in partners]
    first = next((one for one in following if one in order), order[0] if order else "")
    anchor, found = "", []
    for step in steps:
        if step.fate is Fate.ADDED:
            trail = tuple(order[: order.index(anchor)]) if anchor else ()
            step = Step(step.fate, step.own, None, anchor or first, not anchor, trail)
        elif step.own and step.library and step.library.id in order:
            anchor = step.library.id
        found.append(step)
    return found


def _in_page_order(steps: Sequence[Step], library: Sequence[Section]) -> list[Step]:
    """The library's order, with additions at their anchors, and what the library has no more at the end."""
    ordered: list[Step] = []
    rest = list(steps)
    for section in library:
        near = [step for step in rest if section.id in (step.anchor, step.library and step.library.id)]
        ordered += sorted(near, key=lambda step: (not step.is_before, not step.library))
        rest = [step for step in rest if step not in near]
    return ordered + rest


def _kind_and_heading(section: Section) -> tuple[str, list[str]] | None:
    """None for a section without a heading: its words must tell what it is."""
    heading = _WORD.findall(section.heading.casefold())
    return (section.kind, heading) if heading else None


def _by_key(
    own: Sequence[Section], library: Sequence[Section], key: Callable[[Section], object]
) -> dict[str, str]:
    """Pairs of sections with the same key, the first of each taken first."""
    found: dict[str, str] = {}
    for section in own:
        known_by = key(section)
        same = (one.id for one in library if one.id not in found.values() and key(one) == known_by)
        partner = next(same, None) if known_by else None
        if partner:
            found[section.id] = partner
    return found


def _by_words(
    own: Sequence[Section], library: Sequence[Section], words: Callable[[Section], str]
) -> dict[str, str]:
    """Pairs of sections whose words are much alike, the likest first."""
    texts = {section.id: words(section) for section in [*own, *library]}
    pairs = [(section, partner) for section in own for partner in library]
    scores = [(likeness(texts[one.id], texts[other.id]), one, other) for one, other in pairs]
    found: dict[str, str] = {}
    for score, one, other in sorted(scores, key=lambda row: row[0], reverse=True):
        if score >= LEAST_LIKENESS and one.id not in found and other.id not in found.values():
            found[one.id] = other.id
    return found
