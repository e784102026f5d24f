"""What a place's page tells of its hours, in the words that a patient may look for."""

from collections.abc import Iterator
from datetime import date

from clinicsite.locations.hours import Schedule, SpecialDay, Weekday


def hours_text(schedule: Schedule, today: date) -> str:
    """The week, and every special date still to come, a line each: "Boxing Day, December 26, 2026: closed".

    Special dates of the past are left out; those that pass later stay until the page is indexed again, and
    have their year with them.
    """
    if not schedule.has_hours:
        return ""
    coming = [special for special in schedule.special_days if special.last >= today]
    return "\n".join(["Opening hours", *_week(schedule), *(_special(schedule, one) for one in coming)])


def _week(schedule: Schedule) -> Iterator[str]:
    for day in Weekday:
        stretches = [one.hours.describe() for one in schedule.intervals if one.weekday == day]
        yield f"{day.label}: {' and '.join(stretches) or 'closed'}"


def _special(schedule: Schedule, special: SpecialDay) -> str:
    note = f". {special.note}" if special.note else ""
    return f"{special.name}, {_dates(special)}: {schedule.describe_special(special)}{note}"


def _dates(special: SpecialDay) -> str:
    first, last = (f"{day:%B} {day.day}, {day.year}" for day in (special.first, special.last))
    return first if first == last else f"{first} to {last}"
