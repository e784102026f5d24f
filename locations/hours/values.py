"""The facts a clinic enters each week: hours and the intervals they make, and where these overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinicsite.core.typed_times import format_time

from .clock import MINUTES_A_DAY, HoursError, check_hours, instant, minutes

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
