"""What a clinic reads of the library while it holds a version it has accepted. Values in, values out.

A held page keeps the sections its clinic has accepted and takes newer ones when the clinic approves them,
one by one or all at once. Safety comes live all the same: a locked section is always the library's. No
Django here.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from clinicsite.library.composition import Lock, Section


class LibraryChange(StrEnum):
    """What the library has done to a section since the clinic accepted it."""

    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"
    MOVED = "moved"


@dataclass(frozen=True)
class WaitingChange:
    """A change that waits for the clinic's approval. `accepted` or `live` is None where there is none."""

    change: LibraryChange
    accepted: Section | None
    live: Section | None

    @property
    def section_id(self) -> str:
        """The id of the library section it is about."""
        section = self.live or self.accepted
        assert section is not None
        return section.id


def held_sections(
    accepted: Sequence[Section], live: Sequence[Section], own: Collection[str] = ()
) -> list[Section]:
    """The library's sections as a held page reads them.

    `own` are the ids of sections the clinic has its own version of: the clinic compares that with the live
    one, so there is nothing to hold. A section the library has locked is live in its words and in its place
    among those that have kept theirs. One that was locked and is gone from the library is gone here too.
    """
    now = {section.id: section for section in live}
    in_place = _in_place(accepted, live) | _locked_in_place(accepted, live)
    kept = (_as_read(section, now.get(section.id), own, in_place) for section in accepted)
    result = [section for section in kept if section is not None]
    for index, section in enumerate(live):
        if section.lock is Lock.LOCKED and section.id not in in_place:
            before = [other.id for other in live[:index] if other.id in in_place]
            result.insert(_place_after(before, result), section)
            in_place.add(section.id)
    return result


def waiting_changes(
    accepted: Sequence[Section],
    live: Sequence[Section],
    own: Collection[str] = (),
    same_words: Callable[[Section, Section], bool] = Section.says_the_same_as,
) -> list[WaitingChange]:
    """What waits for approval, in the library's live order; what the library has dropped comes last.

    Nothing waits exactly where the held page reads as the live one.
    """
    was = {section.id: section for section in accepted}
    now = {section.id: section for section in live}
    in_place = _in_place(accepted, live)
    found = []
    for section in live:
        if section.lock is Lock.LOCKED:
            continue
        before = was.get(section.id)
        if before is None:
            found.append(WaitingChange(LibraryChange.NEW, None, section))
        elif section.id not in own and not same_words(before, section):
            found.append(WaitingChange(LibraryChange.CHANGED, before, section))
        elif section.id not in in_place:
            found.append(WaitingChange(LibraryChange.MOVED, before, section))
    dropped = [s for s in accepted if s.id not in now and s.lock is not Lock.LOCKED]
    return found + [WaitingChange(LibraryChange.DROPPED, section, None) for section in dropped]


def accept(accepted: Sequence[Section], live: Sequence[Section], section_id: str) -> list[Section]:
    """What the clinic has accepted once it approves one waiting change; all others wait on, unchanged."""
    now = {section.id: section for section in live}
    rest = [section for section in accepted if section.id != section_id]
    if section_id not in now:
        return rest
    in_place = _in_place(accepted, live)
    if section_id in in_place:
        return [now[section_id] if section.id == section_id else section for section in accepted]
    ids = [section.id for section in live]
    before = [one for one in ids[: ids.index(section_id)] if one in in_place]
    rest.insert(_place_after(before, rest), now[section_id])
    return rest


def with_locks(accepted: Sequence[Section], dropped: Iterable[Section]) -> list[Section]:
    """What a clinic has accepted, with the locks that sections dropped by the library had in the end."""
    last = {section.id: section for section in dropped}
    return [
        replace(section, lock=last[section.id].lock) if section.id in last else section
        for section in accepted
    ]


def _as_read(
    section: Section, live: Section | None, own: Collection[str], in_place: Collection[str]
) -> Section | None:
    """An accepted section as a held page reads it; None where it is gone, or locked and put in later."""
    if live is None:
        return None if section.lock is Lock.LOCKED else section
    if live.lock is Lock.LOCKED:
        return live if live.id in in_place else None
    return live if section.id in own else replace(section, lock=live.lock, lock_reason=live.lock_reason)


def _place_after(before: Sequence[str], sections: Sequence[Section]) -> int:
    """Where a section goes that stands after these on the library page: behind the last of them here."""
    ids = [section.id for section in sections]
    found = [ids.index(section_id) + 1 for section_id in reversed(before) if section_id in ids]
    return found[0] if found else 0


def _in_place(accepted: Sequence[Section], live: Sequence[Section]) -> set[str]:
    """The most free sections that stand in the library's order already; moving the others gives that order.

    Where several choices are as good, the one that keeps what stands highest on the library page. So moving
    one of the others into place leaves the rest of the choice as it was.
    """
    free = [section.id for section in live if section.lock is not Lock.LOCKED]
    place = {section.id: index for index, section in enumerate(accepted)}
    longest: list[tuple[str, ...]] = []
    common = [section_id for section_id in free if section_id in place]
    for section_id in reversed(common):
        following = [run for run in longest if place[run[0]] > place[section_id]]
        longest.append((section_id, *_best(following, common)))
    return set(_best(longest, common))


def _locked_in_place(accepted: Sequence[Section], live: Sequence[Section]) -> set[str]:
    """The locked sections that may stay where they are, between those that have kept their place."""
    place = {section.id: index for index, section in enumerate(accepted)}
    in_place = _in_place(accepted, live)
    found: set[str] = set()
    for index, section in enumerate(live):
        if section.lock is Lock.LOCKED and section.id in place:
            above = [place[one.id] for one in live[:index] if one.id in in_place | found]
            below = [place[one.id] for one in live[index:] if one.id in in_place]
            if max(above, default=-1) < place[section.id] < min(below, default=len(accepted)):
                found.add(section.id)
    return found


def _best(runs: Sequence[tuple[str, ...]], order: Sequence[str]) -> tuple[str, ...]:
    """The longest run; among equals the one whose members stand first in this order."""
    return min(runs, key=lambda run: (-len(run), [order.index(one) for one in run]), default=())
