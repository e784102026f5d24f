"""Hours, phones and time zones that cannot be right are refused in the editor, at their field."""

import pytest
import time_machine

from tests.factories import LocationPageFactory
from tests.locations.admin_form import (
    HOLIDAY,
    MONDAY,
    PHONE,
    assert_published,
    errors_of,
    form_data,
    hours,
    open_on,
    post,
    stored,
)
from tests.standing import standing

NESTED = "Dates may lie wholly within longer ones, and count there; else end one before the other begins."
OVERLAP = "This overlaps with {}. Make one end before the other begins."


@standing
def place(clinic):
    return LocationPageFactory(parent__parent=clinic.home, title="Maplewood", phones=[], opening_hours=[])


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def refused(browser, place):
    """Post a form that must be refused, and give the errors."""

    def send(**changes):
        response = post(browser, place, form_data(**changes))
        assert response.status_code == 200, "The form was taken."
        assert not stored(place).opening_hours.exists()
        return errors_of(response)

    return send


@pytest.mark.parametrize(("opens", "closes"), [("09:00", "09:00"), ("00:00", "00:00"), ("9 am", "09:00")])
def test_hours_that_end_when_they_start_are_refused_at_the_closing_time(refused, opens, closes):
    errors = refused(weekly=[MONDAY, hours(1, opens, closes)])
    message = "These hours end when they start. Give a later closing time, or remove the row."
    assert errors == {"opening_hours": {1: {"closes": [message]}}}


@pytest.mark.parametrize(
    ("rows", "row", "earlier"),
    [
        ([MONDAY, hours(0, "16:00", "18:00")], 1, "Monday 9:00 am to 5:00 pm"),
        ([hours(0, "16:00", "18:00"), MONDAY], 0, "Monday 9:00 am to 5:00 pm"),
        ([hours(4, "18:00", "02:00"), hours(5, "01:00", "10:00")], 1, "Friday 6:00 pm to 2:00 am"),
        ([hours(6, "20:00", "03:00"), hours(0, "02:00", "10:00")], 0, "Monday 2:00 am to 10:00 am"),
        ([MONDAY, hours(0, "10:00", "11:00", is_by_appointment="on")], 1, "Monday 9:00 am to 5:00 pm"),
    ],
)
def test_overlapping_weekly_hours_are_refused_at_the_later_row(refused, rows, row, earlier):
    assert refused(weekly=rows) == {"opening_hours": {row: {"opens": [OVERLAP.format(earlier)]}}}


def test_the_same_hours_twice_are_refused_at_the_second_row(refused):
    errors = refused(weekly=[MONDAY, MONDAY])
    assert errors == {"opening_hours": {1: {"opens": ["These hours are there twice. Remove one row."]}}}


def test_the_same_hours_twice_are_refused_where_they_stand_and_not_at_a_good_row(refused):
    errors = refused(weekly=[MONDAY, MONDAY, hours(2, "09:00", "12:00")])
    assert list(errors["opening_hours"]) == [1]


@pytest.mark.parametrize("missing", ["opens", "closes", "weekday"])
def test_a_row_without_a_day_or_a_time_is_refused_there(refused, missing):
    errors = refused(weekly=[MONDAY | {missing: ""}])
    assert errors == {"opening_hours": {0: {missing: ["This field is required."]}}}


def test_a_time_that_is_none_is_refused_there(refused):
    errors = refused(weekly=[hours(0, "25:00", "26:00")])
    said = "No clock shows “{}”. Write it such as 5:00 pm, 17:00, noon or midnight."
    assert errors == {
        "opening_hours": {0: {"opens": [said.format("25:00")], "closes": [said.format("26:00")]}}
    }


@pytest.mark.parametrize("number", ["416 555 012", "12345", "+1 000 555 0123", "call us", "416 555 0123 4"])
def test_an_impossible_phone_number_is_refused_at_the_number(refused, number):
    errors = refused(phones=[PHONE | {"number": number}])
    assert list(errors) == ["phones"]
    assert list(errors["phones"][0]) == ["number"]
    assert "Write the number with its area code" in errors["phones"][0]["number"][0]


def test_two_main_numbers_are_refused_at_the_second(refused):
    errors = refused(phones=[PHONE, PHONE | {"number": "416 555 0124"}])
    message = "Only one number can be the main one. Untick the others."
    assert errors == {"phones": {1: {"is_primary": [message]}}}


def test_a_location_without_a_phone_number_is_refused(refused):
    assert list(refused(phones=[])) == ["phones"]


def test_an_unknown_time_zone_is_refused_with_an_example(refused):
    errors = refused(time_zone="America/Torronto")
    assert errors == {
        "time_zone": [
            "“America/Torronto” is not a time zone. Use a name such as America/Toronto or America/Edmonton."
        ]
    }


@pytest.mark.parametrize(
    ("field", "value"), [("latitude", "91"), ("longitude", "-180.5"), ("latitude", "north")]
)
def test_coordinates_off_the_earth_are_refused_there(refused, field, value):
    assert list(refused(**{field: value})) == [field]


@pytest.mark.parametrize(
    "row",
    [
        HOLIDAY | {"is_closed": ""},
        HOLIDAY | {"opens": "09:00", "closes": "12:00"},
        open_on("2026-09-07", "09:00", ""),
        open_on("2026-09-07", "", "12:00"),
    ],
)
def test_special_hours_neither_closed_nor_timed_are_refused(refused, row):
    errors = refused(special=[row])
    message = "Tick “closed all day”, or give both an opening and a closing time."
    assert errors == {"special_hours": {0: {"__all__": [message]}}}


def test_special_hours_that_end_when_they_start_are_refused_at_the_closing_time(refused):
    errors = refused(special=[open_on("2026-09-07", "09:00", "09:00")])
    message = "These hours end when they start. Give a later closing time, or remove the row."
    assert errors == {"special_hours": {0: {"closes": [message]}}}


def test_special_hours_whose_last_day_comes_first_are_refused(refused):
    errors = refused(special=[HOLIDAY | {"last_date": "2026-09-06"}])
    assert errors == {"special_hours": {0: {"__all__": ["The last day must not be before the first."]}}}


@pytest.mark.parametrize(
    "rows",
    [
        [HOLIDAY, HOLIDAY | {"name": "Staff day"}],
        [
            HOLIDAY | {"last_date": "2026-09-10"},
            HOLIDAY | {"name": "Staff day", "first_date": "2026-09-10", "last_date": "2026-09-11"},
        ],
        [open_on("2026-09-07", "09:00", "12:00"), open_on("2026-09-07", "11:00", "14:00")],
        [
            open_on("2026-09-07", "20:00", "09:00", last="2026-09-08"),
            open_on("2026-09-07", "08:00", "12:00", last="2026-09-08"),
        ],
        [HOLIDAY, open_on("2026-09-07", "09:00", "12:00", name="Labour Day")],
    ],
    ids=[
        "same day",
        "runs that meet",
        "stretches of one day",
        "past midnight into the next",
        "closed and open",
    ],
)
def test_overlapping_special_hours_are_refused_at_a_row(refused, rows):
    errors = refused(special=rows)
    assert list(errors) == ["special_hours"]
    (row_errors,) = errors["special_hours"].values()
    assert row_errors["first_date"][0].startswith("These special hours overlap: ")


def test_good_hours_are_saved_and_shown_to_patients(browser, place, visit):
    weekly = [MONDAY, hours(1, "07:00", "11:30"), hours(1, "13:00", "19:00"), hours(4, "18:00", "01:00")]
    special = [HOLIDAY, open_on("2026-09-09", "10:00", "12:00"), open_on("2026-09-09", "13:00", "15:00")]
    assert_published(post(browser, place, form_data(weekly=weekly, special=special)))
    assert stored(place).opening_hours.count() == 4
    with time_machine.travel("2026-09-07T15:00:00Z", tick=False):
        shown = visit("/locations/maplewood/").content.decode()
    assert "Closed today for Labour Day; opens tomorrow at 7:00 am" in shown
    assert "7:00 am to 11:30 am" in shown
    assert "1:00 pm to 7:00 pm" in shown
    assert "6:00 pm to 1:00 am" in shown
    assert "10:00 am to noon" in shown


def test_a_season_with_holidays_in_it_opens_no_sunday(browser, place, visit):
    week = [hours(day, "09:00", "17:00") for day in range(6)]
    special = [
        open_on("2026-11-23", "09:00", "13:00", name="Winter hours", last="2027-01-10"),
        open_on("2026-11-23", "10:00", "12:00", name="Winter hours", last="2027-01-10", weekday=5),
        open_on("2026-12-24", "09:00", "11:00", name="Christmas Eve"),
        HOLIDAY | {"name": "Christmas", "first_date": "2026-12-25", "last_date": "2026-12-26"},
    ]
    assert_published(post(browser, place, form_data(weekly=week, special=special)))
    with time_machine.travel("2026-11-29T17:00:00Z", tick=False):
        sunday = " ".join(visit("/locations/maplewood/").content.decode().split())
    assert "Closed now, opens tomorrow at 9:00 am" in sunday
    assert '<th scope="row">Sunday</th> <td> <span class="hours__stretch">Closed</span>' in sunday
    assert "Monday to Friday 9:00 am to 1:00 pm; Saturday 10:00 am to noon" in sunday
    assert '"validFrom":"2026-11-29"' not in sunday
    with time_machine.travel("2026-12-25T17:00:00Z", tick=False):
        holiday = visit("/locations/maplewood/").content.decode()
    assert "Closed today for Christmas; opens Monday at 9:00 am" in holiday


def test_special_hours_on_usual_days_off_alone_say_to_choose_the_day(refused):
    weekend = open_on("2026-09-12", "09:00", "12:00", last="2026-09-13")
    errors = refused(special=[weekend])
    message = "You are usually closed on all of these dates. Choose the day under “On” to open it."
    assert errors == {"special_hours": {0: {"weekday": [message]}}}


def test_a_day_off_that_is_chosen_or_a_single_date_opens(browser, place, visit):
    special = [
        open_on("2026-09-12", "09:00", "12:00", last="2026-09-13", weekday=6),
        open_on("2026-09-05", "10:00", "11:00", name="Open house"),
    ]
    assert_published(post(browser, place, form_data(special=special)))
    for moment, closing in (("2026-09-13T14:00:00Z", "noon"), ("2026-09-05T14:30:00Z", "11:00 am")):
        with time_machine.travel(moment, tick=False):
            assert f"Open now, closes at {closing}" in visit("/locations/maplewood/").content.decode()


def test_a_day_of_the_week_that_is_not_in_the_dates_is_refused(refused):
    errors = refused(special=[open_on("2026-09-12", "09:00", "12:00", last="2026-09-13", weekday=1)])
    message = "There is no Tuesday in these dates. Choose another day, or none."
    assert errors == {"special_hours": {0: {"weekday": [message]}}}


def test_hours_that_touch_are_no_overlap(browser, place):
    weekly = [MONDAY, hours(0, "17:00", "20:00"), hours(0, "20:00", "00:00"), hours(1, "00:00", "02:00")]
    assert_published(post(browser, place, form_data(weekly=weekly)))


def test_a_row_taken_out_no_longer_counts_as_an_overlap(browser, place):
    weekly = [MONDAY | {"DELETE": "on"}, hours(0, "16:00", "18:00")]
    assert_published(post(browser, place, form_data(weekly=weekly)))
    assert [str(row) for row in stored(place).opening_hours.all()] == ["Monday 16:00 to 18:00"]


def test_a_location_may_have_no_weekly_hours(browser, place):
    assert_published(post(browser, place, form_data(weekly=[])))


def test_a_second_number_that_is_not_the_main_one_is_taken_in_any_writing(browser, place):
    phones = [PHONE, {"label": "fax", "number": "(416) 555-0199"}]
    assert_published(post(browser, place, form_data(phones=phones)))
    assert [phone.number.as_e164 for phone in stored(place).phones.all()] == ["+14165550123", "+14165550199"]


def test_contradicting_special_hours_are_refused_at_the_row_that_contradicts(refused):
    rows = [
        HOLIDAY,
        HOLIDAY | {"name": "Staff day"},
        HOLIDAY | {"first_date": "2026-12-25", "last_date": "2026-12-25"},
    ]
    errors = refused(special=rows)
    assert errors == {
        "special_hours": {
            1: {"first_date": [f"These special hours overlap: Labour Day and Staff day. {NESTED}"]}
        }
    }


def test_a_draft_with_contradicting_hours_never_breaks_the_published_page(browser, place, visit):
    assert_published(post(browser, place, form_data()))
    data = form_data(weekly=[MONDAY, hours(0, "16:00", "18:00")])
    del data["action-publish"]
    post(browser, place, data)
    assert "9:00 am to 5:00 pm" in visit("/locations/maplewood/").content.decode()
    assert "4:00 pm to 6:00 pm" not in visit("/locations/maplewood/").content.decode()
    assert browser.get(f"/admin/pages/{place.pk}/view_draft/").status_code == 200


def test_an_extension_is_kept_through_draft_and_publish_and_can_be_dialled(browser, place, visit):
    data = form_data(phones=[PHONE | {"number": "(416) 555-0123 ext. 204"}])
    draft = {name: value for name, value in data.items() if name != "action-publish"}
    post(browser, place, draft)
    assert [str(row.number) for row in stored(place).get_latest_revision_as_object().phones.all()] == [
        "+14165550123;ext=204"
    ]
    assert_published(post(browser, place, data))
    assert [str(phone.number) for phone in stored(place).phones.all()] == ["+14165550123;ext=204"]
    shown = visit("/locations/maplewood/").content.decode()
    assert 'href="tel:+14165550123;ext=204"' in shown
    assert "Call (416) 555-0123 ext. 204" in shown
    assert '"telephone":"+14165550123;ext=204"' in shown.replace('": "', '":"')
    assert "tel:+14165550123&quot;" not in shown


def test_a_new_extension_alone_is_a_change_that_is_saved(browser, place):
    first = PHONE | {"number": "416 555 0123 ext 204"}
    assert_published(post(browser, place, form_data(phones=[first], weekly=[])))
    shown = browser.get(f"/admin/pages/{place.pk}/edit/").context["form"].formsets["phones"].forms[0]
    assert 'value="(416) 555-0123 ext. 204"' in str(shown["number"])
    row = {"id": shown["id"].value() or "", "number": "(416) 555-0123 ext. 205"}
    data = form_data(phones=[PHONE | row], stored_phones=1, weekly=[])
    assert_published(post(browser, place, data))
    assert str(stored(place).phones.get().number) == "+14165550123;ext=205"


def test_a_second_number_in_one_field_is_refused_and_not_dropped(refused):
    errors = refused(phones=[PHONE | {"number": "416 555 0123 / x 416"}])
    assert errors["phones"][0]["number"] == [
        "We can read (416) 555-0123, but not all of what you wrote. "
        "Write one number, and its extension after it, such as ext. 204."
    ]


@pytest.mark.parametrize("label", ["fax", "text"])
def test_a_number_that_nobody_answers_by_voice_cannot_be_the_main_one(refused, label):
    errors = refused(phones=[PHONE | {"label": label}])
    assert errors == {
        "phones": {
            0: {
                "is_primary": [
                    "Nobody answers this number by voice, so it cannot be the main one. "
                    "Untick it, or change what it is for."
                ]
            }
        }
    }
