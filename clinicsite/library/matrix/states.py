"""What one clinic does with one library page, counted from index rows instead of composing the page.

The counts say what `compose()` would: a test keeps the two together. No queries here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinicsite.library.composition import Action, Lock


class Mark(StrEnum):
    """One thing a cell of the matrix says. The first five exclude one another."""

    LIVE = "live"
    HOLDS = "holds"
    DRAFT = "draft"
    ABSENT = "absent"
    DECLINED = "declined"
    PILOT = "pilot"
    CHANGED = "changed"
    OWN = "own"
    HIDDEN = "hidden"
    ADDED = "added"
    RETIRED = "retired"


#: Mark -> (word, icon, what it means).
LABELS = {
    Mark.LIVE: ("Follows live", "link", "Patients read the library as it is now."),
    Mark.HOLDS: ("Holds", "time", "Patients read the version the clinic has accepted; so many changes wait."),
    Mark.DRAFT: ("Draft only", "draft", "The clinic has the page, but has not published it."),
    Mark.ABSENT: ("Not on the site", "minus", "The clinic has no page that follows this one."),
    Mark.DECLINED: ("Not wanted", "cross", "The clinic has decided not to have this page."),
    Mark.PILOT: ("On pilot", "thumbtack", "The clinic tries out a version that others do not have yet."),
    Mark.CHANGED: (
        "Library changed",
        "warning",
        "Sections the library has changed under the clinic's version.",
    ),
    Mark.OWN: ("Own", "edit", "Sections the clinic has put in its own words."),
    Mark.HIDDEN: ("Hidden", "no-view", "Sections the clinic leaves out."),
    Mark.ADDED: ("Added", "plus", "Sections only this clinic has."),
    Mark.RETIRED: ("Retired", "history", "Sections the library has dropped and the clinic has not answered."),
}
#: What the matrix can be filtered by, in the order offered.
FILTERABLE = [mark for mark in Mark if mark is not Mark.DECLINED]
COUNTED = (Mark.CHANGED, Mark.OWN, Mark.HIDDEN, Mark.ADDED, Mark.RETIRED)


@dataclass(frozen=True)
class SectionRow:
    """A library section, as its index row has it."""

    fingerprint: str
    lock: Lock
    is_retired: bool
    changed_at: datetime
    #: Its kind and heading.
    head: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class OverrideRow:
    """An override without its words."""

    section_id: str
    action: Action
    base_fingerprint: str
    is_kept: bool
    #: Of an override of the heading alone: the library's kind and heading as the clinic knows them.
    base_head: tuple[str, str] | None = None


def count_sections(
    overrides: Iterable[OverrideRow],
    library: Mapping[str, SectionRow],
    *,
    is_held: bool,
    left: Mapping[str, str],
    since: str = "",
) -> dict[Mark, int]:
    """How many sections of a follower are its own, hidden, changed by the library or retired in it.

    `library` is keyed by section id. `since` is when the clinic began to follow, `left` when it let single
    sections go, by id; both in ISO form.
    """
    counts = dict.fromkeys(COUNTED, 0)
    answered = set()
    for override in overrides:
        if override.action is Action.RETURN:
            continue
        answered.add(override.section_id)
        for mark in _marks_of(override, library.get(override.section_id), is_held):
            counts[mark] += 1
    if not is_held:
        counts[Mark.RETIRED] += sum(
            row.is_retired
            and section_id not in answered
            and _is_after(row.changed_at, since)
            and _is_after(row.changed_at, left.get(section_id, ""))
            for section_id, row in library.items()
        )
    return counts


def _is_after(moment: datetime, text: str) -> bool:
    return not text or moment > datetime.fromisoformat(text)


def _marks_of(override: OverrideRow, row: SectionRow | None, is_held: bool) -> list[Mark]:
    is_hiding = override.action is Action.HIDE
    if row is None or row.is_retired:
        stays = override.is_kept or is_held
        return [Mark.HIDDEN if is_hiding else Mark.OWN if stays else Mark.RETIRED]
    if row.lock is Lock.LOCKED or (is_hiding and row.lock is Lock.ADAPT):
        return []
    marks = [Mark.HIDDEN if is_hiding else Mark.OWN]
    return [*marks, Mark.CHANGED] if _has_changed(override, row, is_hiding) else marks


def _has_changed(override, row, is_hiding):
    if override.base_head is not None and not is_hiding:
        return override.base_head != row.head
    return override.base_fingerprint != row.fingerprint
