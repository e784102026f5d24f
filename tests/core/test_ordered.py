"""Rows keep the order that somebody gave them, whoever made them, and whoever changes one of them."""

from datetime import time

import pytest
from django.apps import apps
from wagtail.models import Orderable

from clinicsite.core.checks import our_models
from clinicsite.core.models.ordered import OrderedRow, number_stored_rows
from clinicsite.locations.models import LocationPage, LocationPhone, OpeningHours
from tests.factories import LocationPageFactory
from tests.locations.admin_form import assert_published, form_data, post

pytestmark = pytest.mark.django_db

NUMBERS = ["+15195550160", "+15195550161", "+15195550162"]


@pytest.fixture
def place(clinic):
    phones = [LocationPhone(number=number) for number in NUMBERS]
    return LocationPageFactory(parent__parent=clinic.home, title="Maplewood", phones=phones, opening_hours=[])


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def stored(place):
    return [str(phone.number) for phone in LocationPage.objects.get(pk=place.pk).phones.all()]


def rows_shown(browser, place):
    """The rows of phones as the editor shows them, to be posted again."""
    formset = browser.get(f"/admin/pages/{place.pk}/edit/").context["form"].formsets["phones"]
    return [
        {
            "id": form["id"].value() or "",
            "label": "booking",
            "number": form["number"].value(),
            "ORDER": str(number),
        }
        for number, form in enumerate(formset.forms, 1)
    ]


def change(browser, place, rows):
    data = form_data(phones=rows, stored_phones=len(rows), weekly=[])
    assert_published(post(browser, place, data))


def forget_numbers():
    LocationPhone.objects.update(sort_order=None)


def test_every_ordered_row_of_ours_is_one_that_keeps_its_place():
    assert all(issubclass(model, OrderedRow) for model in our_models() if issubclass(model, Orderable))


def test_rows_made_in_code_are_numbered_in_their_order(place):
    assert list(place.phones.values_list("sort_order", flat=True)) == [0, 1, 2]
    LocationPhone(location=place, number="+15195550163").save()
    assert stored(place)[-1] == "+15195550163"


def test_another_places_rows_are_not_counted(place):
    other = LocationPageFactory(parent=place.get_parent(), phones=[LocationPhone(number=NUMBERS[0])])
    assert other.phones.get().sort_order == 0


@pytest.mark.parametrize("is_old", [False, True])
def test_a_changed_row_stays_where_it_is(browser, place, is_old):
    if is_old:
        forget_numbers()
        LocationPage.objects.get(pk=place.pk).save_revision()
    rows = rows_shown(browser, place)
    rows[0]["number"] = "(519) 555-0169"
    change(browser, place, rows)
    assert stored(place) == ["+15195550169", *NUMBERS[1:]]


def test_two_rows_that_change_places_do_so_and_no_other(browser, place):
    rows = rows_shown(browser, place)
    rows[0]["ORDER"], rows[1]["ORDER"], rows[2]["ORDER"] = "2", "1", "3"
    change(browser, place, rows)
    assert stored(place) == [NUMBERS[1], NUMBERS[0], NUMBERS[2]]


def test_a_stored_draft_without_numbers_is_read_in_its_order(browser, place):
    place.phones = [LocationPhone(number=number) for number in reversed(NUMBERS)]
    revision = place.save_revision()
    assert [row["sort_order"] for row in revision.content["phones"]] == [None] * 3
    rows = rows_shown(browser, place)
    rows[2]["number"] = "(519) 555-0169"
    change(browser, place, rows)
    assert stored(place) == [NUMBERS[2], NUMBERS[1], "+15195550169"]


def test_rows_stored_without_a_number_get_one_and_their_order_stays(place):
    LocationPhone.objects.filter(number=NUMBERS[2]).update(sort_order=None)
    before = stored(place)
    number_stored_rows(apps.get_model("clinicsite_locations", "LocationPhone"), "location")
    assert stored(place) == before
    assert sorted(place.phones.values_list("sort_order", flat=True)) == [0, 1, 2]


def test_hours_made_in_code_come_in_their_order(place):
    place.opening_hours = [OpeningHours(weekday=day, opens=time(9), closes=time(17)) for day in (4, 0, 2)]
    place.save()
    fresh = LocationPage.objects.get(pk=place.pk)
    assert [row.weekday for row in fresh.opening_hours.all()] == [4, 0, 2]
