"""A clinic sees what patients looked for and did not find; nothing says who looked."""

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinicsite.core.typed_times import format_date
from clinicsite.home.models import MissedSearch
from clinicsite.home.search import missing
from tests.factories import ClinicFactory, StandardPageFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


def rows():
    return list(MissedSearch.objects.values_list("words", "times"))


@pytest.fixture
def look_for(visit):
    """Search as somebody else each time, unless it is said from where: `look_for("botox", "203.0.113.5")`."""
    addresses = (f"198.51.100.{number}" for number in count(1))

    def search(words, address=None):
        return visit("/search/", {"q": words}, REMOTE_ADDR=address or next(addresses))

    return search


def test_a_search_in_vain_is_counted_by_its_words_alone(clinic, look_for):
    for words in ("Botox!", "  botox", "BOTOX?"):
        look_for(words)
    assert rows() == [("botox", 3)]
    assert {field.name for field in MissedSearch._meta.fields} == {"id", "site", "words", "times", "last_on"}


def test_one_patient_counts_once_a_day_however_often_they_look(clinic, look_for):
    with time_machine.travel("2026-03-02 12:00:00-05:00") as clock:
        for words in ("botox", "Botox", "cupping", "botox"):
            look_for(words, "203.0.113.5")
        assert set(rows()) == {("botox", 1), ("cupping", 1)}
        clock.shift(timedelta(days=1, minutes=1))
        look_for("botox", "203.0.113.5")
        assert set(rows()) == {("botox", 2), ("cupping", 1)}


def test_what_was_found_is_not_counted(clinic, look_for):
    StandardPageFactory(parent=clinic.home, title="Fees")
    look_for("fees")
    look_for("fee")
    look_for("feees")
    assert rows() == []


def test_pages_with_some_of_the_words_do_not_count_as_found(clinic, look_for):
    StandardPageFactory(parent=clinic.home, title="Fees")
    look_for("botox fees")
    assert rows() == [("botox fees", 1)]


@pytest.mark.parametrize(
    "words",
    [
        "robin@people.example",
        "416 555 0123",
        "(416) 555-0123",
        "health card 1234-567-890",
        "https://people.example",
        "I fell off my bike last week and now my husband says that I snore",
        "!!!",
        # In lower case it is longer than what is typed can be.
        "ß" * 100,
    ],
)
def test_what_could_be_somebodys_own_is_never_kept(look_for, words):
    look_for(words)
    assert rows() == []


def test_no_more_than_so_many_are_kept_of_a_clinic(clinic, other_clinic, look_for, monkeypatch):
    monkeypatch.setattr(missing, "MOST_KEPT", 2)
    MissedSearch.objects.create(site=other_clinic.site, words="theirs", last_on=timezone.localdate())
    for words in ("aaaa", "bbbb", "cccc", "aaaa"):
        look_for(words)
    assert set(rows()) == {("aaaa", 2), ("bbbb", 1), ("theirs", 1)}


def test_what_nobody_looks_for_any_more_is_forgotten_after_90_days(clinic, look_for, capsys):
    with time_machine.travel("2026-03-02 12:00:00-05:00") as clock:
        look_for("botox")
        clock.shift(timedelta(days=90))
        call_command("purge_missed_searches")
        assert rows() == [("botox", 1)]
        clock.shift(timedelta(days=1))
        call_command("purge_missed_searches")
        assert rows() == []
    assert capsys.readouterr().out == "0 searches deleted.\n1 search deleted.\n"


def test_a_count_begins_anew_after_that_time_though_no_command_has_run(clinic, look_for):
    with time_machine.travel("2026-03-02 12:00:00-05:00") as clock:
        look_for("botox")
        look_for("cupping")
        clock.shift(timedelta(days=91))
        look_for("botox")
    assert rows() == [("botox", 1)]


def shown_to(person, admin_client_of):
    response = admin_client_of(person).get("/admin/clinicsite/missed-searches/")
    assert response.status_code == 200
    return response.text


def test_an_owner_sees_the_own_clinics_searches_and_no_others(
    clinic, other_clinic, owner, other_owner, admin_client_of
):
    today = timezone.localdate()
    MissedSearch.objects.create(site=clinic.site, words="cupping", times=4, last_on=today)
    MissedSearch.objects.create(site=other_clinic.site, words="botox", times=4, last_on=today)
    assert "cupping" in shown_to(owner, admin_client_of)
    assert "botox" not in shown_to(owner, admin_client_of)
    assert other_clinic.settings.name not in shown_to(owner, admin_client_of)
    assert "cupping" not in shown_to(other_owner, admin_client_of)


def test_the_library_sees_no_clinics_searches(clinic, library_editor, admin_client_of):
    MissedSearch.objects.create(site=clinic.site, words="cupping", times=4, last_on=timezone.localdate())
    assert "cupping" not in shown_to(library_editor, admin_client_of)


def test_what_was_looked_for_once_or_long_ago_is_not_shown(clinic, owner, admin_client_of):
    today = timezone.localdate()
    MissedSearch.objects.create(site=clinic.site, words="cupping", times=1, last_on=today)
    MissedSearch.objects.create(site=clinic.site, words="botox", times=4, last_on=today - timedelta(days=91))
    shown = shown_to(owner, admin_client_of)
    assert "cupping" not in shown
    assert "botox" not in shown
    assert "Words are listed here once patients have looked for them in vain twice." in shown


def test_somebody_without_a_clinic_sees_an_empty_list(clinic, admin_client_of, library_editor):
    stranger = UserFactory(username="stranger", groups=[clinic.groups.editor])
    stranger.groups.clear()
    response = admin_client_of(stranger).get("/admin/clinicsite/missed-searches/")
    assert response.status_code == 302


LISTING = "/admin/clinicsite/missed-searches/"


def missed(site, *words, times=2):
    today = timezone.localdate()
    MissedSearch.objects.bulk_create(
        MissedSearch(site=site, words=word, times=times, last_on=today) for word in words
    )


@pytest.fixture
def agency(clinic, other_clinic, admin_client_of):
    return admin_client_of(UserFactory(is_superuser=True))


def words_on(response):
    return [row.words for row in response.context["object_list"]]


def test_the_list_comes_in_pages_the_commonest_first_and_misses_none(clinic, agency):
    missed(clinic.site, *(f"word {number:02}" for number in range(60)))
    missed(clinic.site, "botox", times=9)
    first, second = agency.get(LISTING), agency.get(LISTING, {"p": 2})
    assert words_on(first) == ["botox", *(f"word {number:02}" for number in range(49))]
    assert words_on(second) == [f"word {number:02}" for number in range(49, 60)]


def test_pages_of_a_list_sorted_otherwise_miss_none_either(clinic, agency):
    missed(clinic.site, *(f"word {number:02}" for number in range(60)))
    pages = [agency.get(LISTING, {"ordering": "last_on", "p": page}) for page in (1, 2)]
    assert sorted(word for page in pages for word in words_on(page)) == [f"word {n:02}" for n in range(60)]


def test_the_agency_asks_for_one_clinics_alone(clinic, other_clinic, agency):
    missed(clinic.site, "cupping")
    missed(other_clinic.site, "botox")
    response = agency.get(LISTING, {"site": other_clinic.site.pk})
    assert words_on(response) == ["botox"]


def test_whoever_has_one_clinic_is_offered_no_other(clinic, other_clinic, owner, admin_client_of):
    missed(clinic.site, "cupping")
    missed(other_clinic.site, "botox")
    response = admin_client_of(owner).get(LISTING, {"site": other_clinic.site.pk})
    assert words_on(response) == ["cupping"]
    assert other_clinic.site.site_name not in response.text


def test_whoever_has_two_is_offered_the_one_they_work_for(clinic, other_clinic, owner, admin_client_of):
    third = ClinicFactory(hostname="third.localhost", name="Third Clinic")
    owner.groups.add(other_clinic.groups.owner)
    for one, word in ((clinic, "cupping"), (other_clinic, "botox"), (third, "laser")):
        missed(one.site, word)
    browser = admin_client_of(owner)
    assert words_on(browser.get(LISTING, {"site": other_clinic.site.pk})) == ["cupping"]
    browser.post(reverse("clinicsite_switch"), {"site": other_clinic.site.pk})
    foreign = browser.get(LISTING, {"site": third.site.pk})
    assert words_on(foreign) == ["botox"]
    assert "Third Clinic" not in foreign.text


def test_the_list_costs_the_same_queries_for_any_number_of_clinics(clinic, other_clinic, agency):
    missed(clinic.site, "cupping")
    missed(other_clinic.site, "botox")
    agency.get(LISTING)
    with CaptureQueriesContext(connection) as few:
        agency.get(LISTING)
    for number in range(8):
        more = ClinicFactory(hostname=f"c{number}.localhost", name=f"Clinic {number}")
        missed(more.site, "cupping", "botox", "laser")
    agency.get(LISTING)
    with CaptureQueriesContext(connection) as many:
        agency.get(LISTING)
    assert len(many) == len(few)


def test_the_day_is_shown_as_a_day(clinic, agency):
    MissedSearch.objects.create(
        site=clinic.site, words="botox", times=2, last_on=timezone.localdate() - timedelta(days=1)
    )
    shown = agency.get(LISTING).text
    assert format_date(timezone.localdate() - timedelta(days=1)) in shown
    assert "ago" not in shown.split("botox")[1].split("</tr>")[0]
