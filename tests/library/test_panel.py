"""The panel that shows a clinic's editor what patients read, section by section."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinicsite.library.answering import additions, answers, held_pages
from clinicsite.library.answering.drafts import change_draft
from tests.factories import ModalityIndexPageFactory, ModalityPageFactory, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    fresh,
    library_treatment,
    take_over,
)
from tests.library.panel_form import draft_of, edit_address, form_data
from tests.standing import standing

NEW_AFTERCARE = section("Afterwards", "Newer words.", kind="aftercare")
CHANGES = "See what changed"


@standing
def treatment(library):
    return library_treatment(library, summary="The library's promise.", alternate_names="trigger points")


@pytest.fixture
def page(treatment, clinic):
    """A live follower with nothing of its own."""
    return follower_of(treatment, clinic)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


class Panel:
    """The panel as the editor's browser gets it."""

    def __init__(self, browser, page):
        self.html = browser.get(edit_address(page)).text

    def row(self, stored):
        """The part about one section."""
        return re.search(rf'<li [^>]*id="section-{stored["id"]}">.*?</li>', self.html, re.DOTALL).group(0)

    def offers(self, stored):
        """The names of the buttons of one section."""
        return _buttons(self.row(stored))

    @property
    def page_offers(self):
        """The names of the buttons of the whole page."""
        found = re.search(r'class="composed".*?<ol', self.html, re.DOTALL)
        return _buttons(found.group(0)) if found else []

    @property
    def headings(self):
        """The headings of the rows in order."""
        return re.findall(r'class="composed__heading">(.*?)</h3>', self.html)


def _buttons(html):
    return re.findall(r'name="library-go"[^>]*>([^<]*)', html)


ADD = "Add a section after this"


def test_each_section_shows_its_heading_words_and_state(page, browser):
    shown = Panel(browser, page)
    assert shown.headings == ["What is it?", "Afterwards", "Risks", "Cost"]
    row = shown.row(OVERVIEW)
    assert "A thin needle in a tight muscle." in row
    assert "#icon-link" in row
    assert "Library" in row


def test_long_words_are_cut(library, clinic, browser):
    long = section("Long", " ".join(f"word{number}" for number in range(1, 40)), kind="cost")
    page = follower_of(library_treatment(library, long), clinic)
    row = Panel(browser, page).row(long)
    assert "word20 …" in row
    assert "word21" not in row


def test_a_section_without_a_heading_is_the_opening(library, clinic, browser):
    opening = section("", "We begin.", key="opening")
    page = follower_of(library_treatment(library, opening), clinic)
    assert Panel(browser, page).headings == ["Opening"]


def test_a_locked_section_says_why_and_offers_only_what_stands_after_it(page, browser):
    row = Panel(browser, page).row(RISKS)
    assert "Patients must read the same safety information everywhere." in row
    assert _buttons(row) == [ADD]


def test_what_is_offered_follows_from_the_state(page, browser, treatment, owner):
    assert Panel(browser, page).offers(OVERVIEW) == ["Make it ours", "Change its heading", "Hide", ADD]
    take_over(page, AFTERCARE, "Ours", "Our words.")
    take_over(page, COST, action="hide")
    shown = Panel(browser, page)
    assert shown.offers(AFTERCARE) == ["Return to library", "Hide", ADD]
    assert shown.offers(COST) == ["Return to library", "Make it ours", ADD]
    edit_library(treatment, OVERVIEW, NEW_AFTERCARE, RISKS, section("Cost", "More.", kind="cost"))
    shown = Panel(browser, page)
    assert shown.offers(AFTERCARE)[0] == shown.offers(COST)[0] == CHANGES
    change_draft(page.pk, owner, lambda draft: answers.return_to_library(draft, AFTERCARE["id"]), message="-")
    assert Panel(browser, page).offers(AFTERCARE) == ["Bring ours back", "Change its heading", "Hide", ADD]


def test_a_section_that_may_only_be_adapted_cannot_be_hidden(library, clinic, browser):
    adapt = section("Cost", kind="cost", lock="adapt", lock_reason="Every clinic names its fees.")
    page = follower_of(library_treatment(library, adapt), clinic)
    row = Panel(browser, page).row(adapt)
    assert _buttons(row) == ["Make it ours", "Change its heading", ADD]
    assert "Every clinic names its fees." in row


def test_a_retired_section_is_kept_or_dropped(page, browser, treatment):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    shown = Panel(browser, page)
    assert shown.offers(AFTERCARE) == ["Keep", "Drop", ADD]
    assert "Patients read it until you keep it or drop it." in shown.row(AFTERCARE)


def test_own_words_under_a_new_lock_are_said_to_be_kept(page, browser, treatment):
    take_over(page, AFTERCARE, "Ours", "Our words.")
    locked = section("Afterwards", kind="aftercare", lock="locked", lock_reason="Safety first.")
    edit_library(treatment, OVERVIEW, locked, RISKS, COST)
    assert "Safety first. Your own words are kept, unread." in Panel(browser, page).row(AFTERCARE)


def test_only_additions_move_and_only_where_there_is_room(page, browser, owner):
    change_draft(page.pk, owner, _add_rooms, message="Added")
    added = {"id": draft_of(page).sections[0].id}
    assert Panel(browser, page).offers(added) == ["Move down", ADD]


def _add_rooms(draft):
    new_id = additions.add_after(draft, OVERVIEW["id"], kind="other", heading="Our rooms", body=[])
    additions.move_addition(draft, new_id, -1)


def test_a_page_can_be_held_and_what_waits_is_named(page, browser, treatment, owner):
    assert Panel(browser, page).page_offers == ["Hold this version", "Make independent…"]
    change_draft(page.pk, owner, held_pages.hold, message="Held")
    new = section("Our method", "New words.")
    edit_library(treatment, OVERVIEW, NEW_AFTERCARE, RISKS, new, COST)
    shown = Panel(browser, page)
    assert shown.page_offers == [CHANGES, CHANGES, "Approve all", "Follow live", "Make independent…"]
    assert "“Afterwards” has a newer text." in shown.html
    assert "“Our method” is new." in shown.html
    assert "Locked sections always come live." in shown.html
    assert shown.offers(AFTERCARE)[0] == CHANGES


def test_a_page_that_stands_alone_is_led_to_the_library(clinic, browser):
    page = ModalityPageFactory(parent=ModalityIndexPageFactory(parent=clinic.home))
    html = browser.get(edit_address(page)).text
    assert _buttons(html) == ["Follow a library page…"]


def test_a_library_page_has_no_such_panel(treatment, library_editor, admin_client_of):
    html = admin_client_of(library_editor).get(edit_address(treatment)).text
    assert "composed__section" not in html
    assert "Follow a library page" not in html


def test_a_page_somebody_has_locked_is_shown_without_buttons(page, browser, editor):
    type(page).objects.filter(pk=page.pk).update(locked=True, locked_by=editor)
    shown = Panel(browser, page)
    assert shown.headings[0] == "What is it?"
    assert _buttons(shown.html) == []


def test_an_earlier_version_is_shown_without_buttons(page, browser):
    revision = page.save_revision()
    html = browser.get(f"/admin/pages/{page.pk}/revisions/{revision.pk}/revert/").text
    assert "earlier version" in html
    assert _buttons(html) == []


def test_pressing_enter_saves_and_answers_nothing(page, browser):
    html = browser.get(edit_address(page)).text
    first = re.search(r'<button type="submit"[^>]*>', html).group(0)
    assert "name=" not in first


def test_the_plumbing_of_sections_stays_out_of_sight(page, browser, clinic, treatment):
    alone = ModalityPageFactory(parent=page.get_parent(), title="Alone")
    for shown in (page, alone):
        html = browser.get(edit_address(shown)).text
        assert "What it is about" in html
        for plumbing in ("What a clinic may do with it", "lock_reason", "anchor_position", "trail"):
            assert plumbing not in html
    assert "Sections you add" in browser.get(edit_address(page)).text


def test_a_library_editor_decides_on_locks_only(treatment, library_editor, admin_client_of):
    html = admin_client_of(library_editor).get(edit_address(treatment)).text
    assert "What a clinic may do with it" in html
    assert "anchor_position" not in html


def test_saving_keeps_where_additions_stand(page, browser, owner):
    change_draft(page.pk, owner, _add_rooms, message="Added")
    before = list(draft_of(page).sections.raw_data)
    browser.post(edit_address(page), form_data(page))
    after = list(draft_of(page).sections.raw_data)
    places = ("anchor", "anchor_position", "trail")
    assert [[child["value"][name] for name in places] for child in after] == [
        [child["value"].get(name, []) for name in places] for child in before
    ]


def test_saving_keeps_locks_that_a_clinic_does_not_see(clinic, browser):
    parent = ModalityIndexPageFactory(parent=clinic.home)
    kept = section("Risks", kind="risks", lock="adapt", lock_reason="As agreed.")
    page = ModalityPageFactory(parent=parent, sections=[kept])
    browser.post(edit_address(page), form_data(page) | {"sections-0-value-lock": "free"})
    value = draft_of(page).sections.raw_data[0]["value"]
    assert (value["lock"], value["lock_reason"]) == ("adapt", "As agreed.")


def test_what_a_stored_page_follows_is_not_changed_in_its_form(page, library, browser):
    other = library_treatment(library, section("Other"), title="Shockwave")
    browser.post(edit_address(page), form_data(page, library_page=other.pk))
    assert draft_of(page).library_page_id == page.library_page_id


@pytest.mark.parametrize(
    ("posted", "stored"),
    [
        ({"summary-source": "library", "summary": "Left over"}, None),
        ({"summary-source": "own", "summary": ""}, ""),
        ({"summary-source": "own", "summary": " Ours. "}, "Ours."),
        ({"summary": "Ours, from an older window."}, "Ours, from an older window."),
        ({"summary": ""}, None),
    ],
)
def test_the_librarys_value_and_none_stay_different_through_a_save(page, browser, posted, stored):
    data = {name: value for name, value in form_data(page).items() if name != "summary-source"}
    browser.post(edit_address(page), data | posted)
    assert draft_of(page).summary == stored


def test_the_form_shows_whose_value_it_is_and_the_librarys(page, browser):
    def chosen():
        html = browser.get(edit_address(page)).text
        assert "As the library has it: “The library&#x27;s promise.”" in html
        return re.search(r'name="summary-source" value="(\w+)" checked', html).group(1)

    assert chosen() == "library"
    type(page).objects.filter(pk=page.pk).update(summary="")
    assert chosen() == "own"


def test_a_chosen_none_is_a_change_that_the_history_tells(page, browser):
    data = form_data(page, **{"summary-source": "own", "action-publish": "Publish"})
    browser.post(edit_address(page), data)
    assert fresh(page).summary == ""
    assert fresh(page).composed_summary == ""


def test_an_own_value_is_as_long_as_the_clinic_likes(page, browser):
    long = " ".join(["word"] * 60)
    sent = {"summary-source": "own", "summary": long, "action-publish": "Publish"}
    browser.post(edit_address(page), form_data(page, **sent))
    assert fresh(page).summary == long


def test_the_editor_asks_as_often_for_twelve_sections_as_for_four(page, browser, library, clinic):
    many = [section(f"Part {number}", kind="other") for number in range(12)]
    long = follower_of(library_treatment(library, *many, title="Long"), clinic)
    for stored in many[:6]:
        take_over(long, stored, "Ours", "Ours.")
    assert queries_for(browser, long) == queries_for(browser, page)


def queries_for(browser, page):
    """How many queries the editor takes, the second time."""
    browser.get(edit_address(page))
    with CaptureQueriesContext(connection) as captured:
        browser.get(edit_address(page))
    return len(captured)


def test_another_clinic_does_not_see_the_panel(page, other_owner, admin_client_of):
    response = admin_client_of(other_owner).get(edit_address(page))
    assert response.status_code == 404
