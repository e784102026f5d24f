"""The schedule of one location: what is open when, in its own time zone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .clock import MIDNIGHT, as_utc, get_zone, instant
from .special import SpecialDay
from .values import Hours, Interval, Weekday

HORIZON_DAYS = 60


class Run(NamedTuple):
    """A stretch without a break, in UTC; back-to-back intervals are one run."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class OpenState:
    """What a location is at one moment: open, open by appointment, or closed.

    `is_open` means anyone may walk in, so it is true in ordinary hours only; `by_appointment` is true in
    by-appointment hours that no ordinary hours overlap. The two are never true together.

    `closes_at` is when the present hours end (None while closed, and where no end is in sight). `opens_at` is
    the next opening: of either kind while closed (`opens_by_appointment` says which), of ordinary hours while
    open by appointment, and None while open. Both are aware, in the location's zone; convert them to UTC
    before comparing them. `special` is the special day that decides the local date, and `is_day_off` says
    whether it closes it.
    """

    is_open: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    by_appointment: bool = False
    special: SpecialDay | None = None
    opens_by_appointment: bool = False
    is_day_off: bool = False

    @property
    def name(self) -> str:
        """Return "open", "appointment" or "closed", as the page's `data-state` says it."""
        if self.is_open:
            return "open"
        return "appointment" if self.by_appointment else "closed"


@dataclass(frozen=True)
class DayHours:
    """One row of a week: the hours that start on that day. `date` is None in a standard week."""

    date: date | None
    weekday: Weekday
    intervals: tuple[Interval, ...]
    special: SpecialDay | None = None

    @property
    def is_closed(self) -> bool:
        return not self.intervals

    @property
    def hours(self) -> tuple[Hours, ...]:
        return tuple(interval.hours for interval in self.intervals)


@dataclass(frozen=True)
class DayGroup:
    """Consecutive days of the week with the same hours, for a short list."""

    first: Weekday
    last: Weekday
    hours: tuple[Hours, ...]

    @property
    def days_label(self) -> str:
        """Return "Monday", "Saturday and Sunday", "Monday to Friday" or "Every day"."""
        count = self.last - self.first + 1
        if count == len(Weekday):
            return "Every day"
        if count == 1:
            return self.first.label
        return f"{self.first.label} {'and' if count == 2 else 'to'} {self.last.label}"

    @property
    def hours_label(self) -> str:
        return "; ".join(hours.describe() for hours in self.hours) or "closed"

    def describe(self) -> str:
        """Return the group in words, such as "Monday to Friday 7:00 am to 7:00 pm"."""
        return f"{self.days_label} {self.hours_label}"


def grouped(days: Iterable[tuple[Weekday, tuple[Hours, ...]]]) -> list[DayGroup]:
    """Merge days of the week, in their order, that follow each other and have the same hours."""
    groups: list[DayGroup] = []
    for day, hours in days:
        if groups and (groups[-1].last + 1, groups[-1].hours) == (day, hours):
            groups[-1] = replace(groups[-1], last=day)
        else:
            groups.append(DayGroup(day, day, hours))
    return groups


@dataclass(frozen=True)
class Schedule:
    """The weekly hours and special days of one location, read in its IANA time zone.

    Where two special days decide a date, the one of fewer dates wins, so that a holiday wins over a season;
    of two of the same length it is the last in order. Intervals may overlap here; refusing that is the form's
    work (`find_overlaps`). An unknown time zone raises `HoursError`.
    """

    intervals: tuple[Interval, ...]
    special_days: tuple[SpecialDay, ...]
    time_zone: str

    def __post_init__(self) -> None:
        get_zone(self.time_zone)
        object.__setattr__(self, "intervals", tuple(sorted(self.intervals)))
        object.__setattr__(self, "special_days", tuple(self.special_days))

    @property
    def has_hours(self) -> bool:
        """Whether any opening is known; without one nobody can say that the location is closed."""
        return bool(self.intervals) or any(not special.is_closed for special in self.special_days)

    @property
    def zone(self) -> ZoneInfo:
        return get_zone(self.time_zone)

    def local_date(self, moment: datetime) -> date:
        """Return the date on a calendar at the location at that aware moment."""
        return as_utc(moment).astimezone(self.zone).date()

    def special_on(self, day: date) -> SpecialDay | None:
        """Return the special day that decides that date, if any."""
        deciding = [one for one in reversed(self.special_days) if one.decides(day, self._usual_days)]
        return min(deciding, key=lambda special: special.length, default=None)

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return the intervals that start on that date, in order; special hours replace the weekly ones."""
        special = self.special_on(day)
        return self._special_intervals(special, day) if special else self._usual_on(day.weekday())

    def is_open_at(self, moment: datetime) -> bool:
        """Whether anyone may walk in at that aware moment; by-appointment hours do not count."""
        return self.state_at(moment).is_open

    def state_at(self, moment: datetime) -> OpenState:
        """Return what the location is at that aware moment, looking ahead to the date 60 days on."""
        now = as_utc(moment)
        today = self.local_date(now)
        special = self.special_on(today)
        ordinary = self._run_after(now, by_appointment=False)
        if ordinary and ordinary.start <= now:
            return OpenState(is_open=True, closes_at=self._closing(ordinary.end, now), special=special)
        appointment = self._run_after(now, by_appointment=True)
        if appointment and appointment.start <= now:
            return self._appointment_state(now, appointment, ordinary, special)
        state = self._closed_state(appointment, ordinary, special)
        return replace(state, is_day_off=special is not None and not self.intervals_on(today))

    def next_change(self, moment: datetime) -> datetime | None:
        """Return when the state next changes between open, open by appointment and closed.

        The answer is aware, in the location's zone; None when nothing changes within 60 days.
        """
        state = self.state_at(moment)
        return state.opens_at if state.name == "closed" else state.closes_at

    def week_of(self, day: date) -> list[DayHours]:
        """Return the seven days, from Monday, of the week that holds that date, special days applied."""
        monday = day - timedelta(days=day.weekday())
        days = [monday + timedelta(days=number) for number in Weekday]
        return [
            DayHours(on, Weekday(on.weekday()), self.intervals_on(on), self.special_on(on)) for on in days
        ]

    def standard_week(self) -> list[DayHours]:
        """Return the seven days of a week without special days, from Monday."""
        return [DayHours(None, weekday, self._usual_on(weekday)) for weekday in Weekday]

    def grouped_week(self) -> list[DayGroup]:
        """Return the standard week with consecutive days of equal hours merged."""
        return grouped((row.weekday, row.hours) for row in self.standard_week())

    def upcoming_special_days(self, today: date, days: int = HORIZON_DAYS) -> list[SpecialDay]:
        """Return the special days not over by `today` that start within that many days, the soonest first."""
        until = today + timedelta(days=days)
        coming = [one for one in self.special_days if one.last >= today and one.first <= until]
        coming = [one for one in coming if self._decided_by(one)]
        return sorted(coming, key=lambda special: (special.first, special.last))

    def describe_special(self, special: SpecialDay) -> str:
        """Return its hours in words, with days where it has several dates: "Monday 9:00 am to 1:00 pm"."""
        days = self._decided_by(special)
        if special.length == 1 or special.is_closed:
            return next((DayGroup(day, day, hours).hours_label for day, hours in days), "")
        return "; ".join(group.describe() for group in grouped(days))

    @cached_property
    def _usual_days(self) -> frozenset[int]:
        """The days of the week with hours; all of them where no hours are known: then none is a day off."""
        return frozenset(one.weekday for one in self.intervals) or frozenset(Weekday)

    @cached_property
    def _kinds(self) -> frozenset[bool]:
        """Whether there are hours by appointment, and others; looking ahead for none would take longest."""
        special = {hours.by_appointment for one in self.special_days for hours in one.all_hours()}
        return frozenset(special.union(one.by_appointment for one in self.intervals))

    def _usual_on(self, weekday: int) -> tuple[Interval, ...]:
        return tuple(interval for interval in self.intervals if interval.weekday == weekday)

    def _special_intervals(self, special: SpecialDay, day: date) -> tuple[Interval, ...]:
        """The hours of a special day; a season leaves a day by appointment only by appointment."""
        usual = self._usual_on(day.weekday())
        is_booked = special.alters(day) and bool(usual) and all(one.by_appointment for one in usual)
        intervals = special.intervals_on(day)
        return tuple(replace(one, by_appointment=True) for one in intervals) if is_booked else intervals

    def _decided_by(self, special: SpecialDay) -> list[tuple[Weekday, tuple[Hours, ...]]]:
        """The days of the week that a special day decides, with its hours, in the order of the week."""
        days = (day for day in special.first_week() if special.decides(day, self._usual_days))
        hours = ((day, self._special_intervals(special, day)) for day in days)
        return sorted((Weekday(day.weekday()), tuple(one.hours for one in found)) for day, found in hours)

    def _appointment_state(
        self, now: datetime, appointment: Run, ordinary: Run | None, special: SpecialDay | None
    ) -> OpenState:
        end = min(appointment.end, ordinary.start) if ordinary else appointment.end
        return OpenState(
            by_appointment=True,
            opens_at=self._local(ordinary.start) if ordinary else None,
            closes_at=self._closing(end, now),
            special=special,
        )

    def _closed_state(
        self, appointment: Run | None, ordinary: Run | None, special: SpecialDay | None
    ) -> OpenState:
        is_appointment_first = bool(appointment and (not ordinary or appointment.start < ordinary.start))
        coming = appointment if is_appointment_first else ordinary
        return OpenState(
            opens_at=self._local(coming.start) if coming else None,
            special=special,
            opens_by_appointment=is_appointment_first,
        )

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def _closing(self, end: datetime, now: datetime) -> datetime | None:
        """Return the closing in local time, or None when the hours go on for as far as we look."""
        day_after = self.local_date(now) + timedelta(days=HORIZON_DAYS + 1)
        return None if end >= instant(day_after, MIDNIGHT, self.zone) else self._local(end)

    def _run_after(self, now: datetime, *, by_appointment: bool) -> Run | None:
        """Return the run going on at `now`, else the next one, of that kind of hours."""
        if by_appointment not in self._kinds:
            return None
        runs = _joined(self._openings(self.local_date(now), by_appointment))
        return next((run for run in runs if run.end > now), None)

    def _openings(self, today: date, by_appointment: bool) -> Iterator[Run]:
        """Yield the openings from yesterday, which may still be going on, to the horizon, by their start."""
        for number in range(-1, HORIZON_DAYS + 1):
            day = today + timedelta(days=number)
            for interval in self.intervals_on(day):
                run = Run(*interval.on(day, self.zone))
                if interval.by_appointment == by_appointment and run.start < run.end:
                    yield run


def _joined(openings: Iterable[Run]) -> Iterator[Run]:
    """Join openings, sorted by their start, that touch or overlap."""
    current = None
    for opening in openings:
        if current and opening.start <= current.end:
            current = Run(current.start, max(current.end, opening.end))
            continue
        if current:
            yield current
        current = opening
    if current:
        yield current
