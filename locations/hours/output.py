"""The schedule for machines: structured data for search engines, and the data the page's script reads."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from clinicsite.core.typed_times import MONTHS, WEEKDAYS

from .clock import MIDNIGHT, get_zone, offsets_between
from .schedule import HORIZON_DAYS, Schedule
from .values import Interval
from .wording import WORDS, describe_state

#: How long a page that somebody keeps open or comes back to is put right.
KEPT = timedelta(days=60)


def opening_hours_specification(schedule: Schedule, today: date) -> list[dict[str, Any]]:
    """Return schema.org `OpeningHoursSpecification` objects: one per weekly interval, then the special dates.

    Rules of https://schema.org/OpeningHoursSpecification: `closes` before `opens` runs into the next day; a
    closed date opens and closes at 00:00; special dates carry `validFrom` and `validThrough`. Dates run from
    `today`, the local date, to 60 days on. By-appointment hours are left out, for the vocabulary cannot tell
    them from ordinary ones, so a date with no other hours counts as closed.
    """
    weekly = [
        {**_specification(one), "dayOfWeek": f"https://schema.org/{one.weekday.label}"}
        for one in schedule.intervals
        if not one.by_appointment
    ]
    days = (today + timedelta(days=number) for number in range(HORIZON_DAYS + 1))
    return weekly + [one for day in days if schedule.special_on(day) for one in _special_date(schedule, day)]


def _special_date(schedule: Schedule, day: date) -> list[dict[str, Any]]:
    ordinary = [_specification(one) for one in schedule.intervals_on(day) if not one.by_appointment]
    closed = [{"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"}]
    valid = {"validFrom": day.isoformat(), "validThrough": day.isoformat()}
    return [{**specification, **valid} for specification in ordinary or closed]


def _specification(interval: Interval) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "opens": interval.opens.strftime("%H:%M"),
        "closes": interval.closes.strftime("%H:%M"),
    }


def as_json(schedule: Schedule, now: datetime) -> dict[str, Any]:
    """Return what `static/clinicsite/js/hours.js` needs to keep the state right on a page that was kept.

    `week` holds seven lists, from Monday. Times are minutes from the midnight that begins the day, above 1440
    on the next day. `now` is aware; special days run from the local yesterday to 60 days on. `printedAt`, in
    milliseconds since 1970, says of which moment `state` is. `offsets` has, for each moment from which on it
    holds, in milliseconds since 1970, how many milliseconds the place's clocks are ahead of UTC: a device may
    know older rules than we do, or newer ones.
    """
    state = schedule.state_at(now)
    return {
        "printedAt": int(now.timestamp() * 1000),
        "offsets": [list(one) for one in _offsets(schedule.time_zone, now.astimezone(UTC).date())],
        "horizonDays": HORIZON_DAYS,
        "week": [[_stretch(one) for one in row.intervals] for row in schedule.standard_week()],
        "specialDays": _special_dates(schedule, schedule.local_date(now)),
        "state": {"name": state.name, "text": describe_state(state, now)},
        "words": {**WORDS, "weekdays": WEEKDAYS, "months": MONTHS},
    }


@lru_cache(maxsize=1000)
def _offsets(time_zone: str, today: date) -> tuple[tuple[int, int], ...]:
    """The offsets of a zone for as long as a kept page may look ahead; asking for them is dear."""
    midnight = datetime.combine(today, MIDNIGHT, tzinfo=UTC)
    end = midnight + KEPT + timedelta(days=HORIZON_DAYS + 2)
    found = offsets_between(get_zone(time_zone), midnight - timedelta(days=3), end)
    return tuple((int(at.timestamp() * 1000), int(offset.total_seconds() * 1000)) for at, offset in found)


def _special_dates(schedule: Schedule, today: date) -> dict[str, Any]:
    days = [today + timedelta(days=number) for number in range(-1, HORIZON_DAYS + 1)]
    return {
        day.isoformat(): {
            "name": special.name,
            "intervals": [_stretch(one) for one in schedule.intervals_on(day)],
        }
        for day in days
        if (special := schedule.special_on(day))
    }


def _stretch(interval: Interval) -> dict[str, Any]:
    return {
        "opens": interval.minutes_opens,
        "closes": interval.minutes_closes,
        "byAppointment": interval.by_appointment,
    }
