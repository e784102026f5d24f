"""The clinic's own words, written in place in the page editor."""

from html import unescape

import pytest
from django.utils.timezone import localdate
from wagtail.models import PageLogEntry

from clinicsite.library.answering import additions, answers
from clinicsite.library.answering.drafts import change_draft
from clinicsite.library.composition import State
from clinicsite.library.models import SectionOverride
from tests.factories import PractitionerIndexPageFactory, PractitionerPageFactory, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    fresh,
    states,
    take_over,
    words_on,
)
from tests.library.panel_form import (
    draft_of,
    edit_address,
    form_data,
    own_words,
    record_on,
    words_of,
)
from tests.standing import standing

SECTION = AFTERCARE["id"]
OURS = {"heading": "Our aftercare", "words": "Rest at home."}


@standing
def page(treatment, clinic):
    """A follower that says something of its own in one section."""
    follower = follower_of(treatment, clinic)
    take_over(follower, AFTERCARE, **OURS, reason="We do it differently.")
    fresh(follower).save_revision().publish()
    return fresh(follower)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def save(browser, page, *more, **changes):
    """Post the edit form with these changes; `more` are further parts of it."""
    data = form_data(page, **changes)
    for part in more:
        data |= part
    return browser.post(edit_address(page), data)


def test_the_editor_shows_the_clinics_words_to_write_in(page, browser):
    response = browser.get(edit_address(page))
    assert f'name="override-{SECTION}-heading" value="Our aftercare"' in response.text
    assert f'id="override-{SECTION}-body"' in response.text
    assert f"override-{OVERVIEW['id']}" not in response.text


def test_saved_words_go_to_the_draft_and_published_ones_to_patients(page, browser, clinic):
    words = own_words(page, SECTION, "Afterwards with us", "Walk a little.", reason="Ours.")
    save(browser, page, words)
    assert record_on(page, SECTION).heading == "Afterwards with us"
    assert "Walk a little." not in words_on(page, clinic)
    save(browser, page, words, **{"action-publish": "Publish"})
    assert "Walk a little." in words_on(page, clinic)
    assert SectionOverride.objects.get(page=page).reason == "Ours."


def test_a_page_that_was_never_published_keeps_its_words_too(treatment, clinic, browser):
    page = follower_of(treatment, clinic, live=False)
    take_over(page, AFTERCARE, **OURS)
    save(browser, page, own_words(page, SECTION, "New", "New words."))
    assert "New words." in words_of(record_on(page, SECTION))
    assert SectionOverride.objects.get(page=page).heading == "New"


def test_a_form_that_did_not_come_back_leaves_the_words_alone(page, browser):
    save(browser, page, **{"action-publish": "Publish"})
    record = record_on(page, SECTION)
    assert (record.heading, record.reason) == ("Our aftercare", "We do it differently.")
    assert "Rest at home." in words_of(record)


def test_an_autosave_keeps_the_words(page, browser):
    data = form_data(page) | own_words(page, SECTION, "Autosaved", "Typed just now.")
    response = browser.post(edit_address(page), data, headers={"accept": "application/json"})
    assert response.json()["success"] is True
    assert "Typed just now." in words_of(record_on(page, SECTION))
    assert fresh(page).has_unpublished_changes


def test_the_preview_shows_words_that_are_not_saved(page, browser):
    address = f"/admin/pages/{page.pk}/edit/preview/"
    data = form_data(page) | own_words(page, SECTION, "Only in the preview", "Not saved yet.")
    assert browser.post(address, data).json() == {"is_valid": True, "is_available": True}
    shown = browser.get(address).text
    assert "Only in the preview" in shown
    assert "Not saved yet." in shown
    assert record_on(page, SECTION).heading == "Our aftercare"


def test_which_section_and_what_it_is_based_on_cannot_be_posted(page, browser):
    before = record_on(page, SECTION)
    crafted = {"base": '{"heading": "Crafted"}', "action": "hide", "section_id": RISKS["id"]}
    crafted = {f"override-{SECTION}-{name}": value for name, value in crafted.items()}
    save(browser, page, own_words(page, SECTION, "Words", "Words."), crafted)
    after = record_on(page, SECTION)
    assert (after.heading, after.action, after.base) == ("Words", "replace", before.base)


@pytest.mark.parametrize("part", ["heading", "words"])
def test_an_unknown_token_is_refused_and_nothing_typed_is_lost(page, browser, part):
    typed = OURS | {part: "Call {telephone}."}
    response = save(browser, page, own_words(page, SECTION, **typed))
    assert response.status_code == 200
    assert "Unknown token: {telephone}" in response.text
    assert "Call {telephone}." in response.text
    assert record_on(page, SECTION).heading == "Our aftercare"


def test_a_heading_that_is_too_long_is_refused_in_its_place(page, browser):
    response = save(browser, page, own_words(page, SECTION, "x" * 151, "Words."))
    assert response.status_code == 200
    assert "at most 150 characters" in response.text


def test_changed_words_are_no_longer_reviewed(page, browser, clinic):
    team = PractitionerIndexPageFactory(parent=clinic.home)
    reviewer = PractitionerPageFactory(parent=team)
    SectionOverride.objects.update(reviewed_by=reviewer, reviewed_on=localdate())
    fresh(page).save_revision()
    save(browser, page, own_words(page, SECTION, **OURS, reason="Another reason."))
    assert record_on(page, SECTION).reviewed_on == localdate()
    save(browser, page, own_words(page, SECTION, "Our aftercare", "Something else."))
    record = record_on(page, SECTION)
    assert (record.reviewed_by, record.reviewed_on) == (None, None)


def refused(browser, page, *more):
    """The page that comes back where words were refused."""
    response = save(browser, page, *more)
    assert response.status_code == 200
    return unescape(response.text)


def test_a_section_the_library_has_locked_meanwhile_cannot_be_written(page, browser, treatment):
    words = own_words(page, SECTION, "Broken in", "A crafted lock break.")
    locked = section("Afterwards", "Move gently.", kind="aftercare", lock="locked", lock_reason="Safety.")
    edit_library(treatment, OVERVIEW, locked, RISKS, COST)
    shown = refused(browser, page, words)
    assert "“Afterwards” is locked by the library now" in shown
    assert "A crafted lock break." in shown
    assert record_on(page, SECTION).heading == "Our aftercare"
    assert states(page)[SECTION] == State.LOCKED


def test_a_section_returned_in_another_window_is_not_overwritten(page, browser, owner):
    words = own_words(page, SECTION, "Typed here", "Meanwhile.")
    change_draft(page.pk, owner, lambda draft: answers.return_to_library(draft, SECTION), message="Returned")
    shown = refused(browser, page, words)
    assert "shows the library's text now" in shown
    assert "Meanwhile." in shown
    record = record_on(page, SECTION)
    assert (record.action, record.heading) == ("return", "Our aftercare")


def test_a_merge_in_another_window_is_not_undone(page, browser, owner, treatment):
    words = own_words(page, SECTION, "Typed here", "Meanwhile.")
    edit_library(treatment, OVERVIEW, section("Afterwards", "Newer.", kind="aftercare"), RISKS, COST)
    change_draft(page.pk, owner, lambda draft: answers.merge(draft, SECTION, "Merged", []), message="Merged")
    shown = refused(browser, page, words)
    assert "answered in another window" in shown
    assert "Meanwhile." in shown
    assert record_on(page, SECTION).heading == "Merged"


@pytest.mark.parametrize("section_id", [OVERVIEW["id"], RISKS["id"], "no-such-section"])
def test_a_section_without_an_override_cannot_be_written(page, browser, section_id):
    shown = refused(browser, page, own_words(page, section_id, "Crafted", "Crafted."))
    assert "cannot be saved" in shown
    assert record_on(page, section_id) is None


def test_a_crafted_body_that_nobody_can_read_is_refused_as_well(page, browser):
    words = {"override-no-such-body-count": "many", "override-no-such-heading": "Crafted"}
    assert "cannot be saved" in refused(browser, page, words)


def test_an_autosave_of_refused_words_saves_nothing(page, browser):
    data = form_data(page, title="New title") | own_words(page, OVERVIEW["id"], "Crafted", "Crafted.")
    response = browser.post(edit_address(page), data, headers={"accept": "application/json"})
    assert response.json()["error_code"] == "validation_error"
    assert draft_of(page).title == "Dry needling"


def test_without_javascript_what_the_browser_cannot_send_stays(page, browser, owner):
    change_draft(page.pk, owner, _add_rooms, message="Added")
    data = form_data(page) | own_words(page, SECTION, "New heading", "Not sent.")
    data = {name: value for name, value in data.items() if "sections-" not in name and "-body-" not in name}
    browser.post(edit_address(page), data)
    record = record_on(page, SECTION)
    assert record.heading == "New heading"
    assert "Rest at home." in words_of(record)
    assert [child.value["heading"] for child in draft_of(page).sections] == ["Our rooms"]


def _add_rooms(page):
    additions.add_after(page, OVERVIEW["id"], kind="other", heading="Our rooms", body=[])


def test_retired_sections_with_own_words_can_be_written(page, browser, treatment):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    save(browser, page, own_words(page, SECTION, "Still ours", "Still here."))
    assert record_on(page, SECTION).heading == "Still ours"
    assert {one.id: one.state for one in draft_of(page).compose()}[SECTION] == State.RETIRED


def test_only_changed_words_count_as_a_change(page, browser):
    save(browser, page, own_words(page, SECTION, **OURS, reason="We do it differently."))
    browser.post(edit_address(page), form_data(page) | own_words(page, SECTION, "Another", "Words."))
    edits = PageLogEntry.objects.filter(page=page.pk, action="wagtail.edit").order_by("timestamp")
    assert edits.last().content_changed


def test_the_comparison_of_revisions_names_the_words(page, browser):
    save(browser, page, own_words(page, SECTION, "Our aftercare", "Walk a little."))
    first, last = fresh(page).revisions.order_by("pk").first(), fresh(page).latest_revision
    compared = browser.get(f"/admin/pages/{page.pk}/revisions/compare/{first.pk}...{last.pk}/").text
    assert "Sections of your own" in compared
    assert "Walk a little." in compared


def test_an_earlier_version_of_the_words_can_be_brought_back(page, browser):
    first = fresh(page).latest_revision
    save(browser, page, own_words(page, SECTION, "Second", "Second words."))
    data = form_data(page) | own_words(page, SECTION, **OURS)
    browser.post(f"/admin/pages/{page.pk}/revisions/{first.pk}/revert/", data)
    assert record_on(page, SECTION).heading == "Our aftercare"


def test_another_clinic_cannot_write_here(page, other_owner, admin_client_of):
    words = own_words(page, SECTION, "Foreign", "Foreign words.")
    save(admin_client_of(other_owner), page, words)
    assert record_on(page, SECTION).heading == "Our aftercare"


def test_a_reason_that_was_asked_for_is_not_emptied_in_silence(page, browser):
    response = save(browser, page, own_words(page, SECTION, **OURS, reason="  "))
    assert response.status_code == 200
    assert "Say in a sentence why your clinic says something different here." in unescape(response.text)
    assert record_on(page, SECTION).reason == "We do it differently."
    assert save(browser, page, own_words(page, SECTION, **OURS, reason="Our hours.")).status_code == 302
    assert record_on(page, SECTION).reason == "Our hours."


def test_a_reason_that_nobody_asks_for_may_go(page, browser):
    take_over(page, COST, "Our prices", "See the desk.", reason="They differ.")
    fresh(page).save_revision().publish()
    words = own_words(page, COST["id"], "Our prices", "See the desk.", reason="")
    assert save(browser, page, words).status_code == 302
    assert record_on(page, COST["id"]).reason == ""


def test_a_button_in_an_editor_opened_before_a_colleagues_save_writes_over_nothing(page, browser, editor):
    loaded = fresh(page).latest_revision
    stale = {
        "loaded_revision_id": str(loaded.pk),
        "loaded_revision_created_at": loaded.created_at.isoformat(),
        "library-go": f"/admin/clinicsite/library/pages/{page.pk}/sections/{OVERVIEW['id']}/add-after/",
    }
    assert save(browser, page, stale).status_code == 302
    colleagues = own_words(page, SECTION, "Our aftercare", "QQsecret.")
    assert save(browser, page, colleagues).status_code == 302
    response = save(browser, page, own_words(page, SECTION, **OURS), stale)
    assert response.status_code == 200
    assert "Somebody has saved a newer version of this page since you opened it" in response.text
    assert "QQsecret." in words_of(record_on(page, SECTION))
