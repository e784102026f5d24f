"""A clinic changes a heading alone: the library's text under it goes on arriving."""

import json
from dataclasses import replace

import pytest

from clinicsite.core.rendering import rendering_for
from clinicsite.library.answering import answers
from clinicsite.library.answering.comparing import case_for
from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.composition import Action, Override, Retired, Section, State, compose
from clinicsite.library.inbox.box import Inbox
from clinicsite.library.matrix.states import Mark
from clinicsite.library.models.overrides import mark_of
from tests.factories import section
from tests.library.pages import AFTERCARE, COST, OVERVIEW, RISKS, edit_library, fresh, states
from tests.library.panel_form import draft_of, form_data, own_words, record_on
from tests.library.test_impact import counts, impact
from tests.library.test_matrix import cells

NEWER = AFTERCARE | {"value": section("Afterwards", "Move, and drink water.", kind="aftercare")["value"]}
RENAMED = AFTERCARE | {"value": section("After your visit", "Rest for a day.", kind="aftercare")["value"]}

LIBRARY = Section("a", "aftercare", "Afterwards", ["Rest."])
OURS = Override("a", Action.REPLACE, "When you are home", [], LIBRARY, is_heading_only=True)


def composed(library, override=OURS, retired=()):
    (one,) = compose(library, {"a": override}, retired=retired)
    return one.heading, one.body, one.state


def test_the_librarys_newer_text_stands_under_the_clinics_heading():
    assert composed([LIBRARY]) == ("When you are home", ["Rest."], State.YOURS)
    assert composed([replace(LIBRARY, body=["Move."])]) == ("When you are home", ["Move."], State.YOURS)


def test_a_newer_heading_of_the_librarys_is_told_and_stays_away():
    renamed = replace(LIBRARY, heading="After your visit", body=["Move."])
    assert composed([renamed]) == ("When you are home", ["Move."], State.YOURS_CHANGED)


def test_what_patients_read_stays_when_the_library_drops_the_section():
    dropped = Retired(replace(LIBRARY, body=["Move."]))
    assert composed([], retired=[dropped]) == ("When you are home", ["Move."], State.RETIRED)


@pytest.fixture
def page(follower):
    """A live follower with a heading of its own over the library's aftercare."""
    own = answers.make_heading_own(follower, AFTERCARE["id"], reason="Our patients call it so.")
    own.heading = "When you are home"
    follower.save()
    return fresh(follower)


def heading_on(page):
    return next(one.heading for one in page.compose() if one.id == AFTERCARE["id"])


def body_on(page):
    return str(next(one.body for one in page.compose() if one.id == AFTERCARE["id"]))


def asked(clinic, user):
    with rendering_for(None):
        return [(one.kind, one.section_id) for one in Inbox(clinic.site, user).questions() if one.section_id]


def test_a_newer_text_is_on_the_page_at_once_and_no_question(page, treatment, clinic, owner):
    edit_library(treatment, OVERVIEW, NEWER, RISKS, COST)
    assert "drink water" in body_on(fresh(page))
    assert heading_on(fresh(page)) == "When you are home"
    assert states(page)[AFTERCARE["id"]] == State.YOURS
    assert asked(clinic, owner) == []


def test_a_newer_heading_is_asked_about_and_can_be_kept(page, treatment, clinic, owner):
    edit_library(treatment, OVERVIEW, RENAMED, RISKS, COST)
    assert heading_on(fresh(page)) == "When you are home"
    assert [ident for _kind, ident in asked(clinic, owner)] == [AFTERCARE["id"]]
    case = case_for(fresh(page), AFTERCARE["id"])
    assert (case.base.heading, case.library.heading) == ("Afterwards", "After your visit")
    assert case.own.heading == "When you are home"
    assert case.own.body == case.library.body == case.base.body
    kept = fresh(page)
    answers.keep_own(kept, AFTERCARE["id"])
    kept.save()
    assert asked(clinic, owner) == []
    assert heading_on(fresh(page)) == "When you are home"


def test_a_merge_of_the_heading_leaves_the_text_with_the_library(page, treatment):
    edit_library(treatment, OVERVIEW, RENAMED, RISKS, COST)
    own = fresh(page)
    answers.merge(own, AFTERCARE["id"], "After you are home", case_for(own, AFTERCARE["id"]).library.body)
    own.save()
    edit_library(treatment, OVERVIEW, NEWER, RISKS, COST)
    assert "drink water" in body_on(fresh(page))
    assert heading_on(fresh(page)) == "After you are home"


def test_a_merge_with_another_text_makes_all_of_it_the_clinics(page, treatment):
    edit_library(treatment, OVERVIEW, RENAMED, RISKS, COST)
    own = fresh(page)
    answers.merge(own, AFTERCARE["id"], "Home", section("x", "Sleep well.")["value"]["body"])
    own.save()
    edit_library(treatment, OVERVIEW, NEWER, RISKS, COST)
    assert "Sleep well." in body_on(fresh(page))


def test_all_of_it_can_be_made_ours_later_and_the_heading_stays(page, treatment):
    own = fresh(page)
    answers.make_own(own, AFTERCARE["id"], reason="We differ.")
    own.save()
    before = body_on(fresh(page))
    edit_library(treatment, OVERVIEW, NEWER, RISKS, COST)
    assert body_on(fresh(page)) == before
    assert heading_on(fresh(page)) == "When you are home"
    assert states(page)[AFTERCARE["id"]] == State.YOURS_CHANGED


def test_returned_to_the_library_the_heading_is_kept_and_comes_back_alone(page, treatment):
    own = fresh(page)
    answers.return_to_library(own, AFTERCARE["id"])
    assert heading_on(own) == "Afterwards"
    answers.bring_back_own(own, AFTERCARE["id"])
    own.save()
    edit_library(treatment, OVERVIEW, NEWER, RISKS, COST)
    assert heading_on(fresh(page)) == "When you are home"
    assert "drink water" in body_on(fresh(page))


def test_whole_words_written_before_are_put_aside_and_come_back_whole(follower):
    own = answers.make_own(follower, AFTERCARE["id"], reason="We differ.")
    own.write("Ours", section("x", "Sleep well.")["value"]["body"], own.base)
    answers.return_to_library(follower, AFTERCARE["id"])
    answers.make_heading_own(follower, AFTERCARE["id"], reason="Only the heading.")
    assert "Sleep well." not in body_on(follower)
    *_, earlier = answers.record_of(follower, AFTERCARE["id"]).earlier_words
    assert earlier["heading"] == "Ours"
    assert own.bring_earlier_back(mark_of(earlier))
    follower.forget_composition()
    assert "Sleep well." in body_on(follower)


def test_a_dropped_section_that_is_kept_keeps_the_text_that_patients_read(page, treatment):
    edit_library(treatment, OVERVIEW, NEWER, RISKS, COST)
    edit_library(treatment, OVERVIEW, RISKS, COST)
    own = fresh(page)
    assert states(own)[AFTERCARE["id"]] == State.RETIRED
    answers.keep_retired(own, AFTERCARE["id"])
    own.save()
    assert heading_on(fresh(page)) == "When you are home"
    assert "drink water" in body_on(fresh(page))
    assert states(page)[AFTERCARE["id"]] == State.YOURS


def test_a_locked_section_and_one_without_a_heading_are_refused(follower, treatment):
    with pytest.raises(AnswerError, match="locked"):
        answers.make_heading_own(follower, RISKS["id"], reason="We differ.")
    edit_library(treatment, section("", "Opening words.", key="opening"), OVERVIEW, AFTERCARE, RISKS, COST)
    opening = fresh(follower).compose()[0]
    with pytest.raises(AnswerError, match="no heading"):
        answers.make_heading_own(fresh(follower), opening.id, reason="We differ.")


def test_the_editor_offers_the_heading_and_no_text(page, owner, admin_client_of):
    browser = admin_client_of(owner)
    form = browser.get(f"/admin/pages/{page.pk}/edit/").text
    name = f"override-{AFTERCARE['id']}"
    assert f'name="{name}-heading"' in form
    assert f"{name}-body" not in form
    assert "Your heading, library’s text" in form
    assert post(browser, page, "Once you are home").status_code == 302
    assert heading_on(fresh(page)) == "Once you are home"
    assert "Move gently." in body_on(fresh(page))
    assert "This field is required." in post(browser, page, "").text
    assert heading_on(draft_of(page)) == "Once you are home"


def post(browser, page, heading):
    own = own_words(page, AFTERCARE["id"], heading, "Words that no field takes.")
    return browser.post(f"/admin/pages/{page.pk}/edit/", form_data(page) | own | {"action-publish": "1"})


def test_the_screen_says_what_it_does_and_does_it(follower, owner, admin_client_of):
    browser = admin_client_of(owner)
    address = f"/admin/clinicsite/library/pages/{follower.pk}/sections/{AFTERCARE['id']}/own-heading/"
    assert "The text under it stays the library's" in browser.get(address).context["explanation"]
    assert "Change its heading" in browser.get(f"/admin/pages/{follower.pk}/edit/").text
    browser.post(address, {"reason": "Our word for it."})
    record = record_on(follower, AFTERCARE["id"])
    assert (record.heading, record.is_heading_only, len(record.body)) == ("Afterwards", True, 0)


def test_the_matrix_counts_a_changed_heading_and_no_changed_text(page, treatment, library_editor):
    edit_library(treatment, OVERVIEW, NEWER, RISKS, COST)
    assert counted(library_editor) == {Mark.OWN: 1}
    edit_library(treatment, OVERVIEW, RENAMED, RISKS, COST)
    assert counted(library_editor) == {Mark.OWN: 1, Mark.CHANGED: 1}


def counted(user):
    marks = cells(user)["North Clinic", "Dry needling"]
    return {mark: marks[mark] for mark in (Mark.OWN, Mark.CHANGED) if marks.get(mark)}


@pytest.mark.parametrize("mark", [Mark.OWN, Mark.CHANGED])
@pytest.mark.parametrize("becomes", [NEWER, RENAMED])
def test_the_database_counts_the_same_as_the_cells(page, treatment, library_editor, mark, becomes):
    edit_library(treatment, OVERVIEW, becomes, RISKS, COST)
    has_mark = mark in counted(library_editor)
    assert bool(cells(library_editor, state=mark)) is has_mark
    assert has_mark is not (mark is Mark.CHANGED and becomes is NEWER)


def test_a_release_says_that_a_new_text_is_read_and_a_new_heading_is_asked_about(page, treatment):
    draft(treatment, NEWER)
    assert counts(impact(treatment)) == {"Afterwards": (1, 0, 0, 0)}
    draft(treatment, RENAMED)
    assert counts(impact(treatment)) == {"After your visit": (1, 1, 0, 0)}


def draft(treatment, aftercare):
    """Save a draft of the library page with this in place of what it says of aftercare."""
    page = fresh(treatment)
    page.sections = json.dumps([OVERVIEW, aftercare, RISKS, COST])
    page.save_revision()
