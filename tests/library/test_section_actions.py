"""What a clinic can say to the library, on the screens that the panel leads to."""

import pytest
from wagtail.models import PageLogEntry

from clinicsite.library.composition import State
from tests.factories import section
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
from tests.library.panel_form import draft_of, edit_address, form_data, message_of, own_words, record_on
from tests.standing import standing

NEW_AFTERCARE = section("Afterwards", "Newer words.", kind="aftercare")


@standing
def page(treatment, clinic):
    """A live follower with nothing of its own."""
    return follower_of(treatment, clinic)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def screen(page, stored, action):
    """The address of an answer about a section."""
    return f"/admin/clinicsite/library/pages/{page.pk}/sections/{stored['id']}/{action}/"


def page_screen(page, action):
    """The address of an answer about the whole page."""
    return f"/admin/clinicsite/library/pages/{page.pk}/{action}/"


def draft_states(page):
    """{section id: state} as the editor of the draft sees it."""
    return {one.id: one.state for one in draft_of(page).compose()}


def draft_headings(page):
    """The headings of the draft in order, hidden ones included."""
    return [one.heading for one in draft_of(page).compose()]


@pytest.fixture
def overridden(page):
    """A follower with words of its own about aftercare."""
    take_over(page, AFTERCARE, "Our aftercare", "Rest at home.", reason="We do it differently.")
    fresh(page).save_revision().publish()
    return fresh(page)


def test_each_screen_says_what_happens_and_when_before_it_does_it(overridden, browser):
    for stored, action, words in [
        (OVERVIEW, "make-ours", "is copied into your page"),
        (OVERVIEW, "hide", "is left out of your page"),
        (AFTERCARE, "return", "shows the library's text again"),
        (AFTERCARE, "bring-back", "shows the words that your clinic wrote before"),
        (OVERVIEW, "add-after", "A section that only your page has."),
    ]:
        shown = browser.get(screen(overridden, stored, action)).context["explanation"]
        assert words in shown
        assert "patients see it when you publish" in shown
    assert draft_states(overridden) == states(overridden)


def test_a_clinical_section_is_made_ours_with_a_reason_and_only_in_the_draft(page, browser, clinic):
    address = screen(page, AFTERCARE, "make-ours")
    missing = browser.post(address, {"reason": " "})
    assert missing.context["form"].errors == {"reason": ["This field is required."]}
    answered = browser.post(address, {"reason": "We ask for rest."}, follow=True)
    assert answered.redirect_chain == [(f"{edit_address(page)}#section-{AFTERCARE['id']}", 302)]
    assert "“Afterwards” is yours now." in message_of(answered)
    record = record_on(page, AFTERCARE["id"])
    assert (record.action, record.heading, record.reason) == ("replace", "Afterwards", "We ask for rest.")
    assert states(page)[AFTERCARE["id"]] == State.LIBRARY


def test_a_section_about_cost_needs_no_reason(page, browser):
    assert list(browser.get(screen(page, COST, "make-ours")).context["form"].fields) == []
    browser.post(screen(page, COST, "make-ours"))
    assert draft_states(page)[COST["id"]] == State.YOURS


def test_hiding_asks_why_and_leaves_the_section_out(page, browser):
    assert "reason" in browser.get(screen(page, OVERVIEW, "hide")).context["form"].fields
    browser.post(screen(page, OVERVIEW, "hide"), {"reason": "Said elsewhere."})
    assert draft_states(page)[OVERVIEW["id"]] == State.HIDDEN
    assert record_on(page, OVERVIEW["id"]).reason == "Said elsewhere."


def test_words_returned_to_the_library_are_kept_and_come_back(overridden, browser):
    browser.post(screen(overridden, AFTERCARE, "return"))
    assert draft_states(overridden)[AFTERCARE["id"]] == State.LIBRARY
    shown = browser.get(screen(overridden, AFTERCARE, "bring-back"))
    assert shown.context["words"] == "Rest at home."
    browser.post(screen(overridden, AFTERCARE, "bring-back"))
    assert draft_states(overridden)[AFTERCARE["id"]] == State.YOURS
    assert record_on(overridden, AFTERCARE["id"]).heading == "Our aftercare"


@pytest.mark.parametrize(("action", "state"), [("keep", State.YOURS), ("drop", State.HIDDEN)])
def test_a_retired_section_is_kept_or_dropped(page, browser, treatment, action, state):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert draft_states(page)[AFTERCARE["id"]] == State.RETIRED
    browser.post(screen(page, AFTERCARE, f"{action}-retired"))
    assert draft_states(page)[AFTERCARE["id"]] == state


def test_a_section_is_added_after_another_and_opens_in_the_editor(page, browser):
    form = {"kind": "other", "heading": "Our rooms"}
    answered = browser.post(screen(page, AFTERCARE, "add-after"), form)
    added = draft_of(page).sections[0]
    assert answered.url == f"{edit_address(page)}#block-{added.id}-section"
    assert draft_headings(page) == ["What is it?", "Afterwards", "Our rooms", "Risks", "Cost"]


def test_an_addition_moves_one_place_at_a_time(page, browser):
    browser.post(screen(page, OVERVIEW, "add-after"), {"kind": "other", "heading": "Our rooms"})
    added = {"id": draft_of(page).sections[0].id}
    browser.post(screen(page, added, "move-down"))
    assert draft_headings(page) == ["What is it?", "Afterwards", "Our rooms", "Risks", "Cost"]
    browser.post(screen(page, added, "move-up"))
    browser.post(screen(page, added, "move-up"))
    assert draft_headings(page)[0] == "Our rooms"


def test_a_held_page_waits_until_all_is_approved(page, browser, treatment, clinic):
    browser.post(page_screen(page, "hold"))
    fresh(page).latest_revision.publish()
    edit_library(treatment, OVERVIEW, NEW_AFTERCARE, RISKS, COST)
    assert "Newer words." not in words_on(page, clinic)
    asked = browser.get(page_screen(page, "approve"))
    assert asked.context["waiting"] == [("Afterwards", "has a newer text")]
    browser.post(page_screen(page, "approve"), asked.context["form"].initial)
    assert draft_of(page).get_waiting_changes() == []
    fresh(page).latest_revision.publish()
    assert "Newer words." in words_on(page, clinic)


def test_what_came_after_the_question_is_not_approved_unseen(page, browser, treatment):
    browser.post(page_screen(page, "hold"))
    edit_library(treatment, OVERVIEW, NEW_AFTERCARE, RISKS, COST)
    seen = browser.get(page_screen(page, "approve")).context["form"].initial
    edit_library(treatment, OVERVIEW, section("Afterwards", "Newest.", kind="aftercare"), RISKS, COST)
    answered = browser.post(page_screen(page, "approve"), seen, follow=True)
    assert "has changed this section again" in message_of(answered)
    assert len(draft_of(page).get_waiting_changes()) == 1


def test_a_page_that_holds_can_follow_live_again(page, browser):
    browser.post(page_screen(page, "hold"))
    assert draft_of(page).is_held
    browser.post(page_screen(page, "follow-live"))
    assert not draft_of(page).is_held


@pytest.mark.parametrize(
    ("stored", "action", "words"),
    [
        (RISKS, "make-ours", "The library has locked this section."),
        (RISKS, "hide", "The library has locked this section."),
        (OVERVIEW, "return", "This section is the library's already."),
        (OVERVIEW, "bring-back", "no words of its own kept"),
        (OVERVIEW, "keep-retired", "The library has this section again"),
        (OVERVIEW, "move-up", "Only a section your clinic has added can be moved"),
        ({"id": "no-such-section"}, "hide", "The library has no such section"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(page, browser, stored, action, words):
    for ask in (browser.get, browser.post):
        answered = ask(screen(page, stored, action), follow=True)
        assert words in message_of(answered)
    assert draft_states(page) == states(page)


def test_a_crafted_request_breaks_no_lock(page, browser):
    browser.post(screen(page, RISKS, "make-ours"), {"reason": "Because."})
    assert record_on(page, RISKS["id"]) is None


def test_nothing_waits_on_a_page_that_follows_live(page, browser):
    answered = browser.post(page_screen(page, "approve"), {"seen": "-"}, follow=True)
    assert "there is nothing to approve" in message_of(answered)


def test_each_answer_is_in_the_pages_history(page, browser, owner):
    browser.post(screen(page, COST, "hide"))
    entry = PageLogEntry.objects.get(page=page.pk, action="clinicsite_library.answer")
    assert (entry.user, entry.data["message"]) == (owner, "“Cost” is hidden.")


def test_a_page_somebody_has_locked_is_not_changed(page, browser, editor):
    type(page).objects.filter(pk=page.pk).update(locked=True, locked_by=editor)
    answered = browser.post(screen(page, COST, "hide"), follow=True)
    assert "is locked by somebody else" in message_of(answered)
    assert draft_states(page)[COST["id"]] == State.LIBRARY


def test_the_way_back_is_where_somebody_came_from_and_never_another_site(page, browser):
    came_from = "/admin/pages/1/"
    answered = browser.post(screen(page, COST, "hide"), {"next": came_from})
    assert answered.url == f"{came_from}#section-{COST['id']}"
    answered = browser.post(screen(page, COST, "return"), {"next": "https://evil.example/"})
    assert answered.url.startswith(edit_address(page))


@pytest.mark.parametrize("who", ["other_owner", "library_editor"])
def test_nobody_from_outside_the_clinic_can_ask_or_answer(page, who, request, admin_client_of):
    stranger = admin_client_of(request.getfixturevalue(who))
    names = ["make-ours", "hide", "return", "bring-back", "add-after", "move-up", "move-down"]
    addresses = [screen(page, AFTERCARE, name) for name in [*names, "keep-retired", "drop-retired"]]
    addresses += [page_screen(page, name) for name in ("hold", "follow-live", "approve")]
    for address in addresses:
        missing = address.replace(f"/{page.pk}/", "/999999/", 1)
        for ask in (stranger.get, stranger.post):
            assert ask(address).status_code == ask(missing).status_code == 404
    assert fresh(page).latest_revision is None


def test_a_page_that_follows_nothing_has_no_answers(clinic, browser):
    address = f"/admin/clinicsite/library/pages/{clinic.home.pk}/hold/"
    assert browser.get(address).status_code == 404


def go(browser, page, address, *more):
    """Save the edit form with a button that leads to a screen."""
    data = form_data(page, title="Typed but not saved") | {"library-go": address}
    for part in more:
        data |= part
    return browser.post(edit_address(page), data)


def test_a_button_of_the_panel_saves_the_draft_and_leads_to_its_screen(page, browser):
    address = screen(page, AFTERCARE, "hide")
    answered = go(browser, page, address)
    back = f"{edit_address(page)}#section-{AFTERCARE['id']}".replace("/", "%2F").replace("#", "%23")
    assert answered.url == f"{address}?next={back}"
    assert draft_of(page).title == "Typed but not saved"
    assert browser.get(answered.url).context["next_address"].endswith(f"#section-{AFTERCARE['id']}")


def test_a_move_from_the_panel_asks_nothing_more(page, browser):
    browser.post(screen(page, OVERVIEW, "add-after"), {"kind": "other", "heading": "Our rooms"})
    added = {"id": draft_of(page).sections[0].id}
    answered = go(browser, page, screen(page, added, "move-down"))
    assert answered.url == f"{edit_address(page)}#section-{added['id']}"
    assert draft_headings(page) == ["What is it?", "Afterwards", "Our rooms", "Risks", "Cost"]


def test_a_refused_move_says_why(page, browser):
    answered = go(browser, page, screen(page, OVERVIEW, "move-down"))
    assert "Only a section your clinic has added can be moved" in message_of(browser.get(answered.url))


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/admin/clinicsite/library/pages/1/hold/",
        "//evil.example/",
        "/admin/pages/1/delete/",
        "/nowhere/",
        "javascript:alert(1)",
    ],
)
def test_the_panel_leads_nowhere_but_to_the_library(page, browser, address):
    answered = go(browser, page, address)
    assert answered.url == edit_address(page)
    assert draft_of(page).title == "Typed but not saved"


def test_a_form_with_mistakes_leads_nowhere_and_loses_nothing(overridden, browser):
    words = own_words(overridden, AFTERCARE["id"], "Call {nobody}", "Typed words.")
    answered = go(browser, overridden, screen(overridden, COST, "hide"), words)
    assert answered.status_code == 200
    assert "Unknown token: {nobody}" in answered.text
    assert "Typed words." in answered.text


def test_an_autosave_is_left_alone(page, browser):
    browser.post(screen(page, OVERVIEW, "add-after"), {"kind": "other", "heading": "Our rooms"})
    added = {"id": draft_of(page).sections[0].id}
    data = form_data(page) | {"library-go": screen(page, added, "move-down")}
    answered = browser.post(edit_address(page), data, headers={"accept": "application/json"})
    assert answered.json()["success"] is True
    assert draft_headings(page)[1] == "Our rooms"
