"""The launch checklist: a clinic that is ready has no open line, and each thing that is wrong opens one."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_urlconf
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect

from clinicsite.clinics import hosts
from clinicsite.clinics.launching import checks, letters
from clinicsite.clinics.launching.checks import LaunchCheck, Outcome, look_at, ok
from clinicsite.clinics.launching.results import keep
from clinicsite.clinics.launching.states import change_state
from clinicsite.clinics.launching.subject import Subject
from clinicsite.clinics.models import ClinicHost, ClinicSettings, LaunchResult, MailTest, SiteState
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.home.models import ContactPage, StandardPage
from clinicsite.locations.models import LocationPage, LocationPhone, PractitionerPage, SpecialHours
from clinicsite.modalities.models import ModalityPage
from tests.factories import (
    ContactPageFactory,
    ImageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
    StandardPageFactory,
    UserFactory,
)
from tests.factories.sections import section
from tests.standing import standing

pytestmark = pytest.mark.django_db

NAMES = [
    "hours",
    "holidays",
    "phones",
    "people",
    "reviews",
    "contact",
    "privacy",
    "pictures",
    "links",
    "redirects",
    "contrast",
    "mail",
    "hosts",
    "structured-data",
    "sitemap",
]


def paragraphs(markup):
    return [section("What we think", markup)]


@standing(is_topmost=True)
def ready(clinic):
    """A clinic that nothing is missing of."""
    today = timezone.localdate()
    place = LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home), slug="main")
    place.special_hours.add(
        SpecialHours(name="A holiday", first_date=today, last_date=today + timedelta(days=300))
    )
    place.save()
    needling = ModalityPageFactory(
        parent=ModalityIndexPageFactory(parent=clinic.home), slug="dry-needling", reviewed_on=today
    )
    PractitionerPageFactory(
        parent=PractitionerIndexPageFactory(parent=clinic.home),
        title="Ada Brook",
        register_name="College of Physiotherapists",
        registration_number="12345",
        needling_authorised_on=date(2020, 5, 1),
        modalities=[needling],
    )
    ContactPageFactory(parent=clinic.home)
    StandardPageFactory(parent=clinic.home, title="Privacy", slug="privacy")
    hosts.note(clinic.site, clinic.host, "")
    MailTest.objects.create(
        site=clinic.site,
        address=clinic.settings.email,
        token="t" * 32,
        sent_at=timezone.now(),
        confirmed_at=timezone.now(),
    )
    return clinic


def lines_of(clinic):
    return {line.name: line.finding for line in look_at(Subject(clinic.site))}


def open_lines(clinic):
    return [name for name, found in lines_of(clinic).items() if found.outcome != Outcome.OK]


def text_page(clinic, markup, **fields):
    return StandardPageFactory(parent=clinic.home, title="About us", sections=paragraphs(markup), **fields)


def screen_of(clinic):
    return f"/admin/clinicsite/launch/{clinic.site.pk}/"


def test_a_ready_clinic_has_every_line_in_order(ready):
    found = lines_of(ready)
    assert list(found) == NAMES
    assert {name: one.sentence for name, one in found.items() if one.outcome != Outcome.OK} == {}


@pytest.mark.parametrize("state", [SiteState.DRAFT, SiteState.STAGING, SiteState.SUSPENDED])
def test_so_has_one_that_is_not_live(ready, state):
    change_state(ready.site, state)
    assert open_lines(ready) == []


def test_an_empty_clinic_has_its_lines_open_and_no_fault(clinic):
    found = lines_of(clinic)
    assert [name for name, one in found.items() if one.outcome == Outcome.OK] == [
        "pictures",
        "links",
        "redirects",
        "contrast",
        "structured-data",
        "sitemap",
    ]
    assert found["hosts"].outcome == Outcome.UNKNOWN
    assert checks.FAILED not in [one.sentence for one in found.values()]


class TestEachLine:
    """(what is wrong) -> the one line that says so, with where it is put right."""

    def said(self, clinic, name):
        assert open_lines(clinic) == [name]
        found = lines_of(clinic)[name]
        return found.sentence, [fix.url for fix in found.fixes]

    def test_no_hours(self, ready):
        page = LocationPage.objects.get()
        page.opening_hours.all().delete()
        page.opening_hours.clear()
        page.save()
        words, fixes = self.said(ready, "hours")
        assert words == f"Patients read “Call for our hours” at “{page.title}”."
        assert fixes == [f"/admin/pages/{page.pk}/edit/"]

    def test_no_holidays_ahead(self, ready):
        SpecialHours.objects.update(first_date=date(2020, 1, 1), last_date=date(2020, 1, 2))
        assert self.said(ready, "holidays")[0].startswith("No holiday or other special day of the next year")

    @pytest.mark.parametrize("number", ["+14165550", "+1999"])
    def test_a_number_that_cannot_be_dialled(self, ready, number):
        LocationPhone.objects.update(number=number)
        assert self.said(ready, "phones")[0].startswith("A number that no phone can dial")

    def test_a_number_that_nobody_answers(self, ready):
        LocationPhone.objects.update(label="fax")
        assert self.said(ready, "phones")[0].startswith("No number that somebody answers")

    def test_nobody_named_in_a_register(self, ready):
        PractitionerPage.objects.update(registration_number="")
        assert self.said(ready, "people")[0] == (
            "The register or the number in it is missing for “Ada Brook”."
        )

    def test_needling_without_a_date(self, ready):
        PractitionerPage.objects.update(needling_authorised_on=None)
        assert "the date is missing for “Ada Brook”." in self.said(ready, "people")[0]

    def test_somebody_who_does_not_needle_needs_none(self, ready):
        PractitionerPage.objects.update(needling_authorised_on=None)
        PractitionerPage.objects.get().modalities.clear()
        page = PractitionerPage.objects.get()
        page.modalities = []
        page.save()
        assert open_lines(ready) == []

    def test_a_page_that_no_clinician_has_checked(self, ready):
        ModalityPage.objects.update(reviewed_on=None)
        assert self.said(ready, "reviews")[0].startswith("No clinician has checked")

    def test_a_page_checked_too_long_ago(self, ready):
        ModalityPage.objects.update(reviewed_on=timezone.localdate() - timedelta(days=3 * 365 + 1))
        assert self.said(ready, "reviews")[0].startswith("It is over three years since")

    def test_no_contact_page(self, ready):
        ContactPage.objects.get().unpublish()
        assert self.said(ready, "contact")[0] == "There is no contact page that patients can read."

    def test_no_privacy_page(self, ready):
        StandardPage.objects.get(slug="privacy").unpublish()
        assert "what becomes of patients’ words" in self.said(ready, "privacy")[0]

    def test_a_picture_that_says_nothing(self, ready):
        ready.home.hero_image = ImageFactory(alt_text="", collection=ready.collection)
        ready.home.save()
        words, fixes = self.said(ready, "pictures")
        assert words.startswith("1 picture has no description for people who cannot see, on “North Clinic”")
        assert fixes == [f"/admin/pages/{ready.home.pk}/edit/"]

    @pytest.mark.parametrize(
        ("more", "is_silent"),
        [({}, True), ({"alt": "A room."}, False), ({"is_decorative": True}, False)],
    )
    def test_a_picture_in_a_text_may_be_told_there(self, ready, more, is_silent):
        picture = ImageFactory(alt_text="", collection=ready.collection)
        value = {"image": picture.pk, "alt": "", "is_decorative": False, "caption": ""} | more
        page = text_page(ready, "<p>Look.</p>")
        stored = list(page.sections.raw_data)
        stored[0]["value"]["body"].append({"type": "picture", "value": value, "id": "1" * 8})
        page.sections = stored
        page.save()
        assert open_lines(ready) == (["pictures"] if is_silent else [])

    def test_a_link_to_a_page_that_is_gone(self, ready):
        gone = StandardPageFactory(parent=ready.home, title="Gone", live=False)
        page = text_page(ready, f'<p><a linktype="page" id="{gone.pk}">there</a></p>')
        words, fixes = self.said(ready, "links")
        assert words == "These links lead nowhere: “Gone”, on “About us”."
        assert fixes == [f"/admin/pages/{page.pk}/edit/"]

    def test_a_link_to_a_key_of_nothing(self, ready):
        text_page(ready, '<p><a linktype="page" id="999999">there</a></p>')
        assert "“a page that is gone”" in self.said(ready, "links")[0]

    @pytest.mark.parametrize("root", ["", "http://north.localhost", "https://www.north.example"])
    def test_a_typed_address_of_the_site_that_is_not_there(self, ready, root):
        ClinicHost.objects.create(site=ready.site, name="www.north.example")
        hosts.note(ready.site, "www.north.example", "")
        text_page(ready, f'<p><a href="{root}/no-such-page/">there</a></p>')
        assert self.said(ready, "links")[0] == "These links lead nowhere: “/no-such-page/”, on “About us”."

    @pytest.mark.parametrize(
        "address",
        [
            "/privacy/",
            "/privacy",
            "/treatments/dry-needling/leaflet/",
            "/search/?q=knee",
            "https://elsewhere.example/no-such-page/",
            "mailto:desk@north.example",
            "tel:+14165550123",
            "#top",
            "/media/documents/x.pdf",
            "http://[::1",
        ],
    )
    def test_other_addresses_are_no_broken_links(self, ready, address):
        text_page(ready, f'<p><a href="{address}">there</a></p>')
        assert open_lines(ready) == []

    def test_an_old_address_that_leads_to_nothing(self, ready):
        gone = StandardPageFactory(parent=ready.home, live=False)
        Redirect.objects.create(site=ready.site, old_path="/old", redirect_page=gone)
        assert self.said(ready, "redirects")[0].startswith("These old addresses lead to nothing: “/old”.")

    def test_colours_from_before_a_rule(self, ready):
        ClinicSettings.objects.update(brand_primary="#eeeeee")
        assert "Main colour:" in self.said(ready, "contrast")[0]

    def test_no_email(self, ready):
        ClinicSettings.objects.filter(site=ready.site).update(email="")
        assert self.said(ready, "mail")[0].startswith("The clinic has no e-mail")

    def test_another_email_than_was_tried(self, ready):
        ClinicSettings.objects.filter(site=ready.site).update(email="new@north.example")
        words, fixes = self.said(ready, "mail")
        assert words == "Nobody has tried yet whether mail to new@north.example is read."
        assert fixes == [f"{screen_of(ready)}#mail-test"]

    def test_a_test_that_nobody_has_confirmed(self, ready):
        MailTest.objects.update(confirmed_at=None)
        assert "nobody has opened the link in it yet" in self.said(ready, "mail")[0]

    def test_a_host_that_does_not_answer(self, ready):
        hosts.note(ready.site, ready.host, "Nothing answers at north.localhost, port 80.")
        assert self.said(ready, "hosts")[0] == "Nothing answers at north.localhost, port 80."

    def test_nobody_is_told_of_a_neighbour(self, ready, other_clinic):
        LocationPageFactory(parent=LocationIndexPageFactory(parent=other_clinic.home), opening_hours=[])
        StandardPageFactory(parent=other_clinic.home, sections=paragraphs('<a href="/nothing/">x</a>'))
        assert open_lines(ready) == []


class TestTheList:
    def test_a_check_that_fails_takes_no_other_along(self, ready, monkeypatch, caplog):
        class Failing(LaunchCheck):
            name, title, order = "failing", "A fault of ours", 1

            def look(self, subject):
                raise RuntimeError("on purpose")

        monkeypatch.setitem(checks._checks, "failing", Failing)
        found = lines_of(ready)
        assert (found["failing"].outcome, found["failing"].sentence) == (Outcome.UNKNOWN, checks.FAILED)
        assert [name for name in found if name != "failing"] == NAMES
        assert "The check failing failed at north.localhost." in caplog.text

    def test_a_project_adds_a_line_of_its_own(self, ready, monkeypatch):
        monkeypatch.setattr(checks, "_checks", dict(checks._checks))

        @checks.register_launch_check
        class Fees(LaunchCheck):
            name, title, order = "fees", "Fees", 105

            def look(self, subject):
                return ok("There are fees.")

        assert list(lines_of(ready))[:3] == ["hours", "fees", "holidays"]

    def test_what_is_asked_inside_leaves_no_trace(self, ready):
        before = translation.get_language(), get_urlconf(), timezone.get_current_timezone_name()
        with translation.override("fr"):
            lines_of(ready)
            assert translation.get_language() == "fr"
        assert (translation.get_language(), get_urlconf(), timezone.get_current_timezone_name()) == before

    def test_the_number_of_queries_does_not_grow_with_pages(self, ready, django_assert_max_num_queries):
        lines_of(ready)
        with django_assert_max_num_queries(400) as few:
            lines_of(ready)
        treatments = ModalityPage.objects.get().get_parent()
        for number in range(8):
            ModalityPageFactory(parent=treatments, reviewed_on=timezone.localdate())
            text_page(ready, f"<p>{number}</p>", slug=f"about-{number}")
        lines_of(ready)
        with django_assert_max_num_queries(len(few)):
            lines_of(ready)


class TestTheScreen:
    def test_it_lists_open_lines_first_with_where_to_put_them_right(self, ready, owner, admin_client_of):
        LocationPhone.objects.update(label="fax")
        page = admin_client_of(owner).get(screen_of(ready)).text
        titles = re.findall(r'<h3 class="launch__name">([^<]*)', page)
        assert (titles[0], len(titles)) == ("Phone numbers", len(NAMES))
        assert "Checklist: 1 open" in page
        assert f"/admin/pages/{LocationPage.objects.get().pk}/edit/" in page

    def test_the_owner_opens_a_ready_site_with_one_press(self, ready, owner, admin_client_of):
        change_state(ready.site, SiteState.STAGING)
        admin_client_of(owner).post(screen_of(ready), {"do": "state", "state": "live", "seen": "staging"})
        assert ClinicSettings.objects.get(site=ready.site).is_live

    def test_with_open_lines_it_asks_once_more_and_names_them(self, ready, owner, admin_client_of):
        change_state(ready.site, SiteState.STAGING)
        LocationPhone.objects.update(label="fax")
        browser = admin_client_of(owner)
        press = {"do": "state", "state": "live", "seen": "staging"}
        answer = browser.post(screen_of(ready), press)
        assert "1 line of the list is still open." in answer.text
        assert "No number that somebody answers" in answer.text
        assert not ClinicSettings.objects.get(site=ready.site).is_live
        browser.post(screen_of(ready), press | {"knowingly": "yes"})
        assert ClinicSettings.objects.get(site=ready.site).is_live


class TestTheTestMessage:
    @pytest.fixture
    def letter(self, ready, owner, admin_client_of, mailoutbox, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            admin_client_of(owner).post(screen_of(ready), {"do": "mail"})
        (letter,) = mailoutbox
        return letter

    @pytest.fixture
    def link(self, letter):
        return re.search(r"http://localhost(:\d+)?(/\S+)", letter.body)[2]

    def test_it_goes_to_the_clinic_and_undoes_what_was_confirmed(self, ready, letter):
        assert letter.to == [ready.settings.email]
        assert "North Clinic" in letter.subject
        assert open_lines(ready) == ["mail"]

    def test_opening_the_link_is_not_enough_and_pressing_is(self, ready, link):
        browser = Client(HTTP_HOST="localhost")
        page = browser.get(link)
        assert page.status_code == 200
        assert "It has arrived" in page.text
        assert page.cookies == {}
        assert open_lines(ready) == ["mail"]
        assert "Thank you" in browser.post(link).text
        assert open_lines(ready) == []

    def test_whoever_is_signed_in_can_press_as_well(self, link, other_owner, admin_client_of):
        assert "Thank you" in admin_client_of(other_owner).post(link).text

    def test_an_old_link_or_a_made_up_one_is_nothing(self, ready, link):
        browser = Client(HTTP_HOST="localhost")
        letters.send_test(ready.site)
        for address in (link, "/admin/clinicsite/mail-test/made-up/"):
            assert browser.post(address).status_code == 404
        # This is no token at all, and is answered as any form that comes without a session.
        assert browser.post("/admin/clinicsite/mail-test/%00/").status_code == 403
        assert open_lines(ready) == ["mail"]

    def test_so_many_an_hour(self, ready, owner, admin_client_of):
        browser = admin_client_of(owner)
        for _ in range(5):
            browser.post(screen_of(ready), {"do": "mail"})
        token = MailTest.objects.get().token
        answer = browser.post(screen_of(ready), {"do": "mail"}, follow=True)
        assert "often enough this hour" in answer.text
        assert MailTest.objects.get().token == token


class TestEveryNight:
    @pytest.fixture(autouse=True)
    def _agency(self, library, ready):
        groups = ensure_agency_groups(library, [ready.home.get_parent()], ready.collection)
        UserFactory(
            username="administrator", email="agency@clinics.example", groups=[groups["Agency administrators"]]
        )

    @pytest.fixture
    def night(self, owner, mailoutbox, django_capture_on_commit_callbacks, capsys):
        """One night; gives the mails, and what the command said."""
        owner.email = "owner@north.example"
        owner.save()

        def run(*options):
            mailoutbox.clear()
            with django_capture_on_commit_callbacks(execute=True):
                call_command("check_clinics", "--no-network", *options)
            return list(mailoutbox), capsys.readouterr().out

        return run

    def test_what_breaks_is_told_once_to_owner_and_agency(self, ready, night):
        mails, said = night()
        assert (mails, said) == ([], "1 clinics looked at; something new is broken at 0.\n")
        LocationPhone.objects.update(label="fax")
        mails, said = night()
        assert [mail.to for mail in mails] == [["owner@north.example"], ["agency@clinics.example"]]
        for mail in mails:
            assert "Phone numbers: No number that somebody answers" in mail.body
            assert f"http://localhost{screen_of(ready)}" in mail.body
        assert "north.localhost: Phone numbers: No number" in said
        assert night()[0] == []

    def test_mended_and_broken_again_is_told_again(self, ready, night):
        night()
        LocationPhone.objects.update(label="fax")
        night()
        LocationPhone.objects.update(label="booking")
        assert night()[0] == []
        LocationPhone.objects.update(label="fax")
        assert len(night()[0]) == 2

    def test_what_was_open_when_it_was_opened_is_told_to_nobody(self, ready, night, owner, admin_client_of):
        change_state(ready.site, SiteState.STAGING)
        LocationPhone.objects.update(label="fax")
        press = {"do": "state", "state": "live", "seen": "staging", "knowingly": "yes"}
        admin_client_of(owner).post(screen_of(ready), press)
        assert LaunchResult.objects.get(site=ready.site, name="phones").outcome == Outcome.OPEN
        assert night()[0] == []

    def test_what_cannot_be_found_out_is_neither_broken_nor_mended(self, ready, night):
        night()
        hosts.note(ready.site, ready.host, "Nothing answers.")
        assert len(night()[0]) == 2
        ready.site.clinicsite_host_checks.all().delete()
        assert night()[0] == []
        hosts.note(ready.site, ready.host, "Nothing answers.")
        assert night()[0] == []

    def test_what_nobody_had_asked_before_is_told_when_it_is_found_wrong(self, ready, night):
        ready.site.clinicsite_host_checks.all().delete()
        night()
        hosts.note(ready.site, ready.host, "Nothing answers.")
        assert "The addresses lead here: Nothing answers." in night()[0][0].body

    def test_during_maintenance_nothing_is_looked_at_and_nobody_is_woken(self, ready, night, settings):
        night()
        settings.CLINICSITE = settings.CLINICSITE | {"MAINTENANCE": True}
        with pytest.raises(CommandError, match="closed for maintenance"):
            night()

    def test_sites_that_are_not_live_are_left_alone(self, ready, night):
        night()
        change_state(ready.site, SiteState.SUSPENDED)
        LocationPhone.objects.update(label="fax")
        assert night() == ([], "0 clinics looked at; something new is broken at 0.\n")

    def test_one_owner_is_told_nothing_of_another_clinic(self, ready, other_clinic, other_owner, night):
        other_owner.email = "owner@south.example"
        other_owner.save()
        night()
        LocationPhone.objects.update(label="fax")
        mails, _said = night()
        assert "owner@south.example" not in [address for mail in mails for address in mail.recipients()]

    def test_a_clinic_that_cannot_be_looked_at_keeps_nobody_else_from_it(
        self, ready, other_clinic, night, monkeypatch, caplog
    ):
        ClinicSettings.objects.filter(site=other_clinic.site).update(name="South")
        real = letters.keep

        def keep_or_fail(site, lines):
            if site == other_clinic.site:
                raise RuntimeError("on purpose")
            return real(site, lines)

        monkeypatch.setattr(letters, "keep", keep_or_fail)
        with pytest.raises(CommandError, match=r"Could not be looked at: south\.localhost"):
            night()
        assert LaunchResult.objects.filter(site=ready.site).count() == len(NAMES)

    def test_without_an_owner_the_clinic_is_told(self, ready):
        ready.groups.owner.user_set.clear()
        assert letters.owners_of(ready.site) == [ready.settings.email]


def test_since_when_it_is_so_is_kept(ready):
    keep(ready.site, look_at(Subject(ready.site)))
    first = LaunchResult.objects.get(site=ready.site, name="phones").since
    keep(ready.site, look_at(Subject(ready.site)))
    assert LaunchResult.objects.get(site=ready.site, name="phones").since == first
