"""A clinic on pilot is told so, and reads why the version that it tries is as it is."""

import pytest

from clinicsite.library.inbox.questions import UpdateKind
from clinicsite.library.releasing.releases import release_pilot_to_all
from tests.factories import UserFactory
from tests.library.pages import AFTERCARE, OVERVIEW, RISKS, follower_of, take_over
from tests.library.panel_form import edit_address
from tests.library.releasing import draft, pilot, release
from tests.library.test_inbox import ADDRESS, asked

ON_PILOT = "a version that other clinics do not have yet"


@pytest.fixture
def manager():
    return UserFactory(is_superuser=True)


@pytest.fixture
def piloted(treatment, follower, clinic, manager):
    """A follower with its own overview, on pilot with a version that changes it."""
    take_over(follower, OVERVIEW, "Ours", "Our words.")
    draft(treatment, "A thin needle in a tight muscle.", AFTERCARE, RISKS)
    release(treatment, manager, note="We took out the price.")
    draft(treatment, "A needle as thin as a hair.", AFTERCARE, RISKS)
    return pilot(treatment, manager, clinic, note="Say how thin it is.")


def test_the_pilots_own_note_stands_beside_what_it_changes(piloted, clinic, owner):
    question = asked(clinic, owner)[UpdateKind.CHANGED, OVERVIEW["id"]]
    assert question.note == "Say how thin it is."
    assert question.is_on_pilot


def test_another_clinic_reads_the_note_of_the_live_release(
    piloted, treatment, other_clinic, other_owner, manager
):
    other = follower_of(treatment, other_clinic)
    record = take_over(other, AFTERCARE, "Ours", "Our words.")
    record.base = {**record.base, "heading": "Older"}
    record.save()
    question = asked(other_clinic, other_owner)[UpdateKind.CHANGED, AFTERCARE["id"]]
    assert (question.note, question.is_on_pilot) == ("We took out the price.", False)


def test_screens_say_that_the_clinic_is_on_pilot_and_why(
    piloted, treatment, follower, owner, admin_client_of
):
    browser = admin_client_of(owner)
    compare = f"/admin/clinicsite/library/pages/{follower.pk}/sections/{OVERVIEW['id']}/changes/"
    for address in (ADDRESS, edit_address(follower)):
        shown = " ".join(browser.get(address).text.split())
        assert ON_PILOT in shown
        assert "The library’s note: Say how thin it is." in shown
        assert "We took out the price." not in shown
    assert "Say how thin it is." in browser.get(compare).text


def test_who_is_not_on_pilot_is_told_nothing_of_it(
    piloted, treatment, other_clinic, other_owner, admin_client_of
):
    other = follower_of(treatment, other_clinic)
    browser = admin_client_of(other_owner)
    for address in (ADDRESS, edit_address(other)):
        shown = browser.get(address).text
        assert "pilot" not in shown.lower()
        assert "Say how thin it is." not in shown


def test_after_the_pilot_nobody_is_told_of_it_any_more(piloted, follower, clinic, owner, manager):
    release_pilot_to_all(piloted.pk, manager)
    question = asked(clinic, owner)[UpdateKind.CHANGED, OVERVIEW["id"]]
    assert (question.note, question.is_on_pilot) == ("Say how thin it is.", False)
