"""A time of day as people type it."""

import re
from datetime import time
from typing import NamedTuple

from .refusal import UnreadableError, plain
from .wording import format_time, twelve_hour

HOW = "Write it such as 5:00 pm, 17:00, noon or midnight."
#: Nobody opens before this who writes "5" alone for it.
EARLY = time(5)
NAMED = {
    f"{twelve}{name}": at
    for name, at in (("noon", time(12)), ("midday", time(12)), ("midnight", time(0)))
    for twelve in ("", "12 ", "12", "12:00 ")
}
_HALF = re.compile(r"(.*?) ?([ap])(?:\.? ?m)?\.?")
_PARTED = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?")
_WITH_H = re.compile(r"([0-9]{1,2}) ?h(?: ?([0-9]{2}))?")
_TOGETHER = re.compile(r"([0-9]{1,2})([0-9]{2})")
_RANGE = re.compile(r"[0-9mn] ?(?:-|–|—|to|until|till) ?[0-9nm].*")


class _Face(NamedTuple):
    """The figures of a clock, and whether their writing is that of the 24-hour clock."""

    hour: int
    minute: int
    is_24_hour: bool


def read_time(typed: str) -> time:
    """Return the time of day that was typed, to the minute; raise `UnreadableError` where it is not certain.

    Figures that could be morning or afternoon are refused: "5", "5:30" and "530", but not "05:30", for two
    figures before the minutes are the 24-hour clock's. So is an "h": 9h30.
    """
    text = plain(typed)
    if text in NAMED:
        return NAMED[text]
    half = _HALF.fullmatch(text)
    face = _face(half[1] if half else text)
    if face is None:
        raise UnreadableError(_why_not(typed, text))
    return _in_half(face, half[2]) if half else _alone(face, typed.strip())


def likely_stretch(opens: str, closes: str) -> tuple[time, time] | None:
    """The hours of a day that two figures most likely stand for, to be asked about: 9 and 5, 1 and 5:30.

    None where both ends can be read for certain, or one cannot be read at all.
    """
    firsts, lasts = _readings(opens), _readings(closes)
    if not firsts or not lasts or (len(firsts) == 1 and len(lasts) == 1):
        return None
    first = next((at for at in firsts if at >= EARLY), firsts[0])
    return first, next((at for at in lasts if at > first), lasts[-1])


def _readings(typed: str) -> list[time]:
    """The times that a writing can stand for: one, two for bare figures, or none."""
    found = []
    for text in (typed, f"{typed} am", f"{typed} pm"):
        try:
            found.append(read_time(text))
        except UnreadableError:
            continue
        if text == typed:
            break
    return found


def _face(text: str) -> _Face | None:
    if found := _PARTED.fullmatch(text):
        if found[3] not in (None, "00"):
            raise UnreadableError("Leave the seconds out. " + HOW)
        return _Face(int(found[1]), int(found[2]), is_24_hour=len(found[1]) == 2 or found[1] == "0")
    if found := _WITH_H.fullmatch(text):
        return _Face(int(found[1]), int(found[2] or 0), is_24_hour=True)
    if found := _TOGETHER.fullmatch(text):
        return _Face(int(found[1]), int(found[2]), is_24_hour=len(found[1]) == 2)
    if re.fullmatch("[0-9]{1,2}", text):
        return _Face(int(text), 0, is_24_hour=int(text) > 12)
    return None


def _in_half(face: _Face, half: str) -> time:
    """The time in the half of the day that was named."""
    if not 1 <= face.hour <= 12 or face.minute > 59:
        raise UnreadableError(f"The twelve-hour clock has no {face.hour}:{face.minute:02} {half}m. {HOW}")
    return time(face.hour % 12 + (12 if half == "p" else 0), face.minute)


def _alone(face: _Face, typed: str) -> time:
    """The time by the 24-hour clock, if that is what was meant for certain."""
    if (face.hour, face.minute) == (24, 0):
        raise UnreadableError("Write “midnight”.")
    if face.hour > 23 or face.minute > 59:
        raise UnreadableError(f"No clock shows “{typed}”. {HOW}")
    if face.is_24_hour:
        return time(face.hour, face.minute)
    if face.hour == 0:
        raise UnreadableError(f"“{typed}” could be several times. {HOW}")
    early, late = (time(face.hour % 12 + more, face.minute) for more in (0, 12))
    if face.hour == 12 and not face.minute:
        raise UnreadableError("Is that noon or midnight? Write “noon” or “midnight”.")
    raise UnreadableError(
        f"Is that {twelve_hour(early)} or {twelve_hour(late)}? Write “{format_time(early)}” "
        f"or “{format_time(late)}”."
    )


def _why_not(typed: str, text: str) -> str:
    if _RANGE.search(text):
        return "Write one time in this field, such as 5:00 pm."
    return f"We cannot read “{typed.strip()}” as a time. {HOW}"
