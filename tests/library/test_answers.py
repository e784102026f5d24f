"""What a clinic can say to the library, one answer at a time, on a page in memory."""

import pytest

from clinicsite.library.answering import additions, answers, held_pages
from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.composition import Action, State
from clinicsite.library.equality import fingerprint
from clinicsite.library.sections import sections_from_raw
from tests.factories import ModalityPageFactory, paragraph, section
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

LATER = section("Afterwards", "Move, and drink water.", kind="aftercare")


def say(page, answer, *args, **kwargs):
    """Give an answer and save the page, as publishing it does."""
    page = fresh(page)
    answer(page, *args, **kwargs)
    page.save()
    return fresh(page)


def refusal(page, answer, *args, **kwargs):
    """The sentence that refuses an answer; nothing of the page has changed."""
    page = fresh(page)
    before = page.to_json()
    with pytest.raises(AnswerError) as refused:
        answer(page, *args, **kwargs)
    assert page.to_json() == before
    return str(refused.value)


def words_of(page, stored):
    """(heading, stored paragraphs) of a composed section."""
    found = next(one for one in fresh(page).compose() if one.id == stored["id"])
    return found.heading, [block["value"] for block in found.body]


def seen(stored):
    return fingerprint(sections_from_raw([stored])[0])


def ours(page, stored=AFTERCARE, heading="Our aftercare", words="Call us."):
    """A clinic's own version, made the way the panel makes it."""
    page = say(page, answers.make_own, stored["id"], reason="We do it so.")
    return say(page, answers.merge, stored["id"], heading, [paragraph(words)])


def test_make_it_ours_copies_the_librarys_words_and_remembers_them(treatment, follower):
    page = say(follower, answers.make_own, AFTERCARE["id"], reason="We do it so.")
    assert words_of(page, AFTERCARE) == ("Afterwards", ["<p>Move gently.</p>"])
    assert states(page)[AFTERCARE["id"]] is State.YOURS
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    assert words_of(page, AFTERCARE) == ("Afterwards", ["<p>Move gently.</p>"])
    assert states(page)[AFTERCARE["id"]] is State.YOURS_CHANGED


def test_a_clinical_section_needs_a_reason_and_the_price_none(follower):
    words = refusal(follower, answers.make_own, AFTERCARE["id"])
    assert words == "Say in a sentence why your clinic says something different here."
    assert states(say(follower, answers.make_own, COST["id"]))[COST["id"]] is State.YOURS


def test_returning_shows_the_librarys_text_at_once_and_keeps_the_clinics(treatment, follower):
    ours(follower)
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    page = say(follower, answers.return_to_library, AFTERCARE["id"])
    assert words_of(page, AFTERCARE) == ("Afterwards", ["<p>Move, and drink water.</p>"])
    page = say(page, answers.bring_back_own, AFTERCARE["id"])
    assert words_of(page, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])
    assert states(page)[AFTERCARE["id"]] is State.YOURS_CHANGED


def test_hiding_keeps_the_clinics_words_and_they_come_back(follower):
    ours(follower)
    page = say(follower, answers.hide, AFTERCARE["id"])
    assert headings(page) == ["What is it?", "Risks", "Cost"]
    page = say(page, answers.bring_back_own, AFTERCARE["id"])
    assert words_of(page, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])


def test_make_it_ours_after_hiding_brings_the_clinics_own_words(follower):
    ours(follower)
    say(follower, answers.hide, AFTERCARE["id"])
    page = say(follower, answers.make_own, AFTERCARE["id"], reason="Again.")
    assert words_of(page, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])


def test_keep_mine_notes_the_newer_text_and_changes_no_word(treatment, follower):
    ours(follower)
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    page = say(follower, answers.keep_own, AFTERCARE["id"], seen=seen(LATER))
    assert states(page)[AFTERCARE["id"]] is State.YOURS
    assert words_of(page, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])


def test_a_hidden_section_stays_hidden_once_its_change_is_seen(treatment, follower):
    say(follower, answers.hide, COST["id"])
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, section("Cost", "It depends.", kind="cost"))
    assert states(follower)[COST["id"]] is State.HIDDEN_CHANGED
    assert states(say(follower, answers.keep_own, COST["id"]))[COST["id"]] is State.HIDDEN


def test_a_merged_text_takes_the_place_of_both_and_is_unreviewed(treatment, follower):
    take_over(follower, AFTERCARE, "Our aftercare", "Call us.", reviewed_on="2026-01-02")
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    page = say(follower, answers.merge, AFTERCARE["id"], "Merged", [paragraph("Both.")], seen=seen(LATER))
    assert words_of(page, AFTERCARE) == ("Merged", ["<p>Both.</p>"])
    assert states(page)[AFTERCARE["id"]] is State.YOURS
    assert page.clinicsite_section_overrides.get().reviewed_on is None


@pytest.mark.parametrize(
    "answer",
    [
        lambda page, **seen: answers.keep_own(page, AFTERCARE["id"], **seen),
        lambda page, **seen: answers.merge(page, AFTERCARE["id"], "Merged", [], **seen),
    ],
)
def test_an_answer_to_a_text_that_has_changed_again_is_refused(treatment, follower, answer):
    ours(follower)
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    words = refusal(follower, answer, seen=seen(AFTERCARE))
    assert words == answers.CHANGED_MEANWHILE
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED


@pytest.mark.parametrize("answer", [answers.make_own, answers.hide, answers.keep_own])
def test_a_lock_is_not_broken_by_any_answer(follower, answer):
    assert refusal(follower, answer, RISKS["id"]).startswith("The library has locked this section. Patients")
    take_over(follower, RISKS, "No risks", "None.")
    for also in (answer, answers.bring_back_own, lambda page, name: answers.merge(page, name, "None", [])):
        assert "locked" in refusal(follower, also, RISKS["id"])
    assert headings(follower)[2] == "Risks"


def test_a_section_that_may_only_be_adapted_cannot_be_hidden_until_the_library_drops_it(treatment, follower):
    adapt = section("Afterwards", kind="aftercare", lock="adapt", lock_reason="Everyone needs this.")
    edit_library(treatment, OVERVIEW, adapt, RISKS, COST)
    assert refusal(follower, answers.hide, AFTERCARE["id"]) == (
        "The library lets no clinic hide this section. Everyone needs this. You can make it yours."
    )
    edit_library(treatment, OVERVIEW, RISKS, COST)
    page = say(follower, answers.keep_retired, AFTERCARE["id"])
    assert headings(page) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert headings(say(page, answers.hide, AFTERCARE["id"])) == ["What is it?", "Risks", "Cost"]


def test_a_retired_section_is_kept_or_dropped(treatment, follower, other_clinic):
    other = follower_of(treatment, other_clinic)
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert states(follower)[AFTERCARE["id"]] is State.RETIRED
    page = say(follower, answers.keep_retired, AFTERCARE["id"])
    assert words_of(page, AFTERCARE) == ("Afterwards", ["<p>Move gently.</p>"])
    assert states(page)[AFTERCARE["id"]] is State.YOURS
    assert headings(say(other, answers.drop_retired, AFTERCARE["id"])) == ["What is it?", "Risks", "Cost"]
    assert refusal(follower, answers.drop_retired, AFTERCARE["id"]).endswith("or you have answered already.")


def test_keeping_a_retired_section_keeps_the_clinics_own_words(treatment, follower):
    ours(follower)
    edit_library(treatment, OVERVIEW, RISKS, COST)
    page = say(follower, answers.keep_retired, AFTERCARE["id"])
    assert words_of(page, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    assert states(page)[AFTERCARE["id"]] is State.YOURS_CHANGED


def test_an_addition_stands_where_it_was_put_and_moves(follower):
    page = fresh(follower)
    added = additions.add_after(page, OVERVIEW["id"], kind="other", heading="Parking", body=[])
    page.save()
    assert headings(page) == ["What is it?", "Parking", "Afterwards", "Risks", "Cost"]
    for steps, expected in (
        (1, ["What is it?", "Afterwards", "Parking", "Risks", "Cost"]),
        (-2, ["Parking", "What is it?", "Afterwards", "Risks", "Cost"]),
        (-1, ["Parking", "What is it?", "Afterwards", "Risks", "Cost"]),
        (9, ["What is it?", "Afterwards", "Risks", "Cost", "Parking"]),
    ):
        assert headings(say(page, additions.move_addition, added, steps)) == expected


def test_an_addition_can_stand_first_and_on_an_empty_library_page(library, clinic):
    follower = follower_of(library_treatment(library, OVERVIEW), clinic)
    page = say(follower, additions.add_after, "", kind="other", heading="First", body=[])
    assert headings(page) == ["First", "What is it?"]
    empty = library_treatment(library, title="Cupping", sections=[])
    page = say(follower_of(empty, clinic), additions.add_after, "", kind="other", heading="Alone", body=[])
    assert headings(page) == ["Alone"]


def test_an_addition_stands_between_two_retired_sections(treatment, follower):
    edit_library(treatment, OVERVIEW, RISKS)
    edit_library(treatment, RISKS)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    page = say(follower, additions.add_after, OVERVIEW["id"], kind="other", heading="Parking", body=[])
    assert headings(page) == ["What is it?", "Parking", "Afterwards", "Risks", "Cost"]


def test_the_librarys_own_sections_cannot_be_moved(follower):
    assert refusal(follower, additions.move_addition, OVERVIEW["id"], 1).endswith(
        "the order is the library's."
    )


def test_holding_changes_nothing_that_patients_read(treatment, follower, clinic):
    ours(follower)
    say(follower, answers.hide, COST["id"])
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, COST, section("New"))
    edit_library(treatment, AFTERCARE, RISKS, section("New"))
    before = headings(follower)
    page = say(follower, held_pages.hold)
    assert headings(page) == before == ["What is it?", "Our aftercare", "Risks", "New"]
    assert headings(say(page, held_pages.follow_live)) == before


def test_holding_again_takes_nothing_newer(treatment, follower):
    say(follower, held_pages.hold)
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    page = say(follower, held_pages.hold)
    assert words_of(page, AFTERCARE) == ("Afterwards", ["<p>Move gently.</p>"])


def test_changes_are_approved_one_by_one_or_all(treatment, follower):
    say(follower, held_pages.hold)
    edit_library(treatment, OVERVIEW, LATER, RISKS, section("New"), COST)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    page = say(follower, held_pages.accept_waiting, [LATER["id"]])
    assert words_of(page, AFTERCARE)[1] == ["<p>Move, and drink water.</p>"]
    assert [one.live.heading for one in page.get_waiting_changes()] == ["New"]
    page = say(page, held_pages.accept_waiting)
    assert headings(page) == ["What is it?", "Afterwards", "Risks", "New", "Cost"]
    assert not page.get_waiting_changes()


def test_a_clinics_own_version_is_told_of_every_change_even_on_a_held_page(treatment, follower):
    ours(follower)
    say(follower, held_pages.hold)
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED
    assert not fresh(follower).get_waiting_changes()


def test_what_a_clinic_hides_waits_for_no_approval_when_the_library_drops_it(treatment, follower):
    say(follower, answers.hide, COST["id"])
    say(follower, held_pages.hold)
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS)
    assert not fresh(follower).get_waiting_changes()


def test_there_is_nothing_to_approve_on_a_page_that_follows_live(follower):
    assert refusal(follower, held_pages.accept_waiting).endswith("there is nothing to approve.")


@pytest.mark.parametrize(
    "answer",
    [
        lambda page: answers.hide(page, "no-such-section"),
        lambda page: answers.merge(page, "no-such-section", "Words", []),
        lambda page: answers.drop_retired(page, "no-such-section"),
        lambda page: additions.add_after(page, "no-such-section", kind="other", heading="Words", body=[]),
    ],
)
def test_an_answer_about_a_section_that_does_not_exist_is_refused(follower, answer):
    assert refusal(follower, answer) == answers.GONE


def test_approving_a_section_that_does_not_exist_is_refused(follower):
    say(follower, held_pages.hold)
    assert refusal(follower, held_pages.accept_waiting, ["no-such-section"]) == answers.GONE


@pytest.mark.parametrize("answer", [held_pages.hold, held_pages.follow_live, held_pages.accept_waiting])
def test_a_page_that_stands_alone_has_nothing_to_answer(clinic, answer):
    alone = ModalityPageFactory(sections=[OVERVIEW])
    expected = "This page stands on its own: it follows no page of the library."
    assert refusal(alone, answer) == expected
    assert refusal(alone, answers.hide, OVERVIEW["id"]) == expected


def test_words_that_were_never_written_do_not_come_back(follower):
    say(follower, answers.hide, COST["id"])
    assert refusal(follower, answers.bring_back_own, COST["id"]).endswith("Make it yours first.")
    assert refusal(follower, answers.return_to_library, OVERVIEW["id"]).endswith("the library's already.")
    assert fresh(follower).clinicsite_section_overrides.get().action == Action.HIDE
