"""The "open now" sentence.

The script on the page gets these words through `as_json`, so that there is one wording.
"""

from datetime import UTC, date, datetime, time, timedelta

from clinicsite.core.typed_times import MONTHS, WEEKDAYS, format_time, twelve_hour

from .clock import instant
from .schedule import OpenState, Schedule

WORDS = {
    "open": "Open now",
    "openUntil": "Open now, closes at {time}",
    "openUntilDay": "Open now, closes {day} at {time}",
    "appointment": "Open now by appointment",
    "appointmentUntil": "Open now by appointment until {time}",
    "appointmentUntilDay": "Open now by appointment until {day} at {time}",
    "closed": "Closed now",
    "closedThen": "Closed now, {opening}",
    "closedToday": "Closed today",
    "closedTodayThen": "Closed today, {opening}",
    "closedFor": "Closed today for {name}",
    "closedForThen": "Closed today for {name}; {opening}",
    "opening": "opens {day} at {time}",
    "appointmentOpening": "opens {day} at {time} by appointment",
    "today": "today",
    "tomorrow": "tomorrow",
    "date": "{weekday}, {month} {day}",
}
PLAIN_CLOSING = timedelta(hours=12)


def describe_state(state: OpenState, now: datetime) -> str:
    """Return one plain sentence, without a full stop, such as "Closed now, opens Monday at 7:00 am".

    `state` is the schedule's state at `now`, an aware moment in any zone.
    """
    if state.name == "closed":
        return _describe_closed(state, now)
    if not state.closes_at:
        return WORDS[state.name]
    return _describe_closing(state.name, state.closes_at, now)


def next_reading(schedule: Schedule, moment: datetime) -> datetime:
    """Return when what is said of these hours, in words or in tables, may next read differently.

    At the latest that is the next midnight of the place, when today is another day. `moment` is aware, the
    answer too.
    """
    state = schedule.state_at(moment)
    tomorrow = schedule.local_date(moment) + timedelta(days=1)
    moments = [instant(tomorrow, time.min, schedule.zone), state.opens_at, state.closes_at]
    if state.closes_at:
        moments.append(state.closes_at.astimezone(UTC) - PLAIN_CLOSING)
    return min(one for one in moments if one is not None and one > moment)


def _describe_closing(name: str, closes_at: datetime, now: datetime) -> str:
    """Say when the present hours end, with the day only where the time alone would mislead."""
    closing = format_time(closes_at.time())
    # Midnight belongs to the evening it ends, so the day is that of the second before.
    last_day = (closes_at.astimezone(UTC) - timedelta(seconds=1)).astimezone(closes_at.tzinfo).date()
    today = now.astimezone(closes_at.tzinfo).date()
    is_soon = closes_at.astimezone(UTC) - now.astimezone(UTC) <= PLAIN_CLOSING
    if last_day == today or is_soon:
        return WORDS[f"{name}Until"].format(time=closing)
    return WORDS[f"{name}UntilDay"].format(day=_describe_day(last_day, today), time=closing)


def _describe_closed(state: OpenState, now: datetime) -> str:
    name = state.special.name if state.special else ""
    key = "closed"
    if state.is_day_off:
        key = "closedFor" if name else "closedToday"
    if not state.opens_at:
        return WORDS[key].format(name=name)
    return WORDS[f"{key}Then"].format(name=name, opening=_describe_opening(state, state.opens_at, now))


def _describe_opening(state: OpenState, opens_at: datetime, now: datetime) -> str:
    key = "appointmentOpening" if state.opens_by_appointment else "opening"
    today = now.astimezone(opens_at.tzinfo).date()
    # "Tomorrow at midnight" could mean either end of tomorrow, so an opening at 00:00 is written 12:00 am.
    return WORDS[key].format(day=_describe_day(opens_at.date(), today), time=twelve_hour(opens_at.time()))


def _describe_day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead < 2:
        return WORDS["tomorrow" if ahead == 1 else "today"]
    weekday = WEEKDAYS[day.weekday()]
    if ahead < 7:
        return weekday
    return WORDS["date"].format(weekday=weekday, month=MONTHS[day.month - 1], day=day.day)
