"""The hours of one day at one place: closed, closing early, opening late, or others; over with the day."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from clinicsite.core.typed_times import format_time
from clinicsite.home.desk.changing import RefusedError
from clinicsite.locations.models import SpecialHours

MINUTES_A_DAY = 24 * 60
PARTLY_BOOKED = (
    "Part of that day is by appointment. Choose “Closed all day”, or change it on the page of the place."
)

FIELDS = ("name", "weekday", "is_closed", "opens", "closes", "note")


class Choice(StrEnum):
    """What is different on a day."""

    CLOSED = "closed"
    EARLY = "early"
    LATE = "late"
    OTHER = "other"
    USUAL = "usual"


@dataclass(frozen=True)
class Day:
    """What somebody wants a day to be; `at` is when it closes early or opens late."""

    date: date
    choice: Choice
    name: str = ""
    at: time | None = None
    opens: time | None = None
    closes: time | None = None
    note: str = ""


Row = dict[str, object]


def rows_of(location, day: date) -> list[Row]:
    """What is said of this day alone, as plain values; nothing where it goes by the week or a season."""
    return [
        {name: getattr(row, name) for name in FIELDS}
        for row in location.special_hours.all()
        if row.first_date == row.last_date == day
    ]


def put_rows(location, day: date, rows: list[Row]) -> None:
    """Have these said of a day, in place of what was said of it alone."""
    gone = [row for row in location.special_hours.all() if row.first_date == row.last_date == day]
    location.special_hours.remove(*gone)
    location.special_hours.add(*(SpecialHours(first_date=day, last_date=day, **row) for row in rows))


def wanted_rows(location, wanted: Day) -> list[Row]:
    """The rows of a day as somebody wants it.

    Raises:
        RefusedError: It would change nothing, or leave nothing; the words say what to choose instead.
    """
    base = {"name": wanted.name, "weekday": None, "note": wanted.note}
    if wanted.choice is Choice.USUAL:
        return []
    if wanted.choice is Choice.CLOSED:
        return [base | {"is_closed": True, "opens": None, "closes": None}]
    if wanted.choice is Choice.OTHER:
        hours = [(wanted.opens, wanted.closes)]
    else:
        hours = _cut(_standing(location, wanted.date), wanted)
    return [base | {"is_closed": False, "opens": opens, "closes": closes} for opens, closes in hours]


def _standing(location, day):
    """The hours as they stand, in minutes from the midnight that begins the day."""
    found = location.schedule.intervals_on(day)
    if not found:
        raise RefusedError("You are closed that day as it is. Choose “Other hours” to open.")
    if any(one.by_appointment for one in found):
        raise RefusedError(PARTLY_BOOKED)
    return sorted((one.minutes_opens, one.minutes_closes) for one in found)


def _cut(hours, wanted: Day) -> list[tuple[time, time]]:
    """The same without what lies after or before a time."""
    first, last = hours[0][0], hours[-1][1]
    at = wanted.at.hour * 60 + wanted.at.minute
    if at < first and at + MINUTES_A_DAY < last:
        at += MINUTES_A_DAY
    if wanted.choice is Choice.EARLY:
        kept = [(opens, min(closes, at)) for opens, closes in hours if opens < at]
        better, unchanged, nothing = "an earlier", f"close at {_clock(last)}", f"open at {_clock(first)}"
    else:
        kept = [(max(opens, at), closes) for opens, closes in hours if closes > at]
        better, unchanged, nothing = "a later", f"open at {_clock(first)}", f"close at {_clock(last)}"
    if kept == hours:
        raise RefusedError(f"You {unchanged} that day as it is. Write {better} time.")
    if not kept:
        raise RefusedError(f"You {nothing} that day. Choose “Closed”.")
    return [(_time(opens), _time(closes)) for opens, closes in kept]


def _time(at: int) -> time:
    return time(at // 60 % 24, at % 60)


def _clock(at: int) -> str:
    return format_time(_time(at))
