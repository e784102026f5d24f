"""The facts a clinic enters: weekly intervals and special days, and where they contradict each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .clock import MINUTES_A_DAY, HoursError, check_hours, format_time, instant, minutes

MINUTES_A_WEEK = 7 * MINUTES_A_DAY


class Weekday(IntEnum):
    """A day of the week, numbered as `date.weekday()` numbers it."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6

    @property
    def label(self) -> str:
        return self.name.capitalize()


class Hours(NamedTuple):
    """One stretch of opening, on no day in particular."""

    opens: time
    closes: time
    by_appointment: bool = False

    def describe(self) -> str:
        """Return "7:00 am to 7:00 pm", with ", by appointment" where that applies."""
        suffix = ", by appointment" if self.by_appointment else ""
        return f"{format_time(self.opens)} to {format_time(self.closes)}{suffix}"


@dataclass(frozen=True, order=True)
class Interval:
    """One stretch in which a location is open on a day of the week.

    `opens` and `closes` are local times to the minute. A closing time before the opening time is on the next
    day. Equal times, seconds and times with a time zone raise `HoursError`.
    """

    weekday: Weekday
    opens: time
    closes: time
    by_appointment: bool = False

    def __post_init__(self) -> None:
        check_hours(self.opens, self.closes)
        try:
            object.__setattr__(self, "weekday", Weekday(self.weekday))
        except ValueError as error:
            raise HoursError("The weekday must be a number from 0 (Monday) to 6 (Sunday).") from error

    @property
    def hours(self) -> Hours:
        return Hours(self.opens, self.closes, self.by_appointment)

    @property
    def minutes_opens(self) -> int:
        """Minutes from the midnight that begins the day to the opening."""
        return minutes(self.opens)

    @property
    def minutes_closes(self) -> int:
        """Minutes from the midnight that begins the day to the closing; 1440 or more means the next day."""
        return minutes(self.closes) + (MINUTES_A_DAY if self.closes < self.opens else 0)

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the UTC moments at which the interval that starts on `day` opens and closes.

        Both are the same moment when the clock jumps over the whole interval in spring.
        """
        last_day = day + timedelta(days=1) if self.closes < self.opens else day
        return instant(day, self.opens, zone), instant(last_day, self.closes, zone)

    def describe(self) -> str:
        """Return the interval in words, such as "Friday 6:00 pm to 1:00 am"."""
        return f"{self.weekday.label} {self.hours.describe()}"


@dataclass(frozen=True)
class SpecialDay:
    """Hours that replace the weekly ones on every date from `first` to `last`; none at all means closed.

    `intervals` takes (opens, closes) or (opens, closes, by_appointment) tuples. An evening that began on the
    day before still runs past midnight into a special day: nobody is sent home at midnight by a holiday.
    """

    first: date
    last: date
    intervals: tuple[Hours, ...] = ()
    name: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise HoursError("The last date is before the first. Give a last date on or after the first.")
        hours = tuple(sorted(Hours(*values) for values in self.intervals))
        for one in hours:
            check_hours(one.opens, one.closes)
        object.__setattr__(self, "intervals", hours)

    @property
    def is_closed(self) -> bool:
        return not self.intervals

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "SpecialDay") -> bool:
        """Whether the two share a date."""
        return self.first <= other.last and other.first <= self.last

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return the special hours as intervals of that date's weekday."""
        return tuple(Interval(Weekday(day.weekday()), *hours) for hours in self.intervals)

    def find_overlaps(self) -> list[tuple[Interval, Interval]]:
        """Return the pairs of its own hours that overlap, also from one of its dates into the next."""
        days = {self.first, min(self.last, self.first + timedelta(days=1))}
        return find_overlaps(interval for day in days for interval in self.intervals_on(day))


def find_overlaps(intervals: Iterable[Interval]) -> list[tuple[Interval, Interval]]:
    """Return each pair of intervals that share a minute of the week, the earlier in the week first.

    The week is a circle: Sunday evening past midnight meets Monday morning. Touching is not overlapping.
    """
    return [pair for pair in combinations(sorted(intervals), 2) if _share_a_minute(*pair)]


def _share_a_minute(one: Interval, other: Interval) -> bool:
    return _starts_within(one, other) or _starts_within(other, one)


def _starts_within(one: Interval, other: Interval) -> bool:
    """Whether `one` starts while `other` is going on, counted round the week."""
    apart = (one.weekday - other.weekday) * MINUTES_A_DAY + one.minutes_opens - other.minutes_opens
    return apart % MINUTES_A_WEEK < other.minutes_closes - other.minutes_opens


def find_special_day_overlaps(special_days: Iterable[SpecialDay]) -> list[tuple[SpecialDay, SpecialDay]]:
    """Return each pair of special days that share a date, in the order given."""
    return [(one, other) for one, other in combinations(special_days, 2) if one.overlaps(other)]
