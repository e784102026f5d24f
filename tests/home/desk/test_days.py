"""One day's hours at a place: answers worked out by hand."""

from datetime import date, time

import pytest

from clinicsite.home.desk.changing import RefusedError
from clinicsite.home.desk.days import Choice, Day, put_rows, rows_of, wanted_rows
from clinicsite.locations.hours import Weekday
from clinicsite.locations.models import OpeningHours
from tests.factories import LocationPageFactory

#: A Tuesday.
DAY = date(2026, 12, 1)


def at(text):
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


@pytest.fixture
def place(clinic):
    """A place that is open on Tuesdays as the test says: `place("8:00-12:00 13:00-18:00")`."""
    page = LocationPageFactory(parent__parent=clinic.home, special_hours=[], opening_hours=[])

    def opened(hours, **more):
        rows = [stretch.split("-") for stretch in hours.split()]
        page.opening_hours.set(
            OpeningHours(weekday=Weekday.TUESDAY, opens=at(opens), closes=at(closes), **more)
            for opens, closes in rows
        )
        page.__dict__.pop("schedule", None)
        return page

    return opened


def hours(rows):
    return " ".join(f"{row['opens']:%H:%M}-{row['closes']:%H:%M}" for row in rows)


@pytest.mark.parametrize(
    ("usual", "choice", "when", "left"),
    [
        ("8:00-18:00", Choice.EARLY, "15:00", "08:00-15:00"),
        ("8:00-12:00 13:00-18:00", Choice.EARLY, "15:00", "08:00-12:00 13:00-15:00"),
        ("8:00-12:00 13:00-18:00", Choice.EARLY, "12:30", "08:00-12:00"),
        ("8:00-12:00 13:00-18:00", Choice.EARLY, "13:00", "08:00-12:00"),
        ("8:00-12:00 13:00-18:00", Choice.EARLY, "11:15", "08:00-11:15"),
        ("18:00-2:00", Choice.EARLY, "23:00", "18:00-23:00"),
        ("18:00-2:00", Choice.EARLY, "1:00", "18:00-01:00"),
        ("9:00-12:00 18:00-2:00", Choice.EARLY, "0:30", "09:00-12:00 18:00-00:30"),
        ("9:00-0:00", Choice.EARLY, "22:00", "09:00-22:00"),
        ("8:00-18:00", Choice.LATE, "10:00", "10:00-18:00"),
        ("8:00-12:00 13:00-18:00", Choice.LATE, "10:00", "10:00-12:00 13:00-18:00"),
        ("8:00-12:00 13:00-18:00", Choice.LATE, "12:00", "13:00-18:00"),
        ("8:00-12:00 13:00-18:00", Choice.LATE, "14:30", "14:30-18:00"),
        ("18:00-2:00", Choice.LATE, "20:00", "20:00-02:00"),
        ("18:00-2:00", Choice.LATE, "0:30", "00:30-02:00"),
        ("9:00-0:00", Choice.LATE, "23:30", "23:30-00:00"),
    ],
)
def test_hours_are_cut(place, usual, choice, when, left):
    rows = wanted_rows(place(usual), Day(DAY, choice, "snow", at=at(when)))
    assert hours(rows) == left
    assert {row["name"] for row in rows} == {"snow"}


@pytest.mark.parametrize(
    ("usual", "choice", "when", "words"),
    [
        (
            "8:00-18:00",
            Choice.EARLY,
            "18:00",
            "You close at 6:00 pm that day as it is. Write an earlier",
        ),
        (
            "8:00-18:00",
            Choice.EARLY,
            "19:00",
            "You close at 6:00 pm that day as it is. Write an earlier",
        ),
        ("8:00-18:00", Choice.EARLY, "8:00", "You open at 8:00 am that day. Choose “Closed”."),
        ("8:00-18:00", Choice.EARLY, "6:00", "You open at 8:00 am that day. Choose “Closed”."),
        ("8:00-18:00", Choice.LATE, "8:00", "You open at 8:00 am that day as it is. Write a later"),
        ("8:00-18:00", Choice.LATE, "18:00", "You close at 6:00 pm that day. Choose “Closed”."),
    ],
)
def test_what_changes_nothing_or_leaves_nothing_is_refused(place, usual, choice, when, words):
    with pytest.raises(RefusedError) as refusal:
        wanted_rows(place(usual), Day(DAY, choice, "snow", at=at(when)))
    assert str(refusal.value).removesuffix(" time.") == words


def test_a_day_off_cannot_end_early(place):
    with pytest.raises(RefusedError, match="closed that day as it is"):
        wanted_rows(place(""), Day(DAY, Choice.EARLY, at=at("15:00")))


def test_hours_by_appointment_are_not_called_open(place):
    with pytest.raises(RefusedError, match="by appointment"):
        wanted_rows(place("8:00-18:00", is_by_appointment=True), Day(DAY, Choice.EARLY, at=at("15:00")))


def test_a_day_is_cut_again_from_what_stands(place):
    page = place("8:00-18:00")
    put_rows(page, DAY, wanted_rows(page, Day(DAY, Choice.EARLY, "snow", at=at("15:00"))))
    page.__dict__.pop("schedule", None)
    assert hours(wanted_rows(page, Day(DAY, Choice.EARLY, "snow", at=at("13:00")))) == "08:00-13:00"
    assert hours(wanted_rows(page, Day(DAY, Choice.LATE, "snow", at=at("10:00")))) == "10:00-15:00"


def test_what_was_said_of_the_day_alone_gives_way_and_a_season_stays(place):
    page = place("8:00-18:00")
    season = {"name": "Winter", "is_closed": True}
    page.special_hours.create(first_date=date(2026, 11, 20), last_date=date(2026, 12, 20), **season)
    put_rows(page, DAY, wanted_rows(page, Day(DAY, Choice.CLOSED, "snow")))
    put_rows(
        page, DAY, wanted_rows(page, Day(DAY, Choice.OTHER, "snow", opens=at("9:00"), closes=at("11:00")))
    )
    assert hours(rows_of(page, DAY)) == "09:00-11:00"
    assert [row.name for row in page.special_hours.all()] == ["Winter", "snow"]
    put_rows(page, DAY, wanted_rows(page, Day(DAY, Choice.USUAL)))
    assert [row.name for row in page.special_hours.all()] == ["Winter"]
