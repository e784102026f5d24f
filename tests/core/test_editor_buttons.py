"""Publish is the first button for who may publish; what is not published can be set aside, and comes back."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from clinicsite.core.discarding import DISCARDED
from clinicsite.home.models import StandardPage
from tests.factories import BlogIndexPageFactory, ModalityPageFactory, StandardPageFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(clinic):
    page = StandardPageFactory(parent=clinic.home, title="Fees", slug="fees", live=False)
    page.summary = "Ninety dollars."
    page.save_revision().publish()
    return fresh(page)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def changed(page):
    """The page, with a draft that patients do not read."""
    draft = page.get_latest_revision_as_object()
    draft.summary = "A hundred dollars."
    draft.save_revision()
    return fresh(page)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def footer(browser, address):
    """The words on the buttons under an editor, in the order in which the Tab key meets them."""
    html = unescape(browser.get(address).text)
    html = html[html.index("<footer") : html.index("</footer>")]
    words = re.findall(r"<(?:button|a)\b(?![^>]*aria-hidden)[^>]*>(.*?)</(?:button|a)>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in words]


def editor(page):
    return f"/admin/pages/{page.pk}/edit/"


def form(page, **more):
    sent = {"title": page.title, "slug": page.slug, "summary": "A hundred dollars.", "sections-count": "0"}
    return nested_form_data(sent | {"comments": inline_formset([])} | more)


def discard(browser, page, **options):
    return browser.post(f"/admin/clinicsite/drafts/{page.pk}/discard/", **options)


def test_publish_comes_first_and_the_draft_second(browser, page, clinic):
    old = f"/admin/pages/{page.pk}/revisions/{page.latest_revision_id}/revert/"
    blog = BlogIndexPageFactory(parent=clinic.home)
    assert footer(browser, editor(page))[:3] == ["Publish", "Publish at…", "Save draft"]
    new = f"/admin/pages/add/clinicsite_home/blogpage/{blog.pk}/"
    assert footer(browser, new)[:3] == ["Publish", "Publish at…", "Save draft"]
    assert footer(browser, old)[:3] == ["Publish this version", "Publish at…", "Replace current draft"]


def test_what_enter_presses_saves_and_does_not_publish(browser, page, clinic):
    """A browser presses the first button of the form, wherever it stands: here, before the form."""
    old = f"/admin/pages/{page.pk}/revisions/{page.latest_revision_id}/revert/"
    new = f"/admin/pages/add/clinicsite_home/standardpage/{clinic.home.pk}/"
    for address in (editor(page), old, new):
        html = browser.get(address).text
        (first,) = re.findall(r"<button[^>]*clinicsite-enter-saves[^>]*>", html)
        assert html.index(first) < html.index('id="page-edit-form"')
        assert 'type="submit" form="page-edit-form"' in first
        assert "name=" not in first


def test_a_library_page_keeps_its_own_buttons(library, admin_client_of):
    treatment = ModalityPageFactory(parent=library)
    shown = footer(admin_client_of(UserFactory(is_superuser=True)), editor(treatment))
    assert "Publish" not in shown
    assert "Publish at…" not in shown
    assert shown[0] == "Save draft"


def test_a_page_of_the_projects_keeps_wagtails_buttons(admin_client_of):
    page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    shown = footer(admin_client_of(UserFactory(is_superuser=True)), editor(page))
    assert shown[0] == "Save draft"
    assert "Publish at…" not in shown


def test_after_publishing_one_is_in_the_editor_with_a_way_to_the_page_and_to_the_list(browser, page):
    sent = form(page, **{"action-publish": "action-publish", "next": "/admin/posts/"})
    answer = browser.post(editor(page), sent, follow=True)
    assert answer.redirect_chain == [(f"{editor(page)}?next=/admin/posts/", 302)]
    said = unescape(answer.text)
    assert "Page 'Fees' has been published." in said
    assert re.search(r'href="[^"]*/fees/"[^>]*>View live</a>', said)
    assert 'href="/admin/posts/" class="button button-small button-secondary">Back to the list</a>' in said
    assert fresh(page).summary == "A hundred dollars."


def test_a_new_page_that_is_published_opens_its_editor(browser, clinic):
    address = f"/admin/pages/add/clinicsite_home/standardpage/{clinic.home.pk}/"
    sent = nested_form_data(
        {"title": "Parking", "slug": "parking", "summary": "Behind the house.", "sections-count": "0"}
        | {"comments": inline_formset([]), "action-publish": "action-publish"}
    )
    answer = browser.post(address, sent)
    assert answer.url == editor(StandardPage.objects.get(slug="parking"))


class TestDiscarding:
    """Back to what patients read, and back again."""

    def test_the_draft_is_set_aside_and_nothing_that_patients_read_changes(self, browser, changed, visit):
        set_aside = changed.latest_revision
        before = (changed.last_published_at, visit("/fees/").text)
        assert "Discard changes" in footer(browser, editor(changed))
        answer = discard(browser, changed)
        assert answer.url == editor(changed)
        page = fresh(changed)
        assert page.get_latest_revision_as_object().summary == "Ninety dollars."
        assert (page.live, page.has_unpublished_changes) == (True, False)
        assert (page.last_published_at, visit("/fees/").text) == before
        assert set_aside.as_object().summary == "A hundred dollars."
        assert "Discard changes" not in footer(browser, editor(changed))

    def test_the_green_line_leads_back(self, browser, changed):
        set_aside = changed.latest_revision_id
        said = unescape(discard(browser, changed, follow=True).text)
        back = f"/admin/pages/{changed.pk}/revisions/{set_aside}/revert/"
        assert f'href="{back}" class="button button-small button-secondary">Bring it back</a>' in said
        assert "A hundred dollars." in browser.get(back).text

    def test_the_history_tells_of_it(self, browser, owner, changed):
        discard(browser, changed)
        entry = PageLogEntry.objects.get(action=DISCARDED)
        assert (entry.page_id, entry.user) == (changed.pk, owner)
        assert (
            "Changes that were not published were discarded"
            in browser.get(f"/admin/pages/{changed.pk}/history/").text
        )

    def test_where_nothing_waits_nothing_is_done(self, browser, page):
        newest = page.latest_revision_id
        said = unescape(discard(browser, page, follow=True).text)
        assert "Nothing of “Fees” can be discarded now." in said
        assert fresh(page).latest_revision_id == newest

    def test_what_is_scheduled_is_not_discarded(self, browser, changed):
        draft = changed.get_latest_revision_as_object()
        draft.go_live_at = timezone.now() + timedelta(days=1)
        draft.save_revision().publish()
        newest = fresh(changed).latest_revision_id
        discard(browser, changed)
        assert fresh(changed).latest_revision_id == newest
        assert fresh(changed).scheduled_revision is not None

    def test_another_clinics_page_is_not_there(self, browser, other_clinic):
        page = StandardPageFactory(parent=other_clinic.home, live=True)
        page.save_revision()
        newest = fresh(page).latest_revision_id
        assert discard(browser, page).status_code == 404
        assert discard(browser, StandardPage(pk=999_999)).status_code == 404
        assert fresh(page).latest_revision_id == newest

    def test_a_project_s_own_page_is_left_alone(self, admin_client_of):
        page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
        page.save_revision()
        assert discard(admin_client_of(UserFactory(is_superuser=True)), page).status_code == 404


def test_a_time_that_was_written_and_not_scheduled_is_told_of(browser, page):
    at = timezone.localtime(timezone.now() + timedelta(days=1))
    browser.post(editor(page), form(page, go_live_at=f"{at:%Y-%m-%d %H:%M}"))
    said = unescape(browser.get(editor(page)).text)
    assert f"The draft names {at:%-d %B %Y, %H:%M} to go live, and nothing is scheduled yet" in said
    browser.post(editor(page), form(page, go_live_at=f"{at:%Y-%m-%d %H:%M}", **{"action-publish": "1"}))
    assert "nothing is scheduled yet" not in unescape(browser.get(editor(page)).text)


def test_the_window_of_the_schedule_names_the_zone(browser, page):
    assert "Time zone: America/Toronto." in browser.get(editor(page)).text
