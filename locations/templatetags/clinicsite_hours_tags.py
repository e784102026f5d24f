"""What templates ask a schedule."""

from dataclasses import dataclass

from django import template
from django.utils import timezone
from django.utils.html import json_script

from clinicsite.locations import nearby, spoken
from clinicsite.locations.hours import DayHours, OpenState, Schedule, SpecialDay, describe_state

register = template.Library()


@dataclass(frozen=True)
class ShownHours:
    """A schedule at this moment, as a page prints it."""

    schedule: Schedule
    state: OpenState
    text: str
    week: list[DayHours]
    coming: list["ShownSpecialDay"]
    today: object


@dataclass(frozen=True)
class ShownSpecialDay:
    """A holiday or a season ahead, with its hours in words."""

    day: SpecialDay
    hours: str


@register.filter
def shown_now(schedule):
    """The state, this week and the special days ahead, at this moment and in the location's time zone."""
    now = timezone.now()
    state = schedule.state_at(now)
    today = schedule.local_date(now)
    return ShownHours(
        schedule=schedule,
        state=state,
        text=describe_state(state, now.astimezone(schedule.zone)),
        week=schedule.week_of(today),
        coming=[
            ShownSpecialDay(day, schedule.describe_special(day))
            for day in schedule.upcoming_special_days(today)
        ],
        today=today,
    )


@register.simple_tag
def hours_script(place):
    """The schedule of a place as data for static/clinicsite/js/hours.js; printed once a page."""
    return json_script(place.schedule_data, f"hours-{place.id}") if place.has_hours else ""


@register.simple_tag
def speak_of(clinic, page, places=()):
    """The place that a page speaks of, for its header, bar and buttons (`locations.spoken`)."""
    return spoken.spoken_of(clinic, page, places)


@register.filter
def open_first(places):
    """Places in the order in which somebody answers there, at this moment."""
    return nearby.open_first(places, timezone.now())


@register.filter
def distance_unit(places):
    """What distances to these places are told in: "km" or "mi"."""
    return nearby.unit_of(places)


@register.filter
def can_be_sorted(places):
    """Whether it helps to sort these places by distance: two or more whose position is known."""
    return sum(place.has_position for place in places) > 1
