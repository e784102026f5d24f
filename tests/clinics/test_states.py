"""The state of a clinic's site: who may change it, what it does at once, and how it is taken back."""

import logging

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from clinicsite.clinics.launching import states
from clinicsite.clinics.launching.states import StateError, change_state, take_back
from clinicsite.clinics.models import ClinicSettings, SiteState, StateChange
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.clinics.visits import WORD, link_to, word_for
from clinicsite.signals import clinic_state_changed
from tests.factories import (
    BlogIndexPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    NetworkPageFactory,
    StandardPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CLOSED_NOW = "This website is closed for now"


@pytest.fixture
def administrator(clinic, library):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def agency(administrator, admin_client_of):
    return admin_client_of(administrator)


def screen_of(clinic):
    return f"/admin/clinicsite/launch/{clinic.site.pk}/"


def state_of(clinic):
    return ClinicSettings.objects.values_list("state", flat=True).get(site=clinic.site)


class TestTheFunction:
    def test_it_is_noted_logged_and_told(
        self, clinic, administrator, caplog, django_capture_on_commit_callbacks
    ):
        heard = []

        def hear(sender, **arguments):
            heard.append((sender, arguments["site"], arguments["before"], arguments["after"]))

        clinic_state_changed.connect(hear)
        try:
            with caplog.at_level(logging.INFO), django_capture_on_commit_callbacks(execute=True):
                change_state(clinic.site, SiteState.STAGING, by=administrator)
        finally:
            clinic_state_changed.disconnect(hear)
        assert heard == [(ClinicSettings, clinic.site, "live", "staging")]
        assert f"The site {clinic.host} is staging now; it was live." in caplog.text
        change = StateChange.objects.get()
        assert (change.before, change.after, change.by) == ("live", "staging", administrator)
        entry = ModelLogEntry.objects.get(action="clinicsite.state")
        assert (entry.user, entry.data) == (administrator, {"before": "live", "after": "staging"})

    def test_nothing_but_the_state_is_written(self, clinic):
        ClinicSettings.objects.filter(pk=clinic.settings.pk).update(tagline="Written meanwhile")
        change_state(clinic.site, SiteState.DRAFT)
        assert ClinicSettings.objects.get(site=clinic.site).tagline == "Written meanwhile"

    def test_of_two_who_press_the_second_is_told(self, clinic):
        change_state(clinic.site, SiteState.DRAFT, expected=SiteState.LIVE)
        with pytest.raises(StateError, match="Somebody has changed the state"):
            change_state(clinic.site, SiteState.STAGING, expected=SiteState.LIVE)
        assert state_of(clinic) == SiteState.DRAFT

    def test_the_last_press_is_taken_back_once(self, clinic):
        change_state(clinic.site, SiteState.STAGING)
        change_state(clinic.site, SiteState.LIVE)
        take_back(clinic.site)
        assert state_of(clinic) == SiteState.STAGING
        with pytest.raises(StateError, match="nothing to take back"):
            take_back(clinic.site)

    def test_a_suspension_is_not_taken_back_by_that_press(self, clinic):
        change_state(clinic.site, SiteState.SUSPENDED)
        with pytest.raises(StateError, match="nothing to take back"):
            take_back(clinic.site)


class TestWhoMay:
    def test_the_owner_opens_and_closes_and_does_not_suspend(self, clinic, owner, editor):
        now = SiteState.STAGING
        assert states.states_for(owner, clinic.site, now) == {"draft", "live"}
        assert states.states_for(owner, clinic.site, SiteState.SUSPENDED) == set()
        assert states.states_for(editor, clinic.site, now) == set()

    def test_the_agency_may_all(self, clinic, administrator):
        assert states.states_for(administrator, clinic.site, SiteState.LIVE) == {
            "draft",
            "staging",
            "suspended",
        }
        assert states.states_for(administrator, clinic.site, SiteState.SUSPENDED) == {
            "draft",
            "staging",
            "live",
        }

    def test_who_works_in_the_library_alone_may_nothing(self, clinic, library_editor):
        assert states.states_for(library_editor, clinic.site, SiteState.LIVE) == set()

    def test_who_administers_another_network_may_nothing(self, clinic, library):
        elsewhere = NetworkPageFactory(title="Elsewhere", slug="elsewhere")
        groups = ensure_agency_groups(library, [elsewhere], clinic.collection)
        person = UserFactory(username="elsewhere", groups=[groups["Agency administrators"]])
        assert states.states_for(person, clinic.site, SiteState.STAGING) == set()

    def test_no_neighbour_may_anything(self, clinic, other_owner, admin_client_of):
        assert states.states_for(other_owner, clinic.site, SiteState.LIVE) == set()
        browser = admin_client_of(other_owner)
        assert browser.get(screen_of(clinic)).status_code == 404
        assert browser.post(screen_of(clinic), {"do": "state", "state": "draft"}).status_code == 404

    @pytest.mark.parametrize("do", ["state", "back", "mail"])
    def test_an_editor_reads_and_presses_nothing(self, clinic, editor, admin_client_of, do, mailoutbox):
        change_state(clinic.site, SiteState.STAGING)
        browser = admin_client_of(editor)
        page = browser.get(screen_of(clinic)).text
        assert 'name="do"' not in page
        assert browser.post(screen_of(clinic), {"do": do, "state": "live"}).status_code == 404
        assert (state_of(clinic), mailoutbox) == (SiteState.STAGING, [])

    def test_no_form_of_settings_changes_the_state(self, clinic, owner, admin_client_of):
        path = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
        page = admin_client_of(owner).get(path).text
        assert 'name="state"' not in page
        assert screen_of(clinic) in page


class TestTheScreen:
    def press(self, browser, clinic, state, **more):
        seen = state_of(clinic)
        data = {"do": "state", "state": state, "seen": seen} | more
        return browser.post(screen_of(clinic), data, follow=True)

    def test_the_agency_suspends_and_ends_it(self, clinic, agency):
        self.press(agency, clinic, "suspended")
        assert state_of(clinic) == SiteState.SUSPENDED
        self.press(agency, clinic, "live", knowingly="yes")
        assert state_of(clinic) == SiteState.LIVE

    def test_the_owner_is_not_given_what_is_not_theirs(self, clinic, owner, admin_client_of):
        browser = admin_client_of(owner)
        assert "Suspend" not in browser.get(screen_of(clinic)).text
        self.press(browser, clinic, "suspended")
        assert state_of(clinic) == SiteState.LIVE
        change_state(clinic.site, SiteState.SUSPENDED)
        page = browser.get(screen_of(clinic)).text
        assert "opens it again." in page
        self.press(browser, clinic, "live", knowingly="yes")
        assert state_of(clinic) == SiteState.SUSPENDED

    def test_a_screen_from_before_somebody_elses_press_changes_nothing(self, clinic, agency):
        change_state(clinic.site, SiteState.STAGING)
        answer = agency.post(
            screen_of(clinic), {"do": "state", "state": "draft", "seen": "live"}, follow=True
        )
        assert "Somebody has changed the state" in answer.text
        assert state_of(clinic) == SiteState.STAGING

    def test_going_live_is_taken_back(self, clinic, agency):
        change_state(clinic.site, SiteState.STAGING)
        self.press(agency, clinic, "live", knowingly="yes")
        assert Client(HTTP_HOST=clinic.host).get("/").status_code == 200
        agency.post(screen_of(clinic), {"do": "back", "seen": "live"})
        assert state_of(clinic) == SiteState.STAGING
        assert Client(HTTP_HOST=clinic.host).get("/").status_code == 403

    def test_who_of_the_agency_did_it_is_not_told_to_the_clinic(
        self, clinic, agency, administrator, owner, admin_client_of
    ):
        self.press(agency, clinic, "staging")
        assert "administrator" in agency.get(screen_of(clinic)).text.partition("What was changed")[2]
        told = admin_client_of(owner).get(screen_of(clinic)).text.partition("What was changed")[2]
        assert "from Live to Staging" in told
        assert "administrator" not in told


class TestSuspended:
    @pytest.fixture
    def suspended(self, clinic):
        LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home))
        BlogIndexPageFactory(parent=clinic.home, title="What we think", slug="blog")
        change_state(clinic.site, SiteState.SUSPENDED)

    @pytest.mark.parametrize(
        "path",
        [
            *("/", "/blog/", "/blog/feed/", "/nothing/", "/search/?q=pain", "/sitemap.xml", "/robots.txt"),
            *("/llms.txt", "/offline/", "/documents/1/x.pdf", "/clinicsite/cards/1-x.jpg"),
        ],
    )
    def test_everybody_reads_that_it_is_closed_for_now_and_how_to_call(self, suspended, visit, path):
        answer = visit(path)
        assert (answer.status_code, answer["Retry-After"]) == (503, "86400")
        assert answer["Cache-Control"] == "no-store"
        # Robots that are told to forget the site would have to learn it anew.
        assert "X-Robots-Tag" not in answer
        assert CLOSED_NOW in answer.text
        assert "North Clinic" in answer.text
        assert 'href="tel:' in answer.text
        assert "What we think" not in answer.text

    def test_nothing_is_taken(self, suspended, clinic):
        browser = Client(HTTP_HOST=clinic.host)
        assert browser.post("/contact/", {"name": "Jo"}).status_code == 503

    def test_what_the_page_is_drawn_with_is_given_out(self, suspended, visit):
        assert visit("/favicon.ico").status_code in (200, 302)

    def test_a_link_from_before_opens_nothing(self, suspended, clinic, visit):
        assert visit("/", {WORD: word_for(clinic.site)}).status_code == 503
        browser = Client(HTTP_HOST=clinic.host)
        browser.cookies[WORD] = word_for(clinic.site)
        assert browser.get("/").status_code == 503

    def test_who_works_on_it_looks_in(self, suspended, clinic, owner, admin_client_of):
        answer = admin_client_of(owner).get(f"/admin/clinicsite/visit/{clinic.site.pk}/?to=/")
        browser = Client(HTTP_HOST=clinic.host)
        word = answer["Location"].partition("?")[2]
        assert browser.get(f"/?{word}", follow=True).status_code == 200
        assert browser.get("/blog/").status_code == 200

    def test_no_link_of_a_neighbour_opens_it(self, suspended, clinic, other_clinic, visit):
        link = link_to(other_clinic.site, at_work=True)
        assert visit(f"/?{link.partition('?')[2]}").status_code == 503

    def test_all_is_there_again_afterwards(self, suspended, clinic, visit):
        change_state(clinic.site, SiteState.LIVE)
        assert visit("/blog/").status_code == 200
        assert "Sitemap:" in visit("/robots.txt").text

    def test_its_people_go_on_working(self, suspended, clinic, owner, admin_client_of):
        page = StandardPageFactory(parent=clinic.home)
        assert admin_client_of(owner).get(f"/admin/pages/{page.pk}/edit/").status_code == 200


class TestTheAdminClosed:
    @pytest.fixture
    def closed(self, clinic):
        change_state(clinic.site, SiteState.SUSPENDED, closes_admin=True)
        return StandardPageFactory(parent=clinic.home)

    def test_its_people_are_told_so_at_every_address(self, clinic, closed, owner, editor, admin_client_of):
        for person in (owner, editor):
            browser = admin_client_of(person)
            for path in ("/admin/", f"/admin/pages/{closed.pk}/edit/", screen_of(clinic), "/admin/images/"):
                answer = browser.get(path)
                assert (path, answer.status_code) == (path, 403)
                assert "The admin is closed for now" in answer.text

    def test_they_may_sign_out(self, closed, owner, admin_client_of):
        assert admin_client_of(owner).post("/admin/logout/").status_code == 302

    def test_the_agency_and_neighbours_go_on(self, clinic, closed, agency, other_owner, admin_client_of):
        assert agency.get(f"/admin/pages/{closed.pk}/edit/").status_code == 200
        assert admin_client_of(other_owner).get("/admin/").status_code == 200

    def test_who_works_for_two_clinics_has_the_other_one_alone(
        self, clinic, closed, other_clinic, admin_client_of
    ):
        both = UserFactory(username="both", groups=[clinic.groups.owner, other_clinic.groups.owner])
        browser = admin_client_of(both)
        page = StandardPageFactory(parent=other_clinic.home)
        assert browser.get("/admin/").status_code == 200
        assert browser.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
        assert browser.get(f"/admin/pages/{closed.pk}/edit/").status_code == 404
        assert browser.get(screen_of(clinic)).status_code == 404

    def test_it_is_open_again_with_the_site(self, clinic, closed, owner, admin_client_of):
        change_state(clinic.site, SiteState.STAGING)
        assert admin_client_of(owner).get(f"/admin/pages/{closed.pk}/edit/").status_code == 200
        assert not ClinicSettings.objects.get(site=clinic.site).is_admin_closed

    def test_only_a_suspension_closes_it(self, clinic):
        change_state(clinic.site, SiteState.DRAFT, closes_admin=True)
        assert not ClinicSettings.objects.get(site=clinic.site).is_admin_closed
