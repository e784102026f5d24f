"""A day with a time, as people type both into one field."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeVar

from .dates import Lean, read_date
from .refusal import UnreadableError, plain
from .times import read_time
from .wording import date_in_words, twelve_hour

HOW = "Write it such as 18 Dec 2026, 5:00 pm."
ADD_TIME = "Add the time, such as 18 Dec 2026, 5:00 pm."
ADD_DAY = "Add the day, such as 18 Dec 2026, 5:00 pm."
WHICH_MIDNIGHT = "Write 12:00 am for the beginning of the day, or 11:59 pm for its end."
#: Beside a date a figure alone may be part of it.
_FIGURE = re.compile("[0-9]{1,2}")
Value = TypeVar("Value")


def read_moment(typed: str, *, region: str, today: date, zone: tzinfo, lean: Lean = Lean.AHEAD) -> datetime:
    """Return the moment that was typed, in `zone`; raise `UnreadableError` unless it can be only one.

    A time that the clock skips in spring, or shows twice in autumn, is refused. The other arguments are those
    of `read_date`.
    """
    text = re.sub(r"(?<=[0-9])t(?=[0-9])", " ", plain(typed))

    def as_date(part: str) -> date:
        return read_date(part, region=region, today=today, lean=lean)

    if isinstance(_tried(as_date, text), date):
        raise UnreadableError(ADD_TIME)
    if isinstance(_tried(read_time, text), time):
        raise UnreadableError(ADD_DAY)
    found, why = set(), []
    for day_text, time_text in _halves(text):
        day, at = _tried(as_date, day_text), _tried(_as_time, time_text)
        if isinstance(day, date) and isinstance(at, time):
            found.add((day, at))
        elif isinstance(day, date) or isinstance(at, time):
            why.append(at if isinstance(at, UnreadableError) else day)
    if len(found) == 1:
        return _instant(*found.pop(), zone)
    raise UnreadableError(str(why[0]) if why and not found else f"We cannot read “{typed.strip()}”. {HOW}")


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """(what may be the date, what may be the time) for each place at which a text can be parted."""
    words = text.replace("@", " at ").split()
    parts = [
        (" ".join(words[:number]).strip(","), " ".join(words[number:]).strip(","))
        for number in range(len(words) - 1, 0, -1)
    ]
    for first, second in parts:
        yield first.removesuffix(" at").rstrip(","), second.removeprefix("at ")
    for first, second in parts:
        yield second.removeprefix("on "), first.removesuffix(" on").rstrip(",")


def _as_time(text: str) -> time:
    if "midnight" in text:
        raise UnreadableError(WHICH_MIDNIGHT)
    if _FIGURE.fullmatch(text):
        raise UnreadableError(f"Is “{text}” the time? {HOW}")
    return read_time(text)


def _tried(read: Callable[[str], Value], text: str) -> Value | UnreadableError:
    """What was read, or why it was not."""
    try:
        return read(text)
    except UnreadableError as error:
        return error


def _instant(day: date, at: time, zone: tzinfo) -> datetime:
    wall = datetime.combine(day, at, tzinfo=zone)
    if wall.utcoffset() == wall.replace(fold=1).utcoffset():
        return wall
    shown = wall.astimezone(UTC).astimezone(zone)
    when = f"{twelve_hour(at)} on {date_in_words(day)}"
    if shown.replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise UnreadableError(f"There is no {when}: the clocks go forward over it. Write another time.")
    raise UnreadableError(f"The clocks go back and show {when} twice. Write another time.")
