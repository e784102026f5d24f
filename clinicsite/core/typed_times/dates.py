"""A date as people type it."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from .refusal import UnreadableError, plain
from .wording import MONTHS, WEEKDAYS, date_in_words, format_date

HOW = "Write it such as 18 Dec 2026."
#: Where a date in figures begins with the month. Canada writes both ways, more often this one in English.
MONTH_FIRST = frozenset({"CA", "US"})
YEARS = range(1900, 2200)
#: A date without a year that was so lately, where one ahead is asked for, may be meant all the same.
LATELY = timedelta(days=31)
#: From here on, the one before and the one to come are about as near.
HALF_A_YEAR = timedelta(days=150)
FOUR_DIGITS = "Write the year with four digits, such as 18 Dec 2026."

_MONTHS = {
    form: number for number, name in enumerate(MONTHS, 1) for form in (name.lower(), name[:3].lower())
} | {"sept": 9}
_SHORT_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAYS = _SHORT_DAYS | {
    form: number for number, name in enumerate(WEEKDAYS) for form in (name.lower(), name[:3].lower())
}
_DAY = r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]+)"
_YEAR = r"(?: (?P<year>[0-9]{2,4}))?"
_IN_WORDS = [
    re.compile(rf"{_DAY} ?(?:of )?{_MONTH}{_YEAR}"),
    re.compile(rf"{_MONTH} ?{_DAY}{_YEAR}"),
    re.compile(rf"(?P<year>[0-9]{{4}}) {_MONTH} {_DAY}"),
]
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{2,4})")
_NO_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_WITHOUT_DAY = re.compile(rf"{_MONTH}(?: [0-9]{{4}})?")
_WEEKDAY = re.compile(r"(?:on )?([a-z]+)\b ?(.*)")
_NEXT = re.compile(r"next ([a-z]+)")


class Lean(Enum):
    """Which way a field looks: where a date without its year is sought."""

    AHEAD = "ahead"
    BACK = "back"
    NEAREST = "nearest"


@dataclass(frozen=True)
class _Asked:
    """What a date is read for."""

    typed: str
    region: str
    today: date
    lean: Lean


def read_date(typed: str, *, region: str, today: date, lean: Lean = Lean.AHEAD) -> date:
    """Return the date that was typed; raise `UnreadableError` unless it can be only one.

    Args:
        typed: "18 Dec", "December 18, 2026", "12/18/2026", "2026-12-18", "tomorrow", "Friday".
        region: ISO 3166 code of the country by whose custom figures are read, such as CA or GB.
        today: the date where the field is about.
        lean: where a date without a year, or a day of the week, is sought.
    """
    asked = _Asked(typed.strip(), region, today, lean)
    text = _parted(plain(typed))
    if (ahead := {"yesterday": -1, "today": 0, "tomorrow": 1}.get(text)) is not None:
        return today + timedelta(days=ahead)
    if found := _NEXT.fullmatch(text):
        raise UnreadableError(_two_ways(found[1], asked))
    named, rest = _weekday_and_rest(text)
    if named is None:
        return _without_weekday(text, asked)
    if not rest:
        return _coming(named, asked)
    day = _without_weekday(rest, asked)
    if day.weekday() != named:
        raise UnreadableError(f"It is not a {WEEKDAYS[named]}: that date is {date_in_words(day)}.")
    return day


def _parted(text: str) -> str:
    """The parts of a date with single spaces between: "18-dec-2026" as "18 dec 2026"."""
    text = re.sub(r"(?<=[a-z])\.", " ", text).replace(",", " ")
    text = re.sub(r"(?<=[a-z])[-/](?=[0-9])|(?<=[0-9])[-/](?=[a-z])", " ", text)
    return " ".join(text.split())


def _weekday_and_rest(text: str) -> tuple[int | None, str]:
    found = _WEEKDAY.fullmatch(text.removeprefix("this "))
    if not found or found[1] not in _DAYS:
        return None, text
    return _DAYS[found[1]], found[2]


def _coming(weekday: int, asked: _Asked) -> date:
    """The date of a day of the week that is named alone."""
    name = WEEKDAYS[weekday]
    if asked.lean is not Lean.AHEAD:
        raise UnreadableError(f"Which {name}? {HOW}")
    ahead = (weekday - asked.today.weekday()) % 7
    if not ahead:
        raise UnreadableError(f"Today is {name}. Write “today”, or the date that you mean.")
    return asked.today + timedelta(days=ahead)


def _two_ways(name: str, asked: _Asked) -> str:
    if name not in _DAYS:
        return _not_read(asked)
    first = asked.today + timedelta(days=(_DAYS[name] - asked.today.weekday() - 1) % 7 + 1)
    second = first + timedelta(days=7)
    return (
        f"“{asked.typed}” means {format_date(first)} to some and {format_date(second)} to others. "
        "Write the date."
    )


def _without_weekday(text: str, asked: _Asked) -> date:
    for year, month, day in _readings(text, asked):
        if year is None:
            return _in_its_year(day, month, asked)
        return _checked(year, month, day)
    if (found := _WITHOUT_DAY.fullmatch(text)) and found["month"] in _MONTHS:
        raise UnreadableError("Add the day, such as 18 Dec 2026.")
    raise UnreadableError(_not_read(asked))


def _readings(text: str, asked: _Asked) -> Iterator[tuple[int | None, int, int]]:
    """(year or None, month, day) of each way to read a text, the best first."""
    for pattern in _IN_WORDS:
        found = pattern.fullmatch(text)
        if found and found["month"] in _MONTHS:
            yield _year(found["year"]), _MONTHS[found["month"]], int(found["day"])
    if found := _YEAR_FIRST.fullmatch(text):
        yield int(found[1]), int(found[3]), int(found[4])
    if found := _YEAR_LAST.fullmatch(text):
        yield _year(found[4]), *_month_and_day(int(found[1]), int(found[3]), asked)
    if found := _NO_YEAR.fullmatch(text):
        yield None, *_month_and_day(int(found[1]), int(found[2]), asked)


def _year(typed: str | None) -> int | None:
    if typed is not None and len(typed) != 4:
        raise UnreadableError(FOUR_DIGITS)
    return None if typed is None else int(typed)


def _month_and_day(first: int, second: int, asked: _Asked) -> tuple[int, int]:
    """Two figures as month and day by the custom of the region, unless only the other way is possible."""
    in_order, swapped = (first, second), (second, first)
    if asked.region not in MONTH_FIRST:
        in_order, swapped = swapped, in_order
    return swapped if in_order[0] > 12 >= swapped[0] else in_order


def _checked(year: int, month: int, day: int) -> date:
    """The date, if there is such a day."""
    if year not in YEARS:
        raise UnreadableError(f"Look at the year again: {year:04}.")
    if not 1 <= month <= 12:
        raise UnreadableError(f"There is no month {month}. {HOW}")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UnreadableError(f"{MONTHS[month - 1]} {year} has {last} days. Look at the day again.")
    return date(year, month, day)


def _in_its_year(day: int, month: int, asked: _Asked) -> date:
    """The date without a year that is meant, if that is certain."""
    if (day, month) == (29, 2):
        raise UnreadableError("Write the year as well: not every year has a 29 February.")
    years = (asked.today.year + more for more in (-1, 0, 1))
    dates = [_checked(year, month, day) for year in years]
    before = max(one for one in dates if one < asked.today)
    after = min(one for one in dates if one >= asked.today)
    if after == asked.today:
        return after
    since, until = asked.today - before, after - asked.today
    chosen = {
        Lean.AHEAD: after if since > LATELY else None,
        Lean.BACK: before if until > LATELY else None,
        Lean.NEAREST: _nearer(before, after, asked.today),
    }[asked.lean]
    if chosen is None:
        raise UnreadableError(f"{date_in_words(before)}, or {date_in_words(after)}? Write the year as well.")
    return chosen


def _nearer(before: date, after: date, today: date) -> date | None:
    distance, one = min((today - before, before), (after - today, after))
    return one if distance < HALF_A_YEAR else None


def _not_read(asked: _Asked) -> str:
    return f"We cannot read “{asked.typed}” as a date. {HOW}"
