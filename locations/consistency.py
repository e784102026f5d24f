"""What cannot be true of a location at once: rules for its form, and for everything that goes live.

The rules are pure: rows are anything with the attributes of `OpeningHours`, `SpecialHours` and
`LocationPhone`, each row complete and right by itself.
"""

from dataclasses import dataclass
from typing import Any

from clinicsite.core.publishing import invalid_values
from clinicsite.locations.hours import find_overlaps, find_special_day_overlaps
from clinicsite.locations.schedules import interval_of, special_days_of

NESTED = "Dates may lie wholly within longer ones, and count there; else end one before the other begins."
IDLE = "You are usually closed on all of these dates. Choose the day under “On” to open it."
#: The lists of a location whose rows can contradict each other.
RELATIONS = ("opening_hours", "special_hours", "phones")


@dataclass(frozen=True)
class Problem:
    """A row that contradicts another: in which list it stands, the field to change, and what to do."""

    relation: str
    row: Any
    field: str
    message: str


def find_problems(opening_hours, special_hours, phones):
    """The first `Problem` of each kind, in the order of the lists; none where the rows agree."""
    found = [
        find_hours_problem(opening_hours),
        find_special_hours_problem(special_hours, opening_hours),
        find_phone_problem(phones),
    ]
    return [problem for problem in found if problem is not None]


def reasons_against(draft):
    """Sentences that say why the rows of a location's draft cannot go live; none for other pages.

    Some ways to publish pass no form, so what the form would have refused is asked here.
    """
    rows = {name: list(getattr(draft, name).all()) for name in RELATIONS if hasattr(draft, name)}
    reasons = [
        reason
        for relation in rows.values()
        for row in relation
        for reason in invalid_values(row, exclude=["location"], validate_unique=False)
    ]
    if rows and not rows["phones"]:
        reasons.append("It has no phone number. Add one.")
    # Rows that are not right by themselves cannot be compared.
    if reasons or not rows:
        return reasons
    return [f"{problem.row}: {problem.message}" for problem in find_problems(**rows)]


def find_hours_problem(rows):
    """The first row of weekly hours that is there twice or overlaps another, or None."""
    by_interval = {}
    for row in rows:
        if by_interval.setdefault(interval_of(row), row) is not row:
            return Problem("opening_hours", row, "opens", "These hours are there twice. Remove one row.")
    for one, other in find_overlaps(by_interval):
        message = f"This overlaps with {one.describe()}. Make one end before the other begins."
        return Problem("opening_hours", by_interval[other], "opens", message)
    return None


def find_special_hours_problem(rows, weekly=()):
    """The first row of special hours that contradicts those before it, or changes nothing, or None."""
    seen = []
    for row in rows:
        seen.append(row)
        clash = _special_clash(seen)
        if clash:
            return Problem("special_hours", row, "first_date", f"These special hours overlap: {clash}")
        if _is_idle(row, weekly):
            return Problem("special_hours", row, "weekday", IDLE)
    return None


def find_phone_problem(rows):
    """The last of two or more main phones, or None."""
    main = [row for row in rows if row.is_primary]
    if len(main) < 2:
        return None
    return Problem(
        "phones", main[-1], "is_primary", "Only one number can be the main one. Untick the others."
    )


def _special_clash(rows):
    """The names of special hours that contradict each other, and what to do; nothing where none do."""
    days = list(special_days_of(rows))
    clashes = [f"{day.name}." for day in days if day.find_overlaps()]
    clashes += [f"{one.name} and {other.name}. {NESTED}" for one, other in find_special_day_overlaps(days)]
    open_days = {_dates_of(row) for row in rows if not row.is_closed}
    clashes += [f"{row.name}." for row in rows if row.is_closed and _dates_of(row) in open_days]
    return next(iter(clashes), "")


def _dates_of(row):
    return row.first_date, row.last_date, row.name, row.weekday


def _is_idle(row, weekly):
    """Whether special hours are for the usual days and none of these falls on their dates."""
    (special,) = special_days_of([row])
    usual = {one.weekday for one in weekly}
    return bool(usual) and not any(special.decides(day, usual) for day in special.first_week())
