"""From a location's rows to its schedule."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from clinicsite.locations.hours import Hours
from clinicsite.locations.models import LocationPage, OpeningHours, SpecialHours
from clinicsite.locations.schedules import schedule_of, special_days_of
from tests.factories import LocationPageFactory

DAY = date(2026, 9, 9)
NEXT_DAY = date(2026, 9, 10)


def special(opens=None, closes=None, *, first=DAY, last=None, name="Fair day", note=""):
    return SpecialHours(
        name=name,
        first_date=first,
        last_date=last or first,
        is_closed=opens is None,
        opens=opens,
        closes=closes,
        note=note,
    )


def test_rows_of_one_day_and_name_are_one_special_day_with_split_hours():
    rows = [special(time(13), time(15)), special(time(10), time(12))]
    (day,) = special_days_of(rows)
    assert day.intervals == (Hours(time(10), time(12)), Hours(time(13), time(15)))


def test_rows_are_grouped_wherever_they_stand():
    rows = [
        special(time(10), time(12)),
        special(first=NEXT_DAY, name="Staff day"),
        special(time(13), time(15)),
    ]
    days = list(special_days_of(rows))
    assert [(day.name, len(day.intervals)) for day in days] == [("Fair day", 2), ("Staff day", 0)]


def test_rows_of_other_dates_or_names_are_days_of_their_own():
    rows = [special(), special(first=NEXT_DAY), special(name="Staff day"), special(last=NEXT_DAY)]
    assert len(list(special_days_of(rows))) == 4


def test_a_day_without_times_is_closed():
    (day,) = special_days_of([special()])
    assert day.is_closed


def test_the_first_note_of_a_split_day_is_kept():
    (day,) = special_days_of([special(time(10), time(12)), special(time(13), time(15), note="Back door")])
    assert day.note == "Back door"


def test_seconds_are_left_out():
    (day,) = special_days_of([special(time(10, 0, 30), time(12, 0, 59))])
    assert day.intervals == (Hours(time(10), time(12)),)


@pytest.mark.django_db
def test_a_locations_schedule_has_its_hours_special_days_and_zone():
    page = LocationPageFactory(
        time_zone="America/Edmonton",
        opening_hours=[OpeningHours(weekday=4, opens=time(18), closes=time(1), is_by_appointment=True)],
        special_hours=[special(time(10), time(12)), special(time(13), time(15))],
    )
    schedule = schedule_of(LocationPage.objects.get(pk=page.pk))
    assert [one.describe() for one in schedule.intervals] == ["Friday 6:00 pm to 1:00 am, by appointment"]
    assert [day.name for day in schedule.special_days] == ["Fair day"]
    assert schedule.time_zone == "America/Edmonton"


@pytest.mark.django_db
def test_schedules_of_many_places_cost_a_fixed_number_of_queries(django_assert_num_queries):
    index = LocationPageFactory(special_hours=[special()]).get_parent()
    for _ in range(3):
        LocationPageFactory(parent=index)
    with django_assert_num_queries(4):
        assert len([page.schedule for page in LocationPage.objects.for_cards()]) == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [
        OpeningHours(weekday=0, opens=time(9), closes=time(9)),
        special(last=date(2026, 9, 8)),
        special(time(9)),
        SpecialHours(name="x", first_date=DAY, last_date=DAY, is_closed=True, opens=time(9), closes=time(10)),
    ],
    ids=["empty hours", "dates out of order", "opening without closing", "closed with times"],
)
def test_the_database_itself_refuses_rows_that_cannot_be(row):
    row.location = LocationPageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
