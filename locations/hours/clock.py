"""Clock faces and instants: how a time on the wall becomes a moment."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinicsite.core.typed_times import format_time

MIDNIGHT = time(0, 0)
MINUTES_A_DAY = 24 * 60


class HoursError(ValueError):
    """Hours that cannot be right; the message says what is wrong and what to do."""


def check_hours(opens: time, closes: time) -> None:
    """Raise `HoursError` unless the two are plain local times to the minute that differ."""
    for at in (opens, closes):
        if not isinstance(at, time) or at.tzinfo is not None:
            raise HoursError("Opening and closing must be local times, without a time zone.")
        if at.second or at.microsecond:
            raise HoursError("Opening and closing must be whole minutes. Leave the seconds out.")
    if opens == closes:
        raise HoursError(
            f"Hours cannot close when they open ({format_time(opens)}). Change one of the two times. "
            "For a place that never closes, give midnight to noon and noon to midnight."
        )


def minutes(at: time) -> int:
    """Return the minutes from midnight to a local time."""
    return at.hour * 60 + at.minute


def get_zone(name: str) -> ZoneInfo:
    """Return the IANA time zone of that name; raise `HoursError` where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError) as error:
        raise HoursError(
            f'There is no time zone called "{name}". Use an IANA name such as America/Toronto.'
        ) from error


def as_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC, where two moments compare rightly even when clocks change.

    Python compares two datetimes of one time zone by their clock faces, which is wrong in a repeated hour.
    """
    if moment.utcoffset() is None:
        raise HoursError("The moment needs a time zone: pass an aware datetime.")
    return moment.astimezone(UTC)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the first moment, in UTC, at which a clock in `zone` has reached `at` on `day`.

    In the terms of PEP 495: a time in a fold (the repeated hour in autumn) means its first pass, fold=0. A
    time in a gap (the skipped hour in spring) never shows on a clock, so it means the moment the gap ends.
    Later times therefore never come out earlier, and hours that touch on paper still touch on the day.
    """
    wall = datetime.combine(day, at, tzinfo=zone)
    moment = wall.astimezone(UTC)
    is_in_gap = moment.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None)
    return _end_of_gap(wall) if is_in_gap else moment


def offsets_between(zone: ZoneInfo, start: datetime, end: datetime) -> list[tuple[datetime, timedelta]]:
    """Return what a clock in `zone` is ahead of UTC from `start` on, and from each change up to `end`.

    Both are moments in UTC. Clocks are not changed twice within a day.
    """
    offsets = [(start, _offset_at(zone, start))]
    for number in range(1, (end - start).days + 2):
        moment = min(start + timedelta(days=number), end)
        if _offset_at(zone, moment) != offsets[-1][1]:
            offsets.append(_change_in(zone, moment - timedelta(days=1), moment))
    return offsets


def _change_in(zone: ZoneInfo, before: datetime, after: datetime) -> tuple[datetime, timedelta]:
    """Return the second between two moments at which a zone changed its clocks, and the new offset."""
    offset = _offset_at(zone, after)

    def is_changed(seconds: int) -> bool:
        return _offset_at(zone, before + timedelta(seconds=seconds)) == offset

    seconds = bisect_left(range(int((after - before).total_seconds())), True, key=is_changed)
    return before + timedelta(seconds=seconds), offset


def _offset_at(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _end_of_gap(wall: datetime) -> datetime:
    """Return the moment the clock jumped over `wall`.

    PEP 495 reads a time in a gap as a moment before the jump with fold=1, and after it with fold=0.
    """
    before = wall.replace(fold=1).astimezone(UTC)
    after = wall.replace(fold=0).astimezone(UTC)
    offset = before.astimezone(wall.tzinfo).utcoffset()

    def has_jumped(seconds: int) -> bool:
        return (before + timedelta(seconds=seconds)).astimezone(wall.tzinfo).utcoffset() != offset

    seconds = bisect_left(range(int((after - before).total_seconds())), True, key=has_jumped)
    return before + timedelta(seconds=seconds)
