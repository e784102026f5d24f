"""Which member of one sequence is which of another. No Django here."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

Member = TypeVar("Member")

#: Two members are the same one, rewritten, if at least this share of their words is common to both.
ALIKE = 0.5
#: Above this many comparisons likeness is not asked; what stands in the same place counts as the same.
_MOST_COMPARISONS = 40_000
#: Above this many common members, counted pair by pair, the middle of two sequences is not searched.
_MOST_STEPS = 500_000


@dataclass(frozen=True)
class Entry:
    """What a member of a sequence is known by.

    `kind` must agree for two to be the same; `meaning` is equal if they read the same.
    """

    id: str
    kind: str
    meaning: Hashable
    words: frozenset[str]


@dataclass(frozen=True)
class Thread:
    """One member through three versions: its index in each, or None where it is not.

    Everywhere in the comparison `base` is the library's section as the clinic took it over, `library` the
    same as it is now, and `own` the clinic's.
    """

    base: int | None
    library: int | None
    own: int | None


def matching_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Stretches common to both, in order, as (index in old, index in new, length).

    Nothing in the middle of two very long, very different sequences is looked for.
    """
    start = _common(zip(old, new, strict=False))
    rest = min(len(old), len(new)) - start
    end = min(rest, _common(zip(reversed(old), reversed(new), strict=False)))
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    runs = [(0, 0, start), *_inner_runs(middle_old, middle_new, start)]
    return [run for run in [*runs, (len(old) - end, len(new) - end, end)] if run[2]]


def _inner_runs(old: Sequence[Hashable], new: Sequence[Hashable], start: int) -> list[tuple[int, int, int]]:
    counts = Counter(new)
    if sum(counts[value] for value in old) > _MOST_STEPS:
        return []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(start + block.a, start + block.b, block.size) for block in blocks]


def _common(pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def match(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """{index in new: index in old}: by id, then by meaning, then by likeness, then by place."""
    pairs = _Pairs(old, new)
    pairs.add_same_ids()
    pairs.add_same_meanings()
    pairs.add_alike()
    pairs.add_same_places()
    return pairs.found


class _Pairs:
    """The pairs found so far, and what is left of both sides."""

    def __init__(self, old: Sequence[Entry], new: Sequence[Entry]):
        self.old, self.new = old, new
        self.found: dict[int, int] = {}
        self.left_old = dict.fromkeys(range(len(old)))
        self.left_new = dict.fromkeys(range(len(new)))

    def put(self, in_old: int, in_new: int) -> None:
        if in_old in self.left_old and in_new in self.left_new:
            self.found[in_new] = in_old
            del self.left_old[in_old], self.left_new[in_new]

    def add_same_ids(self) -> None:
        ids_old, ids_new = _unique_ids(self.old), _unique_ids(self.new)
        for ident in ids_new.keys() & ids_old.keys():
            if self.old[ids_old[ident]].kind == self.new[ids_new[ident]].kind:
                self.put(ids_old[ident], ids_new[ident])

    def add_same_meanings(self) -> None:
        left_old, left_new = list(self.left_old), list(self.left_new)
        meanings_old = [(self.old[i].kind, self.old[i].meaning) for i in left_old]
        meanings_new = [(self.new[i].kind, self.new[i].meaning) for i in left_new]
        for a, b, size in matching_runs(meanings_old, meanings_new):
            for step in range(size):
                self.put(left_old[a + step], left_new[b + step])
        places = defaultdict(list)
        for index in reversed(self.left_old):
            places[self.old[index].kind, self.old[index].meaning].append(index)
        for index in list(self.left_new):
            if waiting := places[self.new[index].kind, self.new[index].meaning]:
                self.put(waiting.pop(), index)

    def add_alike(self) -> None:
        if len(self.left_old) * len(self.left_new) > _MOST_COMPARISONS:
            return
        scored = [
            (-alike(self.old[a].words, self.new[b].words), abs(a - b), a, b)
            for a in self.left_old
            for b in self.left_new
            if self.old[a].kind == self.new[b].kind
        ]
        for score, _, a, b in sorted(scored):
            if -score >= ALIKE:
                self.put(a, b)

    def add_same_places(self) -> None:
        """Pair what stands between the same neighbours: it was put in place of what stood there."""
        gaps: dict[tuple[int, str], list[int]] = defaultdict(list)
        for index, gap in _gaps(len(self.old), set(self.found.values())):
            gaps[gap, self.old[index].kind].append(index)
        for waiting in gaps.values():
            waiting.reverse()
        for index, gap in _gaps(len(self.new), set(self.found)):
            neighbour = self.found[gap] if gap >= 0 else -1
            if waiting := gaps[neighbour, self.new[index].kind]:
                self.put(waiting.pop(), index)


def _gaps(length: int, paired: set[int]) -> Iterator[tuple[int, int]]:
    """Each index that has no pair, with the paired index before it, or -1."""
    last = -1
    for index in range(length):
        if index in paired:
            last = index
        else:
            yield index, last


def _unique_ids(entries: Sequence[Entry]) -> dict[str, int]:
    counts = Counter(entry.id for entry in entries)
    return {entry.id: index for index, entry in enumerate(entries) if entry.id and counts[entry.id] == 1}


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words two texts have in common: 0 for none, 1 for all."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def threads(base: Sequence[Entry], library: Sequence[Entry], own: Sequence[Entry]) -> list[Thread]:
    """Every member of the three versions, once, in the order of the base, new ones of the library, own."""
    in_library, in_own = match(base, library), match(base, own)
    library_of = {old: new for new, old in in_library.items()}
    own_of = {old: new for new, old in in_own.items()}
    found = [Thread(index, library_of.get(index), own_of.get(index)) for index in range(len(base))]
    return found + _new_threads(library, own, in_library, in_own)


def _new_threads(
    library: Sequence[Entry], own: Sequence[Entry], in_library: Mapping[int, int], in_own: Mapping[int, int]
) -> list[Thread]:
    """What neither had before; what both have added alike is one."""
    new_library = [index for index in range(len(library)) if index not in in_library]
    new_own = [index for index in range(len(own)) if index not in in_own]
    pairs = _Pairs([library[index] for index in new_library], [own[index] for index in new_own])
    pairs.add_same_ids()
    pairs.add_same_meanings()
    pairs.add_alike()
    both = {new_library[a]: new_own[b] for b, a in pairs.found.items()}
    paired = set(both.values())
    return [Thread(None, index, both.get(index)) for index in new_library] + [
        Thread(None, None, index) for index in new_own if index not in paired
    ]


def members_of(thread: Thread, versions: Sequence[Sequence[Member]]) -> list[Member | None]:
    """The member in each version, None where it is not."""
    places = (thread.base, thread.library, thread.own)
    return [
        None if place is None else version[place] for place, version in zip(places, versions, strict=True)
    ]
