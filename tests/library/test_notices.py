"""A clinic is told when the library takes its words off a page or back onto it, and can answer."""

import pytest

from clinicsite.clinics.roles import RELEASE_MANAGERS, ensure_agency_groups
from clinicsite.library.answering import answers
from clinicsite.library.composition import State
from clinicsite.library.inbox.questions import Answer, UpdateKind
from clinicsite.library.releasing.releases import undo_release
from tests.factories import UserFactory
from tests.library.pages import AFTERCARE, COST, OVERVIEW, RISKS, edit_library, headings, states, take_over
from tests.library.releasing import draft, release
from tests.library.test_answers import ours, refusal, words_of
from tests.library.test_answers import say as answer
from tests.library.test_inbox import asked, count, say

NAME = AFTERCARE["id"]
BOTH = (Answer.KEEP, Answer.TAKE)


def aftercare(lock="", **changes):
    values = {"lock": lock, "lock_reason": "Everyone reads the same." if lock else ""}
    return {**AFTERCARE, "value": {**AFTERCARE["value"], **values, **changes}}


def locked(treatment, lock="locked", **changes):
    edit_library(treatment, OVERVIEW, aftercare(lock, **changes), RISKS, COST)


def unlocked(treatment):
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, COST)


def dropped(treatment):
    edit_library(treatment, OVERVIEW, RISKS, COST)


@pytest.fixture
def told(clinic, owner):
    """What the clinic is asked, as (kind, section) -> question; the count on the first screen agrees."""

    def ask():
        found = asked(clinic, owner)
        assert count(clinic, owner) == len(found)
        return found

    return ask


@pytest.fixture
def answered(clinic, owner, told):
    """Answer the one question there is, as the inbox does."""

    def give(name):
        (question,) = told().values()
        result = say(clinic, owner, name, question)
        assert result.is_done, result.sentence

    return give


def test_a_lock_over_a_clinics_own_words_is_told_once(treatment, follower, told, answered):
    ours(follower)
    locked(treatment)
    question = told()[UpdateKind.SET_ASIDE, NAME]
    assert question.what == (
        "The library has locked this section. Patients read the library’s text; yours is kept, unread. "
        "Everyone reads the same."
    )
    assert question.answers == (Answer.NOTED, Answer.TAKE)
    answered(Answer.NOTED)
    assert told() == {}
    locked(treatment, heading="After the needle")
    assert told() == {}


def test_a_kind_that_locks_is_a_lock(treatment, follower, told):
    ours(follower)
    locked(treatment, lock="", kind="urgent_help")
    assert set(told()) == {(UpdateKind.SET_ASIDE, NAME)}


def test_own_words_that_come_back_when_a_known_lock_goes_are_told(treatment, follower, told, answered):
    ours(follower)
    locked(treatment)
    answered(Answer.NOTED)
    unlocked(treatment)
    assert words_of(follower, AFTERCARE) == ("Our aftercare", ["<p>Call us.</p>"])
    question = told()[UpdateKind.BACK, NAME]
    assert "Patients read your own version again." in question.what
    assert question.answers == BOTH
    answered(Answer.KEEP)
    assert told() == {}
    assert states(follower)[NAME] is State.YOURS


def test_a_lock_that_came_and_went_unnoticed_is_nothing_to_tell(treatment, follower, told):
    ours(follower)
    locked(treatment)
    unlocked(treatment)
    assert told() == {}


def test_taking_the_librarys_under_a_lock_is_for_good(treatment, follower, told, answered):
    ours(follower)
    locked(treatment)
    answered(Answer.TAKE)
    unlocked(treatment)
    assert told() == {}
    assert words_of(follower, AFTERCARE) == ("Afterwards", ["<p>Move gently.</p>"])


@pytest.mark.parametrize(
    ("lock", "words"),
    [
        (
            "adapt",
            "The library lets no clinic hide this section now. Patients read it, until you put it in your "
            "words. Everyone reads the same.",
        ),
        (
            "locked",
            "The library has locked this section. Patients read it, though you hide it. Everyone reads the "
            "same.",
        ),
    ],
)
def test_a_hidden_section_that_must_be_shown_is_told(treatment, follower, told, answered, lock, words):
    answer(follower, answers.hide, NAME, reason="Not here.")
    locked(treatment, lock)
    assert "Afterwards" in headings(follower)
    assert told()[UpdateKind.SET_ASIDE, NAME].what == words
    answered(Answer.NOTED)
    unlocked(treatment)
    assert "Afterwards" not in headings(follower)
    assert "you hide it again" in told()[UpdateKind.BACK, NAME].what


def test_own_words_where_a_section_may_be_adapted_are_nothing_to_tell(treatment, follower, told):
    ours(follower)
    locked(treatment, "adapt")
    assert told() == {}


def test_what_the_library_pulls_with_a_clinics_words_is_told(treatment, follower, told, answered):
    ours(follower)
    locked(treatment)
    dropped(treatment)
    assert headings(follower) == ["What is it?", "Risks", "Cost"]
    question = told()[UpdateKind.SET_ASIDE, NAME]
    assert (question.heading, question.answers) == ("Our aftercare", (Answer.NOTED,))
    answered(Answer.NOTED)
    assert told() == {}


def test_a_section_that_was_let_go_and_comes_back_is_told(treatment, follower, told, answered):
    dropped(treatment)
    answered(Answer.DROP_RETIRED)
    assert told() == {}
    unlocked(treatment)
    assert "Afterwards" not in headings(follower)
    question = told()[UpdateKind.BACK, NAME]
    assert "since you let it go" in question.what
    answered(Answer.TAKE)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert told() == {}


def test_what_a_clinic_hid_of_its_own_accord_may_go_and_come_back_untold(treatment, follower, told):
    answer(follower, answers.hide, NAME, reason="Not here.")
    dropped(treatment)
    unlocked(treatment)
    assert told() == {}


def test_a_section_that_was_kept_and_comes_back_is_told_and_can_follow_again(
    treatment, follower, told, answered
):
    dropped(treatment)
    answered(Answer.KEEP_RETIRED)
    unlocked(treatment)
    assert "the version you kept" in told()[UpdateKind.BACK, NAME].what
    answered(Answer.TAKE)
    assert states(follower)[NAME] is State.LIBRARY


def test_what_comes_back_with_other_words_is_asked_once_and_can_be_compared(
    treatment, follower, told, answered
):
    dropped(treatment)
    answered(Answer.KEEP_RETIRED)
    edit_library(treatment, OVERVIEW, aftercare(heading="After the needle"), RISKS, COST)
    assert set(told()) == {(UpdateKind.BACK, NAME)}
    assert told()[UpdateKind.BACK, NAME].can_compare
    answered(Answer.KEEP)
    assert told() == {}
    dropped(treatment)
    assert set(told()) == {(UpdateKind.RETIRED, NAME)}


def test_an_undone_release_that_had_dropped_a_section_is_told(
    library, treatment, follower, clinic, told, answered
):
    manager = UserFactory(groups=[ensure_agency_groups(library, [], clinic.collection)[RELEASE_MANAGERS]])
    draft(treatment, "A thin needle in a tight muscle.", RISKS, COST)
    made = release(treatment, manager)
    answered(Answer.DROP_RETIRED)
    undo_release(made.pk, manager)
    assert set(told()) == {(UpdateKind.BACK, NAME)}


def test_there_is_no_lock_to_note_where_none_is(treatment, follower):
    ours(follower)
    assert refusal(follower, answers.note_lock, NAME).startswith("The library’s lock has gone")


def test_any_other_answer_is_an_answer_to_it(treatment, follower, told):
    take_over(follower, AFTERCARE, action="hide")
    locked(treatment, "adapt")
    assert set(told()) == {(UpdateKind.SET_ASIDE, NAME)}
    answer(follower, answers.make_own, NAME, reason="Our way.")
    assert told() == {}


def test_the_screen_says_it_with_its_answers(treatment, follower, owner, admin_client_of):
    ours(follower)
    locked(treatment)
    shown = admin_client_of(owner).get("/admin/clinicsite/library/updates/").text
    assert "Yours set aside" in shown
    assert "We have seen it" in shown
    assert "The library has locked this section." in shown
