"""An owner's quick tasks: what is shown before, what patients read after, and the way back."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.urls import reverse

from clinicsite.clinics.models import ClinicSettings
from clinicsite.home.desk.notice_task import own_settings_for, put_notice
from clinicsite.locations.hours import Weekday
from clinicsite.locations.models import LocationPage, LocationPhone, OpeningHours, SpecialHours
from tests.factories import LocationPageFactory, UserFactory

#: Tuesday 1 December 2026, 10 in the morning in Toronto.
NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def place(clinic):
    page = LocationPageFactory(
        parent__parent=clinic.home, title="Main street", special_hours=[], time_zone="America/Toronto"
    )
    page.opening_hours.set(
        OpeningHours(weekday=day, opens=time(8), closes=time(18)) for day in list(Weekday)[:5]
    )
    page.save_revision().publish()
    return LocationPage.objects.get(pk=page.pk)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def address(task, *args):
    return reverse(f"clinicsite_desk:{task}", args=args)


def press(browser, where, **data):
    seen = browser.get(where).context["seen"]
    return browser.post(where, {"seen": seen} | data, follow=True)


def shown(browser, where, **data):
    return browser.post(where, data | {"preview": "1"}, headers=SCRIPT).json()


def undo(browser):
    key = browser.session["clinicsite_desk"][0]["key"]
    return browser.post(address("undo"), {"key": key}, follow=True)


def special(place):
    rows = SpecialHours.objects.filter(location=place)
    return [(row.first_date, row.name, row.is_closed, row.opens, row.closes) for row in rows]


class TestToday:
    def test_what_patients_will_read_is_shown_before(self, browser, place):
        where = address("today", place.pk)
        early = shown(browser, where, choice="early", at="3pm", name="snow")
        assert early == {"reads": "Open now, closes at 3:00 pm. Today: 8:00 am to 3:00 pm"}
        closed = shown(browser, where, choice="closed", name="snow")
        assert closed == {"reads": "Closed today for snow; opens tomorrow at 8:00 am. Today: closed"}
        assert special(place) == []

    def test_a_time_that_is_missing_or_means_nothing_is_said(self, browser, place):
        where = address("today", place.pk)
        assert shown(browser, where, choice="early") == {"missing": "Write a time, such as 3 pm or 15:00."}
        assert "missing" in shown(browser, where, choice="early", at="soonish")
        assert shown(browser, where, choice="early", at="19:00") == {
            "missing": "You close at 6:00 pm that day as it is. Write an earlier time."
        }

    def test_one_press_tells_patients_and_one_takes_it_back(self, browser, place, visit):
        answer = press(browser, address("today", place.pk), choice="closed", name="snow")
        assert "Main street: Closed today for snow" in answer.text
        assert special(place) == [(date(2026, 12, 1), "snow", True, None, None)]
        assert "Closed today for snow" in visit(place.url).text
        assert "Taken back" in undo(browser).text
        assert special(place) == []
        assert "Closed today for snow" not in visit(place.url).text

    def test_no_reason_is_no_lie(self, browser, place):
        press(browser, address("today", place.pk), choice="closed")
        assert special(place)[0][1] == "unforeseen reasons"

    def test_it_ends_by_itself(self, browser, place, visit):
        press(browser, address("today", place.pk), choice="closed", name="snow")
        with time_machine.travel(datetime(2026, 12, 2, 15, tzinfo=UTC)):
            assert "Open now, closes at 6:00 pm" in visit(place.url).text

    def test_what_a_colleague_has_changed_since_stays(self, browser, place):
        where = address("today", place.pk)
        seen = browser.get(where).context["seen"]
        press(browser, where, choice="other", opens="9am", closes="11am", name="training")
        answer = browser.post(where, {"seen": seen, "choice": "closed", "name": "snow"})
        assert "changed since you opened it" in answer.text
        assert [row[1] for row in special(place)] == ["training"]

    def test_what_is_changed_since_is_not_taken_back(self, browser, place):
        press(browser, address("today", place.pk), choice="closed", name="snow")
        SpecialHours.objects.filter(location=place).update(name="flood")
        assert "have been changed since, so they stay" in undo(browser).text
        assert [row[1] for row in special(place)] == ["flood"]

    def test_as_usual_again_is_there_once_something_is_not(self, browser, place):
        where = address("today", place.pk)
        assert "As usual again" not in browser.get(where).text
        press(browser, where, choice="closed", name="snow")
        press(browser, where, choice="usual")
        assert special(place) == []

    def test_without_a_script_the_press_to_look_shows_it_on_the_page(self, browser, place):
        data = {"choice": "closed", "name": "snow", "preview": "1"}
        answer = browser.post(address("today", place.pk), data)
        assert "Closed today for snow; opens tomorrow at 8:00 am" in answer.text
        assert special(place) == []


class TestAnotherDay:
    def test_a_holiday_is_typed_as_people_write_it(self, browser, place):
        where = address("day", place.pk)
        data = {"date": "25 Dec", "choice": "closed", "name": "Christmas Day"}
        assert shown(browser, where, **data) == {"reads": "Friday 25 December 2026: closed (Christmas Day)"}
        press(browser, where, **data)
        assert special(place) == [(date(2026, 12, 25), "Christmas Day", True, None, None)]
        undo(browser)
        assert special(place) == []

    def test_what_stood_there_before_is_named(self, browser, place):
        SpecialHours.objects.create(
            location=place, first_date=date(2026, 12, 25), last_date=date(2026, 12, 25), name="Christmas"
        )
        data = {"date": "25 Dec", "choice": "other", "opens": "9am", "closes": "noon", "name": "Emergency"}
        said = shown(browser, address("day", place.pk), **data)["reads"]
        assert said == "Friday 25 December 2026: 9:00 am to noon (Emergency) (in place of: Christmas)"

    def test_a_day_that_is_over_is_refused(self, browser, place):
        said = shown(browser, address("day", place.pk), date="30 Nov 2026", choice="closed")
        assert "That day is over" in said["missing"]


class TestAPhone:
    def test_another_number_is_called_and_the_old_one_comes_back(self, browser, place, visit):
        phone = LocationPhone.objects.get(location=place)
        old = str(phone.number)
        which = f"{phone.label} {old}"
        where = address("phone", place.pk)
        assert shown(browser, where, which=which, number="416 555 0177 ext 12") == {
            "reads": "Main street: (416) 555-0177 ext. 12"
        }
        press(browser, where, which=which, number="416 555 0177 ext 12")
        assert 'href="tel:+14165550177;ext=12"' in visit(place.url).text
        undo(browser)
        phone.refresh_from_db()
        assert str(phone.number) == old

    def test_one_that_is_there_already_is_refused(self, browser, place):
        phone = LocationPhone.objects.get(location=place)
        LocationPhone.objects.create(location=place, label="fax", number="416 555 0188")
        data = {"which": f"{phone.label} {phone.number}", "number": "416 555 0188"}
        assert "That number is there already." in press(browser, address("phone", place.pk), **data).text

    def test_what_is_no_number_is_refused(self, browser, place):
        phone = LocationPhone.objects.get(location=place)
        said = shown(browser, address("phone", place.pk), which=f"{phone.label} {phone.number}", number="12")
        assert "missing" in said


class TestANotice:
    def test_it_stands_until_the_clinics_day_ends(self, browser, clinic, visit):
        where = address("notice", clinic.site.pk)
        data = {"text": "Closed: burst pipe", "until": "tomorrow"}
        said = "“Closed: burst pipe” on top of every page, until the end of Wednesday 2 December 2026"
        assert shown(browser, where, **data) == {"reads": said}
        press(browser, where, **data)
        settings = ClinicSettings.objects.get(site=clinic.site)
        # Midnight in Toronto.
        assert settings.announcement_until == datetime(2026, 12, 3, 5, tzinfo=UTC)
        assert "Closed: burst pipe" in visit("/").text
        undo(browser)
        assert "Closed: burst pipe" not in visit("/").text

    def test_it_is_taken_down_with_one_press(self, browser, clinic, visit):
        where = address("notice", clinic.site.pk)
        press(browser, where, text="Closed: burst pipe", until="tomorrow")
        seen = browser.get(where).context["seen"]
        browser.post(where, {"other": "1", "seen": "of another day"})
        assert "Closed: burst pipe" in visit("/").text
        browser.post(where, {"other": "1", "seen": seen})
        assert "burst pipe" not in visit("/").text
        undo(browser)
        assert "Closed: burst pipe" in visit("/").text

    def test_what_is_saved_meanwhile_of_the_rest_stays(self, browser, clinic):
        settings = own_settings_for(UserFactory(is_superuser=True), clinic.site.pk)
        ClinicSettings.objects.filter(site=clinic.site).update(tagline="We listen")
        put_notice(settings, ["Snow", None, None], UserFactory())
        kept = ClinicSettings.objects.get(site=clinic.site)
        assert (kept.tagline, kept.announcement) == ("We listen", "Snow")

    def test_one_that_is_planned_is_not_written_over(self, browser, clinic):
        ClinicSettings.objects.filter(site=clinic.site).update(
            announcement="We move", announcement_from=datetime(2026, 12, 9, tzinfo=UTC)
        )
        answer = press(browser, address("notice", clinic.site.pk), text="Snow", until="today")
        assert "A notice is planned from" in answer.text
        assert ClinicSettings.objects.get(site=clinic.site).announcement == "We move"


@pytest.mark.parametrize("task", ["today", "day", "phone"])
@pytest.mark.parametrize("who", ["neighbour", "author", "auditor"])
def test_a_place_is_not_there_for_whoever_may_not_publish_it(
    clinic, other_owner, place, admin_client_of, task, who
):
    person = other_owner if who == "neighbour" else UserFactory(groups=[clinic.groups.of(who)])
    browser = admin_client_of(person)
    for send in (browser.get, browser.post):
        assert send(address(task, place.pk)).status_code == 404
        assert send(address(task, 999_999)).status_code == 404


@pytest.mark.parametrize("who", ["neighbour", "editor", "auditor"])
def test_a_notice_is_not_there_for_whoever_may_not_change_the_settings(
    clinic, other_owner, admin_client_of, who
):
    person = other_owner if who == "neighbour" else UserFactory(groups=[clinic.groups.of(who)])
    assert admin_client_of(person).get(address("notice", clinic.site.pk)).status_code == 404


def test_nobody_takes_back_what_another_has_done(clinic, place, browser, admin_client_of):
    press(browser, address("today", place.pk), choice="closed", name="snow")
    key = browser.session["clinicsite_desk"][0]["key"]
    other = admin_client_of(UserFactory(groups=[clinic.groups.editor]))
    assert "too long ago" in other.post(address("undo"), {"key": key}, follow=True).text
    assert len(special(place)) == 1
