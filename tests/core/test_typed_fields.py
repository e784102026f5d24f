"""The admin's fields for times and dates take what people type, or refuse it; they never change it."""

import re
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.forms import DateField, DateTimeField, TimeField
from django.utils import timezone
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.date_customs import current_region, region_of, typed_as_in
from clinicsite.core.models import BasePage
from clinicsite.core.typed_fields import DateInput, DateTimeInput, TimeInput, TypedDateField, TypedInput
from clinicsite.home.models import BlogPage
from tests.factories import BlogPageFactory, LocationPageFactory, PractitionerPageFactory
from tests.locations.admin_form import (
    HOLIDAY,
    assert_published,
    errors_of,
    form_data,
    hours,
    open_on,
    post,
    stored,
)

pytestmark = pytest.mark.django_db

AUTOSAVE = {"HTTP_ACCEPT": "application/json"}
UNCLEAR = "Is that 5:00 am or 5:00 pm? Write “5:00 am” or “5:00 pm”."


@pytest.fixture(autouse=True)
def _monday_in_november():
    with time_machine.travel("2026-11-30T17:00:00Z", tick=False):
        yield


@pytest.fixture
def place(clinic):
    return LocationPageFactory(parent__parent=clinic.home, title="Maplewood", phones=[], opening_hours=[])


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def write_in(clinic, language):
    ClinicSettings.objects.filter(site=clinic.site).update(language=language)


def editor_of(browser, page):
    return browser.get(f"/admin/pages/{page.pk}/edit/").context["form"]


def test_hours_are_taken_as_people_type_them_and_shown_so_again(browser, place):
    assert_published(
        post(browser, place, form_data(weekly=[hours(0, "9 a.m.", "5pm"), hours(1, "noon", "17h30")]))
    )
    rows = stored(place).opening_hours.order_by("weekday")
    assert [(row.opens, row.closes) for row in rows] == [(time(9), time(17)), (time(12), time(17, 30))]
    shown = editor_of(browser, place).formsets["opening_hours"].forms
    assert [(row["opens"].value(), row["closes"].value()) for row in shown] == [
        ("9:00 am", "5:00 pm"),
        ("noon", "5:30 pm"),
    ]


@pytest.mark.parametrize("typed", ["25:00", "5", "9-5", "late"])
def test_what_is_no_certain_time_is_refused_and_stays_as_it_was_typed(browser, place, typed):
    response = post(browser, place, form_data(weekly=[hours(0, "9 am", typed)]))
    assert list(errors_of(response)["opening_hours"]) == [0]
    assert response.context["form"].formsets["opening_hours"].forms[0]["closes"].value() == typed
    assert not stored(place).opening_hours.exists()


@pytest.mark.parametrize("headers", [{}, AUTOSAVE], ids=["draft", "autosave"])
def test_no_draft_and_no_autosave_stores_what_is_refused(browser, place, headers):
    data = form_data(weekly=[hours(0, "9 am", "5")])
    del data["action-publish"]
    response = browser.post(f"/admin/pages/{place.pk}/edit/", data, **headers)
    assert stored(place).latest_revision is None
    if not headers:
        assert errors_of(response) == {"opening_hours": {0: {"closes": [UNCLEAR]}}}
    assert response.status_code == (400 if headers else 200)


def test_an_autosave_stores_what_is_understood(browser, place):
    data = form_data(weekly=[hours(0, "9 am", "5 pm")])
    del data["action-publish"]
    response = browser.post(f"/admin/pages/{place.pk}/edit/", data, **AUTOSAVE)
    assert response.status_code == 200, response.content
    (row,) = stored(place).get_latest_revision_as_object().opening_hours.all()
    assert (row.opens, row.closes) == (time(9), time(17))


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("en-CA", "18 Dec", date(2026, 12, 18)),
        ("en-CA", "12/11/2026", date(2026, 12, 11)),
        ("en-GB", "12/11/2026", date(2026, 11, 12)),
        ("en-AU", "3/4/2027", date(2027, 4, 3)),
        ("en-GB", "tomorrow", date(2026, 12, 1)),
    ],
)
def test_special_days_are_read_by_the_custom_of_the_clinics_country(
    browser, clinic, place, language, typed, day
):
    write_in(clinic, language)
    row = open_on(typed, "10 am", "2 pm")
    assert_published(post(browser, place, form_data(special=[row])))
    stored_row = stored(place).special_hours.get()
    assert (stored_row.first_date, stored_row.last_date) == (day, day)


def test_a_day_that_is_not_there_is_refused_at_its_field(browser, place):
    row = HOLIDAY | {"first_date": "31 Nov 2026", "last_date": "1 Dec 2026"}
    errors = errors_of(post(browser, place, form_data(special=[row])))
    assert errors["special_hours"][0]["first_date"] == ["November 2026 has 30 days. Look at the day again."]


def test_the_browser_is_told_by_what_to_read(browser, clinic, place):
    write_in(clinic, "en-NZ")
    shown = browser.get(f"/admin/pages/{place.pk}/edit/").content.decode()
    row = re.search("<input[^>]*special_hours-__prefix__-first_date[^>]*>", shown)[0]
    for told in ('kind-value="date"', 'lean-value="ahead"', 'region-value="NZ"', 'today-value="2026-11-30"'):
        assert f"data-clinicsite-typed-time-{told}" in row
    assert "clinicsite/js/admin/typed-times" in shown
    assert "date-time-chooser" not in shown


def post_of(clinic):
    return BlogPageFactory(parent__parent=clinic.home, title="Snow", date=date(2026, 11, 20))


def post_data(**changes):
    fields = {
        "title": "Snow",
        "slug": "snow",
        "summary-source": "own",
        "summary": "Shovel well.",
        "date": "20 Nov 2026",
        "sections": {"count": "0"},
        "comments": inline_formset([]),
        "related_posts": inline_formset([]),
    }
    return nested_form_data(fields | changes)


def test_a_schedule_is_typed_in_the_clinics_zone_and_shown_so_again(browser, clinic):
    ClinicSettings.objects.filter(site=clinic.site).update(time_zone="America/Edmonton")
    page = post_of(clinic)
    response = post(browser, page, post_data(go_live_at="Dec 2 9am", expire_at="12/18/2026 5 pm"))
    assert response.status_code == 302
    shown = browser.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'value="2 Dec 2026, 9:00 am"' in shown
    assert 'value="18 Dec 2026, 5:00 pm"' in shown
    # Alberta is six hours behind UTC all year by then.
    draft = BlogPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.go_live_at == datetime(2026, 12, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["Dec 2", "9am", "soon", "14 Mar 2027 2:30 am"])
def test_a_schedule_that_is_not_certain_is_refused_and_said_beside_the_form(browser, clinic, typed):
    page = post_of(clinic)
    response = post(browser, page, post_data(go_live_at=typed))
    errors = response.context["form"].errors
    assert set(errors) == {"go_live_at", "__all__"}
    assert errors["__all__"][0].startswith("Publishing schedule, Go live date/time: ")
    assert BlogPage.objects.get(pk=page.pk).latest_revision is None


def test_the_date_of_a_post_may_lie_before_or_after(browser, clinic):
    page = post_of(clinic)
    for typed, day in (("3 Dec", date(2026, 12, 3)), ("28 Nov", date(2026, 11, 28))):
        assert post(browser, page, post_data(date=typed)).status_code == 302
        assert BlogPage.objects.get(pk=page.pk).get_latest_revision_as_object().date == day


def test_a_date_that_has_been_is_sought_in_the_past(browser, clinic):
    page = PractitionerPageFactory(parent__parent=clinic.home)
    form = editor_of(browser, page)
    assert 'lean-value="back"' in str(form["needling_authorised_on"])
    assert form.fields["needling_authorised_on"].clean("2 Jan") == date(2026, 1, 2)


def test_every_time_and_date_that_people_type_on_our_pages_is_a_typed_one():
    """In any editor of ours, its rows and its schedule, and in the clinic's settings."""
    forms = [
        model.get_edit_handler().get_form_class()
        for model in get_page_models()
        if issubclass(model, BasePage)
    ]
    forms.append(get_setting_edit_handler(ClinicSettings).get_form_class())
    rows = [formset.form for form in forms for formset in form.formsets.values()]
    fields = [field for form in (*forms, *rows) for field in form.base_fields.values()]
    dated = [field for field in fields if isinstance(field, TimeField | DateField | DateTimeField)]
    assert len(dated) > 20
    assert [field for field in dated if not isinstance(field.widget, TypedInput)] == []
    assert {type(field) for field in dated} == {TimeInput, DateInput, DateTimeInput}


def test_a_country_is_that_of_the_language():
    assert [region_of(tag) for tag in ("en-CA", "en-gb", "fr_CA", "en", "zh-Hant")] == [
        "CA",
        "GB",
        "CA",
        "",
        "",
    ]


def test_a_custom_holds_for_as_long_as_it_is_asked_for(settings):
    settings.LANGUAGE_CODE = "en-au"
    with typed_as_in("US"):
        assert current_region() == "US"
    assert current_region() == "AU"
    settings.LANGUAGE_CODE = "en"
    assert current_region() == "CA"


def test_a_field_is_djangos_own_to_a_migration():
    field = TypedDateField("since", null=True)
    field.set_attributes_from_name("since")
    assert field.deconstruct() == (
        "since",
        "django.db.models.DateField",
        [],
        {"verbose_name": "since", "null": True},
    )


@pytest.mark.parametrize(
    ("page_factory", "name"),
    [(PractitionerPageFactory, "needling_authorised_on"), (BlogPageFactory, "reviewed_on")],
)
def test_what_has_happened_is_on_no_day_to_come(clinic, page_factory, name):
    page = page_factory(parent__parent=clinic.home)
    setattr(page, name, date(2026, 12, 1))
    with pytest.raises(ValidationError, match="Tuesday 1 December 2026 is still to come"):
        page.full_clean()
    setattr(page, name, date(2026, 11, 30))
    page.full_clean()


def test_today_is_that_of_the_zone_that_the_admin_runs_in(clinic):
    # At 17:00 UTC on Monday it is Tuesday already on Kiritimati.
    page = PractitionerPageFactory(parent__parent=clinic.home, needling_authorised_on=None)
    page.needling_authorised_on = date(2026, 12, 1)
    with timezone.override("Pacific/Kiritimati"):
        page.full_clean()
    with (
        timezone.override("America/Toronto"),
        pytest.raises(ValidationError, match="Tuesday 1 December 2026 is still to come"),
    ):
        page.full_clean()
