"""What templates ask a schedule."""

from datetime import time

import time_machine

from clinicsite.locations.hours import Interval, Schedule
from clinicsite.locations.templatetags.clinicsite_hours_tags import shown_now

WEEKDAYS = Schedule(tuple(Interval(day, time(7), time(19)) for day in range(5)), (), "America/Edmonton")


@time_machine.travel("2026-06-02T04:30:00Z", tick=False)
def test_today_is_the_date_at_the_location_not_on_the_server():
    assert shown_now(WEEKDAYS).today.isoformat() == "2026-06-01"


@time_machine.travel("2026-06-02T14:00:00Z", tick=False)
def test_the_sentence_and_the_state_are_those_of_this_moment():
    shown = shown_now(WEEKDAYS)
    assert (shown.state.name, shown.text) == ("open", "Open now, closes at 7:00 pm")


@time_machine.travel("2026-06-02T14:00:00Z", tick=False)
def test_the_week_shown_holds_today():
    assert shown_now(WEEKDAYS).today in [day.date for day in shown_now(WEEKDAYS).week]
