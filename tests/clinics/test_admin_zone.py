"""The admin of a clinic's people runs in the clinic's zone, and says so beside each time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.profile import profile_for
from clinicsite.home.contact.letters import notice_of
from clinicsite.home.models import BlogPage, ContactMessage
from tests.factories import BlogPageFactory, ContactPageFactory, UserFactory

pytestmark = pytest.mark.django_db

EDMONTON = "Time zone: America/Edmonton."
#: In Edmonton it is still 8:00 pm of 19 December, in Toronto 10:00 pm.
NOW = datetime(2026, 12, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_edmonton(clinic):
    ClinicSettings.objects.filter(site=clinic.site).update(time_zone="America/Edmonton")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def post_page(clinic):
    return BlogPageFactory(parent__parent=clinic.home, title="Snow")


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def schedule(browser, page, go_live):
    data = nested_form_data(
        {
            "title": "Snow",
            "slug": "snow",
            "summary-source": "own",
            "summary": "Shovel well.",
            "date": "2026-12-20",
            "sections": {"count": "0"},
            "comments": inline_formset([]),
            "related_posts": inline_formset([]),
            "go_live_at": go_live,
            "action-publish": "Publish",
        }
    )
    response = browser.post(f"/admin/pages/{page.pk}/edit/", data)
    assert response.status_code == 302, response.context["form"].errors
    return BlogPage.objects.get(pk=page.pk).get_latest_revision().approved_go_live_at


def choose_zone(user, zone):
    profile = UserProfile.get_for_user(user)
    profile.current_time_zone = zone
    profile.save()


def test_eight_oclock_is_eight_oclock_at_the_clinic(browser, post_page):
    # Alberta stays six hours behind UTC all winter from 2026 on.
    assert schedule(browser, post_page, "2026-12-24 08:00") == datetime(2026, 12, 24, 14, tzinfo=UTC)


@pytest.mark.parametrize(("chosen", "hour"), [("America/Halifax", 12), ("", 14)])
def test_who_has_chosen_a_zone_in_the_account_keeps_it(browser, owner, post_page, chosen, hour):
    choose_zone(owner, chosen)
    assert schedule(browser, post_page, "2026-12-24 08:00") == datetime(2026, 12, 24, hour, tzinfo=UTC)
    assert UserProfile.objects.get(user=owner).current_time_zone == chosen


def test_each_field_with_a_time_names_the_zone(browser, clinic, post_page):
    form = browser.get(f"/admin/pages/{post_page.pk}/edit/").context["form"]
    assert EDMONTON in form.fields["go_live_at"].help_text
    assert EDMONTON in form.fields["expire_at"].help_text
    settings = browser.get(f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/")
    shown = settings.content.decode()
    assert shown.count(EDMONTON) == 2
    assert f"Empty shows it at once. {EDMONTON}" in shown


def test_an_announcement_is_meant_in_the_clinics_zone(browser, clinic):
    address = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
    form = browser.get(address).context["form"]
    data = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    data |= {"announcement": "Snow", "announcement_from": "2026-12-24 08:00"}
    lists = {"insurers": inline_formset([]), "social_links": inline_formset([])}
    assert browser.post(address, nested_form_data(data | lists)).status_code == 302
    settings = ClinicSettings.objects.get(site=clinic.site)
    assert settings.announcement_from == datetime(2026, 12, 24, 14, tzinfo=UTC)


def test_a_new_post_is_of_the_clinics_day(browser, post_page):
    address = f"/admin/pages/add/clinicsite_home/blogpage/{post_page.get_parent().pk}/"
    form = browser.get(address).context["form"]
    assert str(form["date"].value()) == "19 Dec 2026"


def test_the_times_of_messages_are_the_clinics_in_the_file_and_the_mail(browser, clinic):
    page = ContactPageFactory(parent=clinic.home)
    message = ContactMessage.objects.create(page=page, name="Jo", email="jo@mail.example", message="Hi")
    lines = b"".join(browser.get("/admin/clinicsite/messages/?export=csv").streaming_content).decode()
    assert "Received (America/Edmonton)" in lines
    assert "2026-12-19 21:00" in lines
    letter = notice_of(message, profile_for(clinic.site)).body
    assert f"It is deleted on {message.delete_at - timedelta(hours=6):%Y-%m-%d}" in letter


def test_who_holds_no_role_at_a_clinic_keeps_the_projects_zone(admin_client_of, post_page):
    agency = UserFactory(is_superuser=True)
    shown = admin_client_of(agency).get(f"/admin/pages/{post_page.pk}/edit/")
    assert "Time zone: America/Toronto." in shown.context["form"].fields["go_live_at"].help_text
    assert not UserProfile.objects.filter(user=agency).exclude(current_time_zone="").exists()


def test_who_works_for_clinics_in_two_zones_has_that_of_the_clinic_they_are_at(
    owner, other_clinic, admin_client_of, post_page
):
    owner.groups.add(other_clinic.groups.owner)
    shown = admin_client_of(owner).get(f"/admin/pages/{post_page.pk}/edit/")
    assert "Time zone: America/Edmonton." in shown.context["form"].fields["go_live_at"].help_text


def test_the_clinics_zone_is_not_kept_for_the_next_request(browser, owner, post_page):
    browser.get(f"/admin/pages/{post_page.pk}/edit/")
    assert not UserProfile.objects.filter(user=owner).exclude(current_time_zone="").exists()
