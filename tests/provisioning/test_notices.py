"""What the agency tells clinics: for whom, when, and where it stands."""

from datetime import UTC, datetime

import pytest
import time_machine

from clinicsite.clinics.models import ClinicGroup, Notice
from clinicsite.clinics.profile import profile_for
from clinicsite.clinics.roles import ensure_agency_groups
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/clinicsite/notices/"


@pytest.fixture
def browser(clinic, library, admin_client_of):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return admin_client_of(UserFactory(username="administrator", groups=[groups["Agency administrators"]]))


@pytest.fixture
def owners(owner, admin_client_of):
    return admin_client_of(owner)


def notice(**fields):
    to_all = fields.pop("to_all", False)
    sites, groups = fields.pop("sites", []), fields.pop("groups", [])
    made = Notice.objects.create(title="Maintenance", text="On Sunday from 6.", to_all=to_all, **fields)
    made.sites.set(sites)
    made.groups.set(groups)
    return made


def reads_it(browser):
    return "On Sunday from 6." in browser.get("/admin/").text


def test_the_people_of_the_chosen_clinics_read_it_on_their_first_screen(owners, clinic, other_clinic):
    one = notice(sites=[other_clinic.site])
    assert not reads_it(owners)
    one.sites.add(clinic.site)
    assert reads_it(owners)


def test_the_people_of_the_clinics_of_a_group_read_it(owners, clinic, other_clinic):
    group = ClinicGroup.objects.create(name="Alberta")
    group.sites.add(other_clinic.site)
    notice(groups=[group])
    assert not reads_it(owners)
    group.sites.add(clinic.site)
    assert reads_it(owners)


def test_everybody_of_a_clinic_reads_what_is_for_all(owners, admin_client_of, library_editor):
    notice(to_all=True)
    assert reads_it(owners)
    assert not reads_it(admin_client_of(library_editor))


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [
        ("2026-02-01T11:59:59Z", False),
        ("2026-02-01T12:00:00Z", True),
        ("2026-02-03T11:59:59Z", True),
        ("2026-02-03T12:00:00Z", False),
    ],
)
def test_it_shows_from_its_beginning_until_its_end(owner, admin_client_of, clinic, moment, is_shown):
    starts, ends = datetime(2026, 2, 1, 12, tzinfo=UTC), datetime(2026, 2, 3, 12, tzinfo=UTC)
    notice(to_all=True, starts=starts, ends=ends, on_sites=True, text_on_sites="No booking on Sunday.")
    with time_machine.travel(moment, tick=False):
        assert reads_it(admin_client_of(owner)) is is_shown
        assert profile_for(clinic.site).current_notices == (["No booking on Sunday."] if is_shown else [])


def test_patients_read_it_only_where_it_is_for_them(clinic, other_clinic, visit):
    one = notice(sites=[clinic.site], text_on_sites="No booking on Sunday.")
    assert "No booking on Sunday." not in visit("/").text
    one.on_sites = True
    one.save()
    assert "No booking on Sunday." in visit("/").text
    assert profile_for(other_clinic.site).current_notices == []
    one.sites.set([other_clinic.site])
    assert "No booking on Sunday." not in visit("/").text
    assert profile_for(other_clinic.site).current_notices == ["No booking on Sunday."]
    one.delete()
    assert profile_for(other_clinic.site).current_notices == []


def test_both_the_announcement_and_a_notice_show(clinic, visit):
    clinic.settings.announcement = "Closed for the storm."
    clinic.settings.save()
    notice(sites=[clinic.site], on_sites=True, text_on_sites="No booking on Sunday.")
    text = visit("/").text
    assert "Closed for the storm." in text
    assert "No booking on Sunday." in text


def test_an_administrator_writes_one(browser, clinic):
    typed = {"title": "Maintenance", "text": "On Sunday from 6."}
    refused = browser.post(f"{ADDRESS}new/", typed)
    assert refused.context["form"].errors["to_all"] == [
        "Choose whom it is for: clinics, groups of them, or every clinic."
    ]
    silent = browser.post(f"{ADDRESS}new/", typed | {"to_all": "on", "on_sites": "on"})
    assert silent.context["form"].errors["text_on_sites"] == ["Say what patients read."]
    assert browser.post(f"{ADDRESS}new/", typed | {"sites": [clinic.site.pk]}).status_code == 302
    assert list(Notice.objects.get().sites.all()) == [clinic.site]
    assert "Maintenance" in browser.get(ADDRESS).text


def test_an_end_before_the_beginning_is_refused(clinic):
    day = datetime(2026, 2, 1, tzinfo=UTC)
    one = Notice(title="A", text="B", starts=day, ends=day)
    with pytest.raises(Exception, match="must end after it begins"):
        one.full_clean()
