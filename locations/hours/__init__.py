"""When a location is open: one value object behind the table, the "open now" line and the structured data.

Pure Python, no Django. The rest of the project imports from `clinicsite.locations.hours`, never from a module
inside.
"""

from clinicsite.core.typed_times import format_time

from .clock import HoursError
from .output import as_json, opening_hours_specification
from .schedule import HORIZON_DAYS, DayGroup, DayHours, OpenState, Schedule
from .special import SpecialDay, find_special_day_overlaps
from .values import Hours, Interval, Weekday, find_overlaps
from .wording import describe_state, next_reading

__all__ = [
    "HORIZON_DAYS",
    "DayGroup",
    "DayHours",
    "Hours",
    "HoursError",
    "Interval",
    "OpenState",
    "Schedule",
    "SpecialDay",
    "Weekday",
    "as_json",
    "describe_state",
    "find_overlaps",
    "find_special_day_overlaps",
    "format_time",
    "next_reading",
    "opening_hours_specification",
]
