"""Dates with hours of their own: a holiday, a short day, a season; and where they contradict each other."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from .clock import HoursError, check_hours
from .values import Hours, Interval, Weekday, find_overlaps

DAY = timedelta(days=1)
#: Hours of single days of the week, in the order of the week.
ByWeekday = tuple[tuple[Weekday, tuple[Hours, ...]], ...]


@dataclass(frozen=True)
class SpecialDay:
    """Hours that replace the weekly ones on dates from `first` to `last`.

    `intervals` takes (opens, closes) or (opens, closes, by_appointment) tuples; () means closed. Over several
    dates hours count on the days that are usually open, so that a season opens nobody's Sunday. `by_weekday`
    has the hours of single days of the week, which come first, on days usually closed too. Where `intervals`
    is None the other days are as usual.

    An evening that began on the day before still runs past midnight into a special day: nobody is sent home
    at midnight by a holiday.
    """

    first: date
    last: date
    intervals: tuple[Hours, ...] | None = ()
    name: str = ""
    note: str = ""
    by_weekday: ByWeekday = ()

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise HoursError("The last date is before the first. Give a last date on or after the first.")
        if self.intervals is not None:
            object.__setattr__(self, "intervals", _checked(self.intervals))
        named = sorted((Weekday(day), _checked(hours)) for day, hours in dict(self.by_weekday).items())
        object.__setattr__(self, "by_weekday", tuple(named))

    @property
    def length(self) -> int:
        """How many dates it covers."""
        return (self.last - self.first).days + 1

    @property
    def is_closed(self) -> bool:
        """Whether every date is closed."""
        return not self.intervals and self.intervals is not None and not any(self._named.values())

    @property
    def _named(self) -> Mapping[Weekday, tuple[Hours, ...]]:
        return dict(self.by_weekday)

    def all_hours(self) -> Iterator[Hours]:
        """All that are named, of whichever date."""
        yield from self.intervals or ()
        for _day, hours in self.by_weekday:
            yield from hours

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def hours_on(self, day: date) -> tuple[Hours, ...] | None:
        """What is said of a date: its hours, () for closed, None where nothing is said of it."""
        return self._named.get(Weekday(day.weekday()), self.intervals) if self.covers(day) else None

    def alters(self, day: date) -> bool:
        """Whether it has other hours for that date in case it is usually open, and none of its own."""
        return self.length > 1 and day.weekday() not in self._named and bool(self.hours_on(day))

    def decides(self, day: date, usual_days: Container[int]) -> bool:
        """Whether it replaces the weekly hours of that date, in a place usually open on `usual_days`."""
        if self.hours_on(day) is None:
            return False
        return not self.alters(day) or day.weekday() in usual_days

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return the special hours as intervals of that date's weekday."""
        return tuple(Interval(Weekday(day.weekday()), *hours) for hours in self.hours_on(day) or ())

    def first_week(self) -> Iterator[date]:
        """Its dates, or the first seven of them, which hold every day of the week that it touches."""
        return (self.first + number * DAY for number in range(min(self.length, len(Weekday))))

    def find_overlaps(self) -> list[tuple[Interval, Interval]]:
        """Return the pairs of its own hours that overlap, also from one of its dates into the next."""
        return find_overlaps(one for day in self.first_week() for one in self.intervals_on(day))

    def clashes_with(self, other: "SpecialDay") -> bool:
        """Whether both say something of a date, and neither lies within the other, where it would win."""
        if self._lies_within(other) or other._lies_within(self):
            return False
        first, last = max(self.first, other.first), min(self.last, other.last)
        shared = (first + number * DAY for number in range(min((last - first).days + 1, len(Weekday))))
        return any(self.hours_on(day) is not None and other.hours_on(day) is not None for day in shared)

    def _lies_within(self, other: "SpecialDay") -> bool:
        return self.length < other.length and other.covers(self.first) and other.covers(self.last)


def find_special_day_overlaps(special_days: Iterable[SpecialDay]) -> list[tuple[SpecialDay, SpecialDay]]:
    """Return each pair of special days that contradict each other, in the order given."""
    return [(one, other) for one, other in combinations(special_days, 2) if one.clashes_with(other)]


def _checked(intervals: Iterable[tuple[Any, ...]]) -> tuple[Hours, ...]:
    hours = tuple(sorted(Hours(*values) for values in intervals))
    for one in hours:
        check_hours(one.opens, one.closes)
    return hours
