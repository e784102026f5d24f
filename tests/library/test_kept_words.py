"""Nothing a clinic wrote is overwritten or out of reach: earlier words are put aside, shown and come back."""

from functools import partial

import pytest

from clinicsite.library.answering import answers
from clinicsite.library.answering.comparing import case_for
from clinicsite.library.answering.drafts import change_draft
from clinicsite.library.composition import Action, State
from clinicsite.library.joining.independence import follow, leave
from clinicsite.library.models.overrides import mark_of
from tests.factories import paragraph, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    fresh,
    headings,
    library_treatment,
    states,
    take_over,
)
from tests.library.panel_form import edit_address, record_on
from tests.library.test_answers import ours, refusal, say, words_of

LOCKED_AFTERCARE = section(
    "Afterwards", "Move gently.", kind="aftercare", lock="locked", lock_reason="It was wrong."
)


def record_of(page):
    return fresh(page).clinicsite_section_overrides.get()


def aside(page):
    """The headings of the words put aside, the oldest first."""
    return [words["heading"] for words in record_of(page).earlier_words]


def test_keeping_what_patients_read_of_a_retired_section_puts_the_clinics_words_aside(treatment, follower):
    ours(follower)
    say(follower, answers.return_to_library, AFTERCARE["id"])
    edit_library(treatment, OVERVIEW, RISKS, COST)
    page = say(follower, answers.keep_retired, AFTERCARE["id"])
    assert words_of(page, AFTERCARE) == ("Afterwards", ["<p>Move gently.</p>"])
    assert aside(page) == ["Our aftercare"]
    mark = mark_of(record_of(page).earlier_words[0])
    page = say(page, answers.bring_back_own, AFTERCARE["id"], words=mark)
    assert words_of(page, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])
    assert states(page)[AFTERCARE["id"]] is State.YOURS
    assert aside(page) == ["Afterwards"]


def test_a_retired_section_can_show_the_clinics_words_again_before_it_is_kept(treatment, follower):
    ours(follower)
    say(follower, answers.return_to_library, AFTERCARE["id"])
    edit_library(treatment, OVERVIEW, RISKS, COST)
    page = say(follower, answers.bring_back_own, AFTERCARE["id"])
    assert words_of(page, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])
    assert states(page)[AFTERCARE["id"]] is State.RETIRED
    page = say(page, answers.keep_retired, AFTERCARE["id"])
    assert words_of(page, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])
    assert aside(page) == []


def test_following_again_with_other_words_keeps_those_that_were_put_aside_before(treatment, follower):
    ours(follower, words="W1.")
    say(follower, answers.return_to_library, AFTERCARE["id"])
    page = say(follower, leave)
    raw = [dict(child) for child in page.sections.raw_data]
    raw[1]["value"] = {**raw[1]["value"], "body": [paragraph("W2.")]}
    page.sections = raw
    page.save()
    page = say(page, follow, fresh(treatment))
    assert words_of(page, AFTERCARE) == ("Afterwards", ["<p>W2.</p>"])
    assert aside(page) == ["Our aftercare"]
    assert record_of(page).earlier_words[0]["body"][0]["value"] == "<p>W1.</p>"


def test_words_that_come_back_stand_on_what_they_were_written_on(treatment, follower):
    ours(follower)
    say(follower, answers.return_to_library, AFTERCARE["id"])
    edit_library(treatment, OVERVIEW, RISKS, COST)
    say(follower, answers.keep_retired, AFTERCARE["id"])
    newer = {**AFTERCARE, "value": {**AFTERCARE["value"], "body": [paragraph("Drink water.")]}}
    edit_library(treatment, OVERVIEW, newer, RISKS, COST)
    page = say(follower, answers.keep_own, AFTERCARE["id"])
    assert states(page)[AFTERCARE["id"]] is State.YOURS
    mark = mark_of(record_of(page).earlier_words[0])
    page = say(page, answers.bring_back_own, AFTERCARE["id"], words=mark)
    assert states(page)[AFTERCARE["id"]] is State.YOURS_CHANGED


def test_words_that_nobody_wrote_do_not_come_back(follower):
    ours(follower)
    assert "no words of its own kept" in refusal(follower, answers.bring_back_own, AFTERCARE["id"], words="x")


# What is seen while hidden is not what the words were written on.

V1 = section("Before", "It takes fifteen minutes.", kind="overview")


def before(words):
    return {**V1, "value": {**V1["value"], "body": [paragraph(words)]}}


V2 = before("It takes fifteen minutes. Tell us if you take blood thinners.")
V3 = before("It takes twenty minutes. Tell us if you take blood thinners.")


@pytest.fixture
def hidden(library, clinic):
    """A follower with words written on V1, hidden when the library had V2; and its library page."""
    library_page = library_treatment(library, V1)
    page = follower_of(library_page, clinic)
    ours(page, V1, "Before", "It takes fifteen minutes. Park behind the house.")
    edit_library(library_page, V2)
    say(page, answers.hide, V1["id"], reason="For now.")
    assert states(page)[V1["id"]] is State.HIDDEN
    return page, library_page


def test_words_that_were_hidden_come_back_with_the_news_they_had(hidden):
    page, library_page = hidden
    page = say(page, answers.bring_back_own, V1["id"])
    assert states(page)[V1["id"]] is State.YOURS_CHANGED
    edit_library(library_page, V3)
    _rows, merged = case_for(fresh(page), V1["id"]).compared()
    assert "Tell us if you take blood thinners." in str(merged.content)
    assert "twenty" in str(merged.content)
    assert "Park behind the house." in str(merged.content)


def test_what_changes_while_words_are_hidden_is_told_and_can_be_noted_as_seen(hidden):
    page, library_page = hidden
    edit_library(library_page, V3)
    assert states(page)[V1["id"]] is State.HIDDEN_CHANGED
    case = case_for(fresh(page), V1["id"])
    assert "blood thinners" in str(case.base.body)
    page = say(page, answers.keep_own, V1["id"])
    assert states(page)[V1["id"]] is State.HIDDEN
    assert states(say(page, answers.bring_back_own, V1["id"]))[V1["id"]] is State.YOURS_CHANGED


def test_letting_a_dropped_section_go_keeps_what_its_words_were_written_on(hidden):
    page, library_page = hidden
    page = say(page, answers.bring_back_own, V1["id"])
    edit_library(library_page, COST)
    page = say(page, answers.drop_retired, V1["id"])
    edit_library(library_page, V2, COST)
    assert states(page)[V1["id"]] is State.HIDDEN
    assert states(say(page, answers.bring_back_own, V1["id"]))[V1["id"]] is State.YOURS_CHANGED


# All of it can be read and copied.


@pytest.fixture
def screen(owner, admin_client_of):
    browser = admin_client_of(owner)
    return lambda page: browser.get(edit_address(page)).text


def test_words_under_a_lock_can_be_read_and_copied(treatment, follower, screen):
    ours(follower, words="Ice it for an hour.")
    assert "Ice it for an hour.</textarea>" not in screen(follower)
    edit_library(treatment, OVERVIEW, LOCKED_AFTERCARE, RISKS, COST)
    shown = screen(follower)
    assert "Show your words" in shown
    assert "Our aftercare\nIce it for an hour.</textarea>" in shown
    assert "no place on this page" not in shown


def test_words_for_a_section_that_the_library_has_pulled_can_be_read_and_copied(treatment, follower, screen):
    ours(follower, words="Ice it for an hour.")
    edit_library(treatment, OVERVIEW, LOCKED_AFTERCARE, RISKS, COST)
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert headings(follower) == ["What is it?", "Risks", "Cost"]
    shown = screen(follower)
    assert "no place on this page" in shown
    assert "Our aftercare\nIce it for an hour.</textarea>" in shown


def test_earlier_words_are_shown_with_a_button_that_brings_them_back(
    treatment, follower, owner, screen, admin_client_of
):
    take_over(follower, AFTERCARE, "Our aftercare", "Call us.", action="return")
    edit_library(treatment, OVERVIEW, RISKS, COST)
    keep = partial(answers.keep_retired, section_id=AFTERCARE["id"])
    change_draft(follower.pk, owner, keep, message="Kept.")
    shown = screen(follower)
    assert "Our aftercare\nCall us.</textarea>" in shown
    mark = mark_of(record_on(follower, AFTERCARE["id"]).earlier_words[0])
    address = f"/admin/clinicsite/library/pages/{follower.pk}/sections/{AFTERCARE['id']}/bring-back/{mark}/"
    assert f'value="{address}"' in shown
    browser = admin_client_of(owner)
    assert "Call us." in browser.get(address).text
    assert browser.post(address).status_code == 302
    record = record_on(follower, AFTERCARE["id"])
    assert (record.heading, record.action) == ("Our aftercare", Action.REPLACE)


def test_a_page_that_has_left_the_library_shows_what_was_put_aside(follower, screen):
    ours(follower, words="Ice it for an hour.")
    say(follower, answers.return_to_library, AFTERCARE["id"])
    say(follower, leave)
    assert "Our aftercare\nIce it for an hour.</textarea>" in screen(follower)
