"""A clinic's page that follows the library, on real pages."""

import pytest

from clinicsite.library.composition import State
from tests.factories import ConditionPageFactory, ImageFactory, ModalityPageFactory, section
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
    words_on,
)


def edited(stored, words):
    """The same section, with the same id, after the library has edited it."""
    changed = section(stored["value"]["heading"], words, **{"kind": stored["value"]["kind"]})
    assert changed["id"] == stored["id"]
    return changed


def test_a_follower_reads_as_its_library_page(follower, clinic):
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert "A thin needle in a tight muscle." in words_on(follower, clinic)
    assert set(states(follower).values()) == {State.LIBRARY, State.LOCKED}


def test_a_library_edit_shows_on_every_followers_next_view(treatment, follower, clinic, other_clinic):
    other = follower_of(treatment, other_clinic)
    edit_library(treatment, edited(OVERVIEW, "A needle as thin as a hair."), AFTERCARE, RISKS, COST)
    for page, whose in ((follower, clinic), (other, other_clinic)):
        assert "A needle as thin as a hair." in words_on(page, whose)
        assert "A thin needle in a tight muscle." not in words_on(page, whose)


def test_a_patient_reads_the_library_edit_on_the_clinics_site(visit, treatment, follower):
    edit_library(treatment, edited(OVERVIEW, "A needle as thin as a hair."), AFTERCARE, RISKS, COST)
    response = visit("/treatments/dry-needling/")
    assert response.status_code == 200
    assert "A needle as thin as a hair." in response.text


def test_a_library_draft_shows_nowhere(treatment, follower, clinic):
    treatment.sections = [edited(OVERVIEW, "Not yet approved.")]
    treatment.save_revision()
    assert "Not yet approved." not in words_on(follower, clinic)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_a_library_edit_leaves_a_stand_alone_page_alone(treatment, follower, clinic):
    own_page = ModalityPageFactory(parent=follower.get_parent(), title="Cupping", sections=[OVERVIEW])
    edit_library(treatment, edited(OVERVIEW, "A needle as thin as a hair."))
    assert "A thin needle in a tight muscle." in words_on(own_page, clinic)


def test_a_library_edit_keeps_the_clinics_own_section(treatment, follower, clinic):
    take_over(follower, AFTERCARE, "How we look after you", "Call us the day after.")
    assert states(follower)[AFTERCARE["id"]] is State.YOURS
    edit_library(treatment, OVERVIEW, edited(AFTERCARE, "Move, and drink water."), RISKS, COST)
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED
    assert headings(follower) == ["What is it?", "How we look after you", "Risks", "Cost"]
    assert "Call us the day after." in words_on(follower, clinic)
    assert "drink water" not in words_on(follower, clinic)


def test_publishing_the_library_unchanged_changes_no_state(treatment, follower):
    take_over(follower, AFTERCARE, "How we look after you", "Call us the day after.")
    edit_library(treatment, *treatment.sections.raw_data, search_description="Only this is new.")
    assert states(follower)[AFTERCARE["id"]] is State.YOURS


def test_a_hidden_section_stays_hidden_when_the_library_edits_it(treatment, follower):
    take_over(follower, COST, action="hide")
    assert states(follower)[COST["id"]] is State.HIDDEN
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, edited(COST, "It depends."))
    assert states(follower)[COST["id"]] is State.HIDDEN_CHANGED
    assert headings(follower) == ["What is it?", "Afterwards", "Risks"]


def test_a_section_the_library_retires_keeps_the_clinics_words_in_place(treatment, follower):
    take_over(follower, AFTERCARE, "How we look after you", "Call us.")
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert headings(follower) == ["What is it?", "How we look after you", "Risks", "Cost"]
    assert states(follower)[AFTERCARE["id"]] is State.RETIRED


def test_one_clinics_override_does_not_show_on_another_clinics_page(treatment, follower, other_clinic):
    other = follower_of(treatment, other_clinic)
    take_over(follower, AFTERCARE, "How we look after you", "Call us.")
    assert headings(other) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_returning_a_section_to_the_library_shows_its_text_at_once(treatment, follower):
    record = take_over(follower, AFTERCARE, "How we look after you", "Call us.")
    edit_library(treatment, OVERVIEW, section("Looking after yourself", key="Afterwards"), RISKS, COST)
    record.delete()
    assert headings(follower) == ["What is it?", "Looking after yourself", "Risks", "Cost"]


def test_the_default_lock_keeps_safety_sections_the_librarys(follower):
    take_over(follower, RISKS, "No risks here", "Nothing to see.")
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert states(follower)[RISKS["id"]] is State.LOCKED


def test_a_blank_override_stays_blank_where_none_shows_the_librarys(follower, clinic):
    take_over(follower, AFTERCARE, heading="", words="")
    assert headings(follower) == ["What is it?", "", "Risks", "Cost"]
    assert "Move gently." not in words_on(follower, clinic)
    assert states(follower)[AFTERCARE["id"]] is State.YOURS


def test_additions_stand_at_their_anchors(treatment, clinic):
    additions = [
        section("Parking", anchor="", kind="other"),
        section("Our rooms", anchor=AFTERCARE["id"], anchor_position="before"),
        section("Our promise", anchor=OVERVIEW["id"], anchor_position="after"),
    ]
    follower = follower_of(treatment, clinic, sections=additions)
    expected = ["What is it?", "Our promise", "Our rooms", "Afterwards", "Risks", "Cost", "Parking"]
    assert headings(follower) == expected
    edit_library(treatment, COST, OVERVIEW, RISKS, AFTERCARE)
    expected = ["Cost", "What is it?", "Our promise", "Risks", "Our rooms", "Afterwards", "Parking"]
    assert headings(follower) == expected


def test_an_addition_stays_behind_its_anchor_when_that_is_retired(treatment, clinic):
    addition = section("Our rooms", anchor=AFTERCARE["id"], trail=[OVERVIEW["id"]])
    follower = follower_of(treatment, clinic, sections=[addition])
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert headings(follower) == ["What is it?", "Afterwards", "Our rooms", "Risks", "Cost"]


def test_an_addition_remembers_its_neighbours_when_its_anchor_is_gone(treatment, clinic):
    addition = section("Our rooms", anchor=RISKS["id"], trail=[OVERVIEW["id"], AFTERCARE["id"]])
    follower = follower_of(treatment, clinic, sections=[addition])
    edit_library(treatment, OVERVIEW, AFTERCARE, COST)
    assert headings(follower) == ["What is it?", "Afterwards", "Our rooms", "Cost"]


def test_a_section_the_library_drops_stays_until_the_clinic_answers(treatment, follower, other_clinic):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert states(follower)[AFTERCARE["id"]] is State.RETIRED
    newcomer = follower_of(treatment, other_clinic)
    assert headings(newcomer) == ["What is it?", "Risks", "Cost"]


def test_a_locked_section_the_library_drops_is_gone_at_once_with_the_clinics_old_words(treatment, follower):
    take_over(follower, AFTERCARE, "Our aftercare", "Ours.")
    locked = section("Afterwards", kind="aftercare", lock="locked", lock_reason="Safety.")
    edit_library(treatment, OVERVIEW, locked, RISKS, COST)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    edit_library(treatment, OVERVIEW, COST)
    assert headings(follower) == ["What is it?", "Cost"]
    edit_library(treatment, OVERVIEW, AFTERCARE, COST)
    assert headings(follower) == ["What is it?", "Our aftercare", "Cost"]


@pytest.mark.parametrize(
    ("name", "in_library", "shown", "shown_when_empty"),
    [
        ("summary", "The library's promise.", "The library's promise.", ""),
        ("alternate_names", "intramuscular stimulation, IMS", ["intramuscular stimulation", "IMS"], []),
        ("body_regions", "elbow", ["elbow"], []),
    ],
)
def test_null_is_the_librarys_value_and_empty_is_a_choice(library, name, in_library, shown, shown_when_empty):
    library_page = ConditionPageFactory(parent=library, **{name: in_library})
    values = {"summary": None, "body_regions": None, "library_page": library_page, "sections": []}
    inherits = ConditionPageFactory(**values)
    is_empty = ConditionPageFactory(**(values | {name: ""}))
    assert getattr(fresh(inherits), f"composed_{name}") == shown
    assert getattr(fresh(is_empty), f"composed_{name}") == shown_when_empty


def test_the_clinics_picture_wins_over_the_librarys(treatment, follower):
    theirs, ours = ImageFactory(title="Theirs"), ImageFactory(title="Ours")
    edit_library(treatment, OVERVIEW, hero_image=theirs)
    assert fresh(follower).composed_hero_image == theirs
    follower.hero_image = ours
    follower.save()
    assert fresh(follower).composed_hero_image == ours


def test_tokens_take_the_clinics_values_on_each_clinics_page(library, clinic, other_clinic):
    greeting = section("Welcome to {clinic}", "Write to {email}.", key="welcome")
    treatment = library_treatment(library, greeting, summary="Needling at {clinic}.")
    for whose in (clinic, other_clinic):
        page = follower_of(treatment, whose)
        assert f"Welcome to {whose.settings.name}" in words_on(page, whose)
        assert f"Write to {whose.settings.email}." in words_on(page, whose)
