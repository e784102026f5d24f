"""How the orders of three versions become one, and where they cannot. No Django here."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import combinations

from clinicsite.library.comparison.sequences import Thread

#: Above this many members two changed orders are not checked pair by pair: a person decides.
_MOST_IN_ORDER = 200


def moved(order: Sequence[int]) -> set[int]:
    """The fewest members that must move to put these, all different, in rising order."""
    return set(order) - _longest_rising(order)


def _longest_rising(order: Sequence[int]) -> set[int]:
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for value in order:
        place = bisect_left(tails, value)
        before[value] = ends[place - 1] if place else None
        if place == len(tails):
            tails.append(value)
            ends.append(value)
        else:
            tails[place] = ends[place] = value
    run: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run


def in_order(found: Sequence[Thread]) -> list[Thread]:
    """The threads in one order, which keeps what both sides have moved wherever that can be.

    Else it is own, with what the library moved or added where the library has it. What only the base has
    stands after what it stood after there.
    """
    common = _in_all(found)
    agreed = _order_of_both(common) if _both_have_moved(common) else None
    if agreed is not None:
        line = _Line(agreed)
        line.fit_in(_by_place(found, "own"))
    else:
        moved_library, moved_own = moved_in(found, "library"), moved_in(found, "own")
        own = _by_place(found, "own")
        line = _Line([thread for thread in own if thread not in moved_library or thread in moved_own])
    line.fit_in(_by_place(found, "library"))
    line.fit_in(_by_place(found, "base"))
    return list(line)


class _Line:
    """An order that others are fitted into, without counting through it each time."""

    def __init__(self, order: Sequence[Thread]):
        self._next: dict[Thread | None, Thread | None] = {}
        before: Thread | None = None
        for thread in order:
            self._next[before] = thread
            before = thread
        self._next[before] = None

    def __iter__(self) -> Iterator[Thread]:
        thread = self._next[None]
        while thread is not None:
            yield thread
            thread = self._next[thread]

    def fit_in(self, order: Sequence[Thread]) -> None:
        """Put each of these that is missing right after the one before it."""
        before: Thread | None = None
        for thread in order:
            if thread not in self._next:
                self._next[thread] = self._next[before]
                self._next[before] = thread
            before = thread


def _by_place(found: Sequence[Thread], side: str) -> list[Thread]:
    here = [thread for thread in found if getattr(thread, side) is not None]
    return sorted(here, key=lambda thread: getattr(thread, side))


def moved_in(found: Sequence[Thread], side: str) -> set[Thread]:
    """What one side has put in another place than the base had it."""
    here = [thread for thread in _by_place(found, side) if thread.base is not None]
    places = moved([thread.base for thread in here if thread.base is not None])
    return {thread for thread in here if thread.base in places}


def is_order_contested(found: Sequence[Thread]) -> bool:
    """Whether both sides have changed the order, in ways that cannot both be kept."""
    common = _in_all(found)
    return _both_have_moved(common) and _order_of_both(common) is None


def _both_have_moved(common: Sequence[Thread]) -> bool:
    """Whether both sides have changed the order, each in its own way."""
    base, library, own = (_by_place(common, side) for side in ("base", "library", "own"))
    return base not in (library, own) and library != own


def _in_all(found: Sequence[Thread]) -> list[Thread]:
    return [thread for thread in found if None not in (thread.base, thread.library, thread.own)]


def _order_of_both(common: Sequence[Thread]) -> list[Thread] | None:
    """The order in which each two stand as the base had them, unless a side has turned them; None for none.

    None too where there are so many that comparing each two would take too long.
    """
    base = _by_place(common, "base")
    if len(base) > _MOST_IN_ORDER:
        return None
    before = dict.fromkeys(base, 0)
    for one, other in combinations(base, 2):
        before[one if _is_turned(one, other) else other] += 1
    # There is such an order if, and only if, none, one, two, ... of the others stand before each.
    order = sorted(base, key=before.__getitem__)
    return order if [before[thread] for thread in order] == list(range(len(order))) else None


def _is_turned(one: Thread, other: Thread) -> bool:
    """Whether a side has put the second of two before the first; both are in every version."""
    sides = ((one.library, other.library), (one.own, other.own))
    return any(first is not None and second is not None and first > second for first, second in sides)
