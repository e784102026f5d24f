"""How a time, a date and both are written for people, in fields and beside them."""

from datetime import date, datetime, time

MIDNIGHT = time(0, 0)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June"]
MONTHS += ["July", "August", "September", "October", "November", "December"]


def twelve_hour(at: time) -> str:
    """Write a local time on the twelve-hour clock, with noon in words and 00:00 as "12:00 am"."""
    if at.hour == 12 and at.minute == 0:
        return "noon"
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def format_time(at: time) -> str:
    """Write a local time for people: "7:00 am", "noon", and "midnight" for 00:00."""
    return "midnight" if at.hour == at.minute == 0 else twelve_hour(at)


def format_date(day: date) -> str:
    """Write a date so that no country takes the month for the day: "18 Dec 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year:04}"


def date_in_words(day: date) -> str:
    """Write a date in full: "Friday 18 December 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year:04}"


def format_moment(moment: datetime) -> str:
    """Write a day and a time as a field shows them: "18 Dec 2026, 5:00 pm"; the clock is the moment's own."""
    # "Midnight" of a day can be either end of it; 12:00 am is its beginning.
    return f"{format_date(moment)}, {twelve_hour(moment.time())}"


def moment_in_words(moment: datetime) -> str:
    """Write a day and a time in full: "Friday 18 December 2026, 5:00 pm"."""
    return f"{date_in_words(moment)}, {twelve_hour(moment.time())}"
