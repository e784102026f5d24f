"""What the hours say word for word, to people whose typing they refuse and to machines."""

from datetime import UTC, date, datetime, time

import pytest

from clinicsite.locations.hours import (
    HoursError,
    Interval,
    Schedule,
    SpecialDay,
    Weekday,
    as_json,
    next_reading,
    opening_hours_specification,
)
from clinicsite.locations.hours.wording import describe_state

NINE, FIVE = time(9), time(17)
HOLIDAY = SpecialDay(date(2026, 12, 25), date(2026, 12, 25), name="Christmas Day")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: Interval(0, NINE, NINE),
            "Hours cannot close when they open (9:00 am). Change one of the two times. "
            "For a place that never closes, give midnight to noon and noon to midnight.",
        ),
        (
            lambda: Interval(0, time(9, tzinfo=UTC), FIVE),
            "Opening and closing must be local times, without a time zone.",
        ),
        (
            lambda: Interval(0, time(9, 0, 30), FIVE),
            "Opening and closing must be whole minutes. Leave the seconds out.",
        ),
        (lambda: Interval(7, NINE, FIVE), "The weekday must be a number from 0 (Monday) to 6 (Sunday)."),
        (
            lambda: SpecialDay(date(2026, 12, 26), date(2026, 12, 25)),
            "The last date is before the first. Give a last date on or after the first.",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(make, sentence):
    with pytest.raises(HoursError) as refusal:
        make()
    assert str(refusal.value) == sentence


def test_a_closed_holiday_is_told_to_machines_as_schema_org_says():
    schedule = Schedule((Interval(4, NINE, FIVE),), (HOLIDAY,), "America/Toronto")
    friday, holiday = opening_hours_specification(schedule, date(2026, 12, 20))
    assert friday["dayOfWeek"] == "https://schema.org/Friday"
    assert holiday == {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": "2026-12-25",
        "validThrough": "2026-12-25",
    }


def test_the_pages_script_is_given_the_words_it_needs():
    words = as_json(Schedule((), (), "America/Toronto"), datetime(2026, 11, 29, tzinfo=UTC))["words"]
    assert words["weekdays"][0] == "Monday"
    assert words["months"][10] == "November"
    assert words["open"] == "Open now"


def test_an_evening_past_midnight_is_told_in_the_places_zone_wherever_the_server_stands():
    # Tokyo is half a day from where the tests run: 20:30 there on the 8th is still the morning elsewhere.
    schedule = Schedule((Interval(1, time(18), time(2)),), (), "Asia/Tokyo")
    now = datetime(2026, 9, 8, 11, 30, tzinfo=UTC)
    assert describe_state(schedule.state_at(now), now) == "Open now, closes at 2:00 am"


def test_hours_through_the_night_and_the_next_day_name_the_day_in_the_places_zone():
    # In Auckland it is one in the night of Thursday the 10th when UTC still has Wednesday.
    schedule = Schedule(
        (Interval(3, time(0), time(12)), Interval(3, time(12), time(0))), (), "Pacific/Auckland"
    )
    now = datetime(2026, 9, 9, 13, 0, tzinfo=UTC)
    state = schedule.state_at(now)
    assert state.closes_at.isoformat() == "2026-09-11T00:00:00+12:00"
    assert describe_state(state, now) == "Open now, closes at midnight"


def test_the_pages_script_is_given_special_days_from_yesterday_on():
    days = [
        SpecialDay(date(2026, 12, number), date(2026, 12, number), name="Closed") for number in (23, 24, 25)
    ]
    schedule = Schedule((), tuple(days), "America/Toronto")
    now = datetime(2026, 12, 25, 17, tzinfo=UTC)
    assert list(as_json(schedule, now)["specialDays"]) == ["2026-12-24", "2026-12-25"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Before it opens, while it is open, and after it has closed: then it is open, closed, or another day.
        ("2026-06-02T06:00-04:00", "2026-06-02T09:00-04:00"),
        ("2026-06-02T09:00-04:00", "2026-06-02T17:00-04:00"),
        ("2026-06-02T17:00-04:00", "2026-06-03T00:00-04:00"),
        # A day of 23 hours, and one of 25.
        ("2026-03-08T00:00-05:00", "2026-03-09T00:00-04:00"),
        ("2026-11-01T00:00-04:00", "2026-11-02T00:00-05:00"),
    ],
)
def test_when_hours_are_next_said_otherwise(moment, expected):
    weekdays = [Interval(day, time(9), time(17)) for day in list(Weekday)[:5]]
    schedule = Schedule(tuple(weekdays), (), "America/Toronto")
    assert next_reading(schedule, datetime.fromisoformat(moment)) == datetime.fromisoformat(expected)


def test_a_long_night_names_the_day_until_twelve_hours_before_its_end():
    """Open from Tuesday 8 am to Wednesday 7 am: "closes tomorrow" until 7 pm, then "closes at 7 am"."""
    schedule = Schedule((Interval(Weekday.TUESDAY, time(8), time(7)),), (), "America/Toronto")
    noon = datetime.fromisoformat("2026-06-02T12:00-04:00")
    assert next_reading(schedule, noon) == datetime.fromisoformat("2026-06-02T19:00-04:00")
