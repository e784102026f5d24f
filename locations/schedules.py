"""From a location's rows to its schedule value (locations/hours)."""

from collections import defaultdict
from itertools import groupby

from clinicsite.locations.hours import Interval, Schedule, SpecialDay, Weekday

#: What a draft without a time zone is shown in; it cannot be published like that.
DEFAULT_TIME_ZONE = "America/Toronto"


def interval_of(row):
    """The value of one row of weekly hours."""
    return Interval(
        Weekday(row.weekday), _to_minute(row.opens), _to_minute(row.closes), row.is_by_appointment
    )


def special_days_of(rows):
    """Special days; rows with the same name and dates are the stretches of one day, or of a season.

    A row may be about one day of the week alone. Where all are, the other days stay as usual.
    """

    def key(row):
        return row.first_date, row.last_date, row.name

    for (first, last, name), group in groupby(sorted(rows, key=key), key=key):
        stretches = defaultdict(list)
        notes = []
        for row in group:
            stretches[row.weekday] += _hours_of(row)
            notes.append(row.note)
        every_day = stretches.pop(None, None)
        note = next((note for note in notes if note), "")
        yield SpecialDay(first, last, every_day, name, note, tuple(stretches.items()))


def _hours_of(row):
    return [] if row.is_closed else [(_to_minute(row.opens), _to_minute(row.closes))]


def schedule_of(location):
    """The schedule of a `LocationPage`; uses prefetched rows where there are any."""
    return Schedule(
        tuple(interval_of(row) for row in location.opening_hours.all()),
        tuple(special_days_of(location.special_hours.all())),
        location.time_zone or DEFAULT_TIME_ZONE,
    )


def _to_minute(time):
    return time.replace(second=0, microsecond=0)
