"""What a draft of a library page does to the live one, section by section. Values in, values out."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinicsite.library.composition import Lock, Section


class ChangeKind(StrEnum):
    """One thing that happens to a section."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"
    LOCK = "lock"


@dataclass(frozen=True)
class SectionChange:
    """What happens to one section; `live` or `draft` is None where it is not on that side."""

    kinds: tuple[ChangeKind, ...]
    live: Section | None
    draft: Section | None

    @property
    def section(self) -> Section:
        """The section as it will be, or as it was where it goes."""
        found = self.draft or self.live
        assert found is not None
        return found

    @property
    def is_locked(self) -> bool:
        """Whether no clinic has a say in it."""
        return self.section.lock is Lock.LOCKED

    @property
    def has_new_words(self) -> bool:
        """Whether a patient will read something that nobody has read before."""
        return ChangeKind.NEW in self.kinds or ChangeKind.CHANGED in self.kinds

    @property
    def renames(self) -> bool:
        """Whether its heading, or what it is about, becomes another."""
        if self.live is None or self.draft is None:
            return False
        return (self.live.kind, self.live.heading) != (self.draft.kind, self.draft.heading)


def changes_between(
    live: Sequence[Section], draft: Sequence[Section], same_words: Callable[[Section, Section], bool]
) -> list[SectionChange]:
    """Every section that differs, in the draft's order; those the draft has dropped come last."""
    was = {section.id: section for section in live}
    now = {section.id for section in draft}
    moved = _moved([one.id for one in live if one.id in now], [one.id for one in draft if one.id in was])
    found = [
        SectionChange(_kinds(was.get(one.id), one, one.id in moved, same_words), was.get(one.id), one)
        for one in draft
    ]
    dropped = [SectionChange((ChangeKind.REMOVED,), one, None) for one in live if one.id not in now]
    return [change for change in found if change.kinds] + dropped


def _kinds(
    live: Section | None, draft: Section, is_moved: bool, same_words: Callable[[Section, Section], bool]
) -> tuple[ChangeKind, ...]:
    if live is None:
        return (ChangeKind.NEW,)
    kinds = {
        ChangeKind.CHANGED: not same_words(live, draft),
        ChangeKind.MOVED: is_moved,
        ChangeKind.LOCK: (live.lock, live.lock_reason) != (draft.lock, draft.lock_reason),
    }
    return tuple(kind for kind, is_so in kinds.items() if is_so)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest sections whose moving turns one order into the other: all but a longest rising run."""
    place = {section_id: index for index, section_id in enumerate(old)}
    ends: list[int] = []
    runs: list[list[str]] = []
    for section_id in new:
        at = bisect_left(ends, place[section_id])
        run = [*(runs[at - 1] if at else []), section_id]
        ends[at : at + 1], runs[at : at + 1] = [place[section_id]], [run]
    return set(new) - set(runs[-1] if runs else [])
