"""What the page editor says of a page is held against what patients read."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from clinicsite.core.editor import state_of
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ModalityPageFactory,
    StandardPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOON = "2026-11-29T17:00:00Z"  # Noon in Toronto.


@pytest.fixture
def page(clinic):
    """Published at noon, with a summary that patients can read."""
    page = StandardPageFactory(parent=clinic.home, title="Fees", slug="fees", live=False)
    page.summary = "Ninety dollars."
    with time_machine.travel(NOON, tick=False):
        page.save_revision().publish()
    return fresh(page)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def change(page, summary, **fields):
    draft = fresh(page).get_latest_revision_as_object()
    draft.summary = summary
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def said_in_the_editor(browser, page):
    return unescape(browser.get(f"/admin/pages/{page.pk}/edit/").text)


def test_a_page_that_is_published_says_since_when(page, browser, visit):
    said = said_in_the_editor(browser, page)
    assert "Patients read the version of 29 November 2026, 12:00. Nothing waits to be published." in said
    assert "Ninety dollars." in visit("/fees/").text


def test_changes_that_wait_are_not_called_live(page, browser, visit):
    change(page, "A hundred dollars.")
    said = said_in_the_editor(browser, page)
    assert (
        "Patients read the version of 29 November 2026, 12:00. Changes made since then are saved as a draft "
        "and not published." in said
    )
    assert "Ninety dollars." in visit("/fees/").text
    page = fresh(page)
    page.get_latest_revision().publish()
    assert "Nothing waits to be published." in said_in_the_editor(browser, page)
    assert "A hundred dollars." in visit("/fees/").text


def test_an_autosave_brings_the_line_up_to_date(page, browser):
    sent = {"title": "Fees", "slug": "fees", "summary": "A hundred dollars.", "sections-count": "0"}
    form = nested_form_data(sent | {"comments": inline_formset([])})
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", form, headers={"accept": "application/json"})
    assert answer.json()["success"]
    assert "Changes made since then are saved as a draft and not published." in answer.json()["html"]
    assert 'data-w-teleport-target-value="[data-clinicsite-state]"' in answer.json()["html"]


def test_a_page_that_code_has_made_has_no_moment(clinic):
    assert (
        state_of(clinic.home) == "Patients read the version that is published. Nothing waits to be published."
    )


def test_a_draft_and_a_page_that_was_taken_down_are_told_apart(page, clinic):
    draft = StandardPageFactory(parent=clinic.home, live=False)
    assert state_of(draft) == "This is a draft: patients cannot read it yet."
    page.unpublish()
    assert state_of(fresh(page)) == "Patients cannot read this page: it is not published now."


def test_a_set_time_is_named(page):
    at = timezone.now() + timedelta(days=1)
    change(page, "A hundred dollars.", go_live_at=at).publish()
    local = timezone.localtime(at)
    assert state_of(fresh(page)).endswith(f" A version goes live on {local:%-d %B %Y, %H:%M}.")


def test_a_folder_that_no_patient_reads_has_no_line(library, admin_client_of, library_editor):
    shown = said_in_the_editor(admin_client_of(library_editor), library)
    assert "data-clinicsite-state" not in shown


class TestTheSchedule:
    """Each button does what it says."""

    def send(self, browser, page, **more):
        at = timezone.localtime(timezone.now() + timedelta(days=1))
        sent = {"title": page.title, "slug": page.slug, "summary": "In a week.", "sections-count": "0"}
        sent |= {"go_live_at": f"{at:%Y-%m-%d %H:%M}", "comments": inline_formset([])}
        return browser.post(f"/admin/pages/{page.pk}/edit/", nested_form_data(sent | more))

    @pytest.fixture
    def draft(self, clinic):
        return StandardPageFactory(parent=clinic.home, title="News", slug="news", live=False)

    def test_publish_with_these_dates_does_schedule(self, browser, draft, visit):
        shown = said_in_the_editor(browser, draft)
        assert 'name="action-publish" value="action-publish">Publish with these dates</button>' in shown
        assert "With a go-live time, patients read this version from then on." in shown
        assert "Save schedule" not in shown
        self.send(browser, draft, **{"action-publish": "action-publish"})
        assert fresh(draft).scheduled_revision is not None
        assert visit("/news/").status_code == 404
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            call_command("publish_scheduled")
        assert visit("/news/").status_code == 200

    def test_keep_the_dates_in_the_draft_schedules_nothing(self, browser, draft):
        assert "Keep the dates in the draft</button>" in said_in_the_editor(browser, draft)
        self.send(browser, draft)
        assert fresh(draft).scheduled_revision is None
        assert fresh(draft).get_latest_revision_as_object().go_live_at is not None

    def test_a_new_page_offers_the_same(self, browser, clinic):
        blog = BlogIndexPageFactory(parent=clinic.home)
        shown = unescape(browser.get(f"/admin/pages/add/clinicsite_home/blogpage/{blog.pk}/").text)
        assert "Publish with these dates</button>" in shown

    def test_a_library_page_is_released_instead(self, library, admin_client_of):

        treatment = ModalityPageFactory(parent=library)
        browser = admin_client_of(UserFactory(is_superuser=True))
        for address in (
            f"/admin/pages/{treatment.pk}/edit/",
            f"/admin/pages/add/clinicsite_modalities/modalitypage/{library.pk}/",
        ):
            shown = unescape(browser.get(address).text)
            assert "Publish with these dates" not in shown
            assert "Keep the dates in the draft</button>" in shown


def test_a_page_of_the_projects_keeps_wagtails_editor(admin_client_of):

    page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    shown = admin_client_of(UserFactory(is_superuser=True)).get(f"/admin/pages/{page.pk}/edit/").text
    assert "data-clinicsite-state" not in shown
    assert "Save schedule" in shown


def test_a_post_that_follows_is_told_of_like_any_other(clinic, browser):
    post = BlogPageFactory(parent__parent=clinic.home)
    assert "Nothing waits to be published." in said_in_the_editor(browser, post)
