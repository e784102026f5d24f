"""Moments and the sentence that is right at each, for the Python schedule and the page's script alike.

Clock changes are taken from 2025, because a province may still abolish those to come.
"""

from datetime import date, datetime, time
from typing import NamedTuple

from clinicsite.locations.hours import Interval, Schedule, SpecialDay, Weekday


def weekly(days, opens, closes, by_appointment=False):
    """Return the same interval on several days; times are written "HH:MM"."""
    return [Interval(day, at(opens), at(closes), by_appointment) for day in days]


def at(text):
    return time.fromisoformat(text)


WORKDAYS = [Weekday(number) for number in range(5)]
HALF_A_MORNING = (at("09:00"), at("11:00"))
NOON = (at("12:00"), at("14:00"))

SCHEDULES = {
    "clinic": Schedule(
        weekly(WORKDAYS, "07:00", "19:00"),
        [
            SpecialDay(date(2026, 9, 7), date(2026, 9, 7), name="Labour Day"),
            SpecialDay(
                date(2026, 9, 9), date(2026, 9, 9), [(at("10:00"), at("14:00"))], name="Staff training"
            ),
            SpecialDay(date(2026, 12, 24), date(2027, 1, 3), name="the holidays"),
            SpecialDay(date(2027, 1, 8), date(2027, 1, 8)),
        ],
        "America/Toronto",
    ),
    "split with lunch": Schedule(
        weekly(WORKDAYS, "08:00", "12:00") + weekly(WORKDAYS, "13:00", "17:00"), [], "America/Edmonton"
    ),
    "late on Friday": Schedule(
        weekly(WORKDAYS, "09:00", "12:00")
        + weekly([Weekday.FRIDAY], "18:00", "01:00")
        + weekly([Weekday.SATURDAY], "18:00", "00:00"),
        [SpecialDay(date(2026, 9, 12), date(2026, 9, 12), name="a move")],
        "America/Toronto",
    ),
    "mixed": Schedule(
        weekly(WORKDAYS, "08:00", "10:00", by_appointment=True)
        + weekly(WORKDAYS, "10:00", "16:00")
        + weekly(WORKDAYS, "16:00", "20:00", by_appointment=True),
        [],
        "America/Vancouver",
    ),
    "by appointment": Schedule(
        weekly([Weekday.TUESDAY], "09:00", "17:00", by_appointment=True), [], "Europe/London"
    ),
    "never closes": Schedule(
        weekly(Weekday, "00:00", "12:00") + weekly(Weekday, "12:00", "00:00"), [], "America/Toronto"
    ),
    "weekend without a break": Schedule(
        weekly([Weekday.FRIDAY], "12:00", "00:00")
        + weekly([Weekday.SATURDAY], "00:00", "12:00")
        + weekly([Weekday.SATURDAY], "12:00", "00:00")
        + weekly([Weekday.SUNDAY], "00:00", "18:00"),
        [],
        "America/Toronto",
    ),
    "nights in Toronto": Schedule(weekly([Weekday.SUNDAY], "02:30", "05:00"), [], "America/Toronto"),
    "nights in London": Schedule(weekly([Weekday.SUNDAY], "01:30", "05:00"), [], "Europe/London"),
    "Saturday night in Vancouver": Schedule(
        weekly([Weekday.SATURDAY], "20:00", "01:30"), [], "America/Vancouver"
    ),
    "no hours": Schedule([], [], "America/Toronto"),
    "long days": Schedule(
        weekly([Weekday.MONDAY], "06:00", "20:00")
        + weekly([Weekday.TUESDAY], "08:00", "00:00")
        + weekly([Weekday.FRIDAY], "17:00", "06:00"),
        [],
        "America/Toronto",
    ),
    "booked around lunch": Schedule(
        weekly(WORKDAYS, "08:00", "18:00", by_appointment=True) + weekly(WORKDAYS, "12:00", "14:00"),
        [],
        "America/Toronto",
    ),
    "booked before the morning": Schedule(
        weekly(WORKDAYS, "08:00", "10:00", by_appointment=True) + weekly(WORKDAYS, "12:00", "14:00"),
        [],
        "America/Toronto",
    ),
    "booked at any time": Schedule(
        weekly(Weekday, "00:00", "12:00", by_appointment=True)
        + weekly(Weekday, "12:00", "00:00", by_appointment=True),
        [],
        "America/Toronto",
    ),
    "booked all weekend": Schedule(
        weekly([Weekday.SATURDAY], "12:00", "00:00", by_appointment=True)
        + weekly([Weekday.SUNDAY], "00:00", "18:00", by_appointment=True),
        [],
        "America/Toronto",
    ),
    # Never open on Sunday; 29 November 2026 is one.
    "a winter": Schedule(
        weekly(WORKDAYS, "09:00", "17:00")
        + weekly([Weekday.SATURDAY], "10:00", "14:00", by_appointment=True),
        [
            SpecialDay(date(2026, 12, 24), date(2026, 12, 24), [HALF_A_MORNING, NOON], "Christmas Eve"),
            SpecialDay(date(2026, 11, 23), date(2027, 1, 10), [(at("09:00"), at("13:00"))], "Winter hours"),
            SpecialDay(date(2026, 12, 25), date(2026, 12, 28), name="the holidays"),
            SpecialDay(date(2026, 12, 27), date(2026, 12, 27), [(at("10:00"), at("12:00"))], "Open Sunday"),
            SpecialDay(date(2027, 1, 4), date(2027, 1, 10), None, "Short Fridays", "", {4: [HALF_A_MORNING]}),
        ],
        "America/Toronto",
    ),
    "a move and no hours": Schedule(
        [], [SpecialDay(date(2026, 8, 28), date(2026, 8, 28), name="a move")], "America/Toronto"
    ),
}


class Case(NamedTuple):
    """A schedule's name, an aware moment in ISO 8601, the state's name and the whole sentence."""

    schedule: str
    moment: str
    state: str
    sentence: str

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.moment)


CASES = [
    Case("clinic", "2026-08-28T12:00-04:00", "open", "Open now, closes at 7:00 pm"),
    Case("clinic", "2026-08-28T07:00-04:00", "open", "Open now, closes at 7:00 pm"),
    Case("clinic", "2026-08-28T19:00-04:00", "closed", "Closed now, opens Monday at 7:00 am"),
    Case("clinic", "2026-08-27T20:00-04:00", "closed", "Closed now, opens tomorrow at 7:00 am"),
    Case("clinic", "2026-08-27T05:00-04:00", "closed", "Closed now, opens today at 7:00 am"),
    Case("clinic", "2026-08-27T23:30+00:00", "closed", "Closed now, opens tomorrow at 7:00 am"),
    Case("clinic", "2026-09-06T12:00-04:00", "closed", "Closed now, opens Tuesday at 7:00 am"),
    Case(
        "clinic", "2026-09-07T12:00-04:00", "closed", "Closed today for Labour Day; opens tomorrow at 7:00 am"
    ),
    Case("clinic", "2026-09-09T09:00-04:00", "closed", "Closed now, opens today at 10:00 am"),
    Case("clinic", "2026-09-09T11:00-04:00", "open", "Open now, closes at 2:00 pm"),
    Case("clinic", "2026-09-09T15:00-04:00", "closed", "Closed now, opens tomorrow at 7:00 am"),
    Case(
        "clinic",
        "2026-12-24T12:00-05:00",
        "closed",
        "Closed today for the holidays; opens Monday, January 4 at 7:00 am",
    ),
    Case("clinic", "2027-01-08T12:00-05:00", "closed", "Closed today, opens Monday at 7:00 am"),
    Case("split with lunch", "2026-08-28T11:59-06:00", "open", "Open now, closes at noon"),
    Case("split with lunch", "2026-08-28T12:30-06:00", "closed", "Closed now, opens today at 1:00 pm"),
    Case("late on Friday", "2026-08-28T19:00-04:00", "open", "Open now, closes at 1:00 am"),
    Case("late on Friday", "2026-08-29T00:59-04:00", "open", "Open now, closes at 1:00 am"),
    Case("late on Friday", "2026-08-29T01:00-04:00", "closed", "Closed now, opens today at 6:00 pm"),
    Case("late on Friday", "2026-08-29T20:00-04:00", "open", "Open now, closes at midnight"),
    Case("late on Friday", "2026-09-12T00:30-04:00", "open", "Open now, closes at 1:00 am"),
    Case(
        "late on Friday",
        "2026-09-12T20:00-04:00",
        "closed",
        "Closed today for a move; opens Monday at 9:00 am",
    ),
    Case("mixed", "2026-08-28T07:00-07:00", "closed", "Closed now, opens today at 8:00 am by appointment"),
    Case("mixed", "2026-08-28T09:00-07:00", "appointment", "Open now by appointment until 10:00 am"),
    Case("mixed", "2026-08-28T12:00-07:00", "open", "Open now, closes at 4:00 pm"),
    Case("mixed", "2026-08-28T17:00-07:00", "appointment", "Open now by appointment until 8:00 pm"),
    Case(
        "by appointment",
        "2026-09-02T12:00+01:00",
        "closed",
        "Closed now, opens Tuesday at 9:00 am by appointment",
    ),
    Case(
        "by appointment",
        "2026-09-01T18:00+01:00",
        "closed",
        "Closed now, opens Tuesday, September 8 at 9:00 am by appointment",
    ),
    Case("never closes", "2026-08-28T12:00-04:00", "open", "Open now"),
    Case("weekend without a break", "2026-08-28T13:00-04:00", "open", "Open now, closes Sunday at 6:00 pm"),
    Case("weekend without a break", "2026-08-29T13:00-04:00", "open", "Open now, closes tomorrow at 6:00 pm"),
    Case("weekend without a break", "2026-08-30T13:00-04:00", "open", "Open now, closes at 6:00 pm"),
    Case("nights in Toronto", "2025-03-09T01:59-05:00", "closed", "Closed now, opens today at 3:00 am"),
    Case("nights in Toronto", "2025-03-09T03:00-04:00", "open", "Open now, closes at 5:00 am"),
    Case("nights in London", "2025-03-30T00:59+00:00", "closed", "Closed now, opens today at 2:00 am"),
    Case("nights in London", "2025-10-26T01:29+01:00", "closed", "Closed now, opens today at 1:30 am"),
    Case("nights in London", "2025-10-26T01:30+01:00", "open", "Open now, closes at 5:00 am"),
    Case("nights in London", "2025-10-26T01:10+00:00", "open", "Open now, closes at 5:00 am"),
    Case("Saturday night in Vancouver", "2025-11-02T01:29-07:00", "open", "Open now, closes at 1:30 am"),
    Case(
        "Saturday night in Vancouver",
        "2025-11-02T01:10-08:00",
        "closed",
        "Closed now, opens Saturday at 8:00 pm",
    ),
    Case("no hours", "2026-08-28T12:00-04:00", "closed", "Closed now"),
    # The day is told in the zone of the place, wherever the clock that asks is.
    Case("clinic", "2026-08-28T01:30+00:00", "closed", "Closed now, opens tomorrow at 7:00 am"),
    Case("weekend without a break", "2026-08-29T02:00+00:00", "open", "Open now, closes Sunday at 6:00 pm"),
    # A closing today, or within twelve hours, needs no day; midnight belongs to the evening it ends.
    Case("long days", "2026-08-31T06:00-04:00", "open", "Open now, closes at 8:00 pm"),
    Case("long days", "2026-09-01T09:00-04:00", "open", "Open now, closes at midnight"),
    Case("long days", "2026-09-04T17:59-04:00", "open", "Open now, closes tomorrow at 6:00 am"),
    Case("long days", "2026-09-04T18:00-04:00", "open", "Open now, closes at 6:00 am"),
    # Hours for everyone cut those by appointment in two.
    Case(
        "booked around lunch",
        "2026-08-28T09:00-04:00",
        "appointment",
        "Open now by appointment until noon",
    ),
    Case("booked around lunch", "2026-08-28T13:00-04:00", "open", "Open now, closes at 2:00 pm"),
    Case(
        "booked around lunch",
        "2026-08-28T14:00-04:00",
        "appointment",
        "Open now by appointment until 6:00 pm",
    ),
    Case(
        "booked before the morning",
        "2026-08-28T09:00-04:00",
        "appointment",
        "Open now by appointment until 10:00 am",
    ),
    Case("booked at any time", "2026-08-28T12:00-04:00", "appointment", "Open now by appointment"),
    Case(
        "booked all weekend",
        "2026-08-29T13:00-04:00",
        "appointment",
        "Open now by appointment until tomorrow at 6:00 pm",
    ),
    Case("a winter", "2026-11-29T12:00-05:00", "closed", "Closed now, opens tomorrow at 9:00 am"),
    Case("a winter", "2026-11-30T14:00-05:00", "closed", "Closed now, opens tomorrow at 9:00 am"),
    Case("a winter", "2026-12-05T12:00-05:00", "appointment", "Open now by appointment until 1:00 pm"),
    Case("a winter", "2026-12-24T11:30-05:00", "closed", "Closed now, opens today at noon"),
    Case(
        "a winter",
        "2026-12-25T12:00-05:00",
        "closed",
        "Closed today for the holidays; opens Sunday at 10:00 am",
    ),
    Case("a winter", "2026-12-27T11:00-05:00", "open", "Open now, closes at noon"),
    Case(
        "a winter", "2027-01-08T11:30-05:00", "closed", "Closed now, opens tomorrow at 9:00 am by appointment"
    ),
    Case("a move and no hours", "2026-08-28T12:00-04:00", "closed", "Closed today for a move"),
]
