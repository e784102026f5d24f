"""What a clinic has accepted, and what its drafts and revisions carry."""

import pytest

from clinicsite.library.answering.held_pages import accept_waiting, follow_live, hold
from clinicsite.library.composition import State
from clinicsite.library.models import SectionOverride
from tests.factories import section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    fresh,
    headings,
    override,
    states,
    words_on,
)


@pytest.fixture
def holding(treatment, follower):
    """A follower that has accepted the library's first version and no later one."""
    hold(follower)
    follower.save()
    return follower


def test_a_held_version_stays_when_the_library_moves_on(treatment, holding, clinic):
    edit_library(treatment, section("What is it now?", "New words.", key="What is it?"), RISKS)
    assert headings(holding) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert "A thin needle in a tight muscle." in words_on(holding, clinic)


def test_a_locked_section_is_live_even_on_a_held_version(treatment, holding, clinic):
    risks = section("Risks", "A lung can be hurt, very rarely.", kind="risks")
    edit_library(treatment, OVERVIEW, AFTERCARE, risks, COST)
    assert headings(holding) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert "A lung can be hurt, very rarely." in words_on(holding, clinic)
    assert "Bruises are common." not in words_on(holding, clinic)


def test_a_new_locked_section_reaches_a_held_version(treatment, holding):
    urgent = section("When to call 911", kind="urgent_help")
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, COST, urgent)
    assert headings(holding) == ["What is it?", "Afterwards", "Risks", "Cost", "When to call 911"]


def test_letting_go_of_a_held_version_follows_the_live_one(treatment, holding):
    changed = section("What is it now?", key="What is it?")
    edit_library(treatment, changed, section("New here"), AFTERCARE, RISKS, COST)
    page = fresh(holding)
    follow_live(page)
    page.save()
    assert headings(holding) == ["What is it now?", "New here", "Afterwards", "Risks", "Cost"]


def test_what_a_clinic_has_let_go_while_it_held_its_page_does_not_come_back(treatment, holding):
    edit_library(treatment, OVERVIEW, RISKS)
    page = fresh(holding)
    accept_waiting(page, [COST["id"]])
    page.save()
    assert headings(holding) == ["What is it?", "Afterwards", "Risks"]
    follow_live(page)
    page.save()
    assert headings(holding) == ["What is it?", "Afterwards", "Risks"]
    assert states(holding)[AFTERCARE["id"]] is State.RETIRED
    edit_library(treatment, OVERVIEW, RISKS, COST)
    edit_library(treatment, OVERVIEW, RISKS)
    assert states(holding)[COST["id"]] is State.RETIRED


def test_an_override_in_a_draft_waits_until_it_is_published(follower):
    follower.clinicsite_section_overrides.add(
        override(follower, AFTERCARE, "How we look after you", "Call us.")
    )
    revision = follower.save_revision()
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    draft = fresh(follower).get_latest_revision_as_object()
    assert [one.heading for one in draft.composed] == [
        "What is it?",
        "How we look after you",
        "Risks",
        "Cost",
    ]
    revision.publish()
    assert headings(follower) == ["What is it?", "How we look after you", "Risks", "Cost"]
    assert states(follower)[AFTERCARE["id"]] is State.YOURS


def test_reverting_to_an_older_revision_brings_the_older_words_back(follower):
    follower.clinicsite_section_overrides.add(override(follower, AFTERCARE, "First words", "First."))
    first = follower.save_revision()
    first.publish()
    page = fresh(follower)
    record = page.clinicsite_section_overrides.get()
    record.heading = "Second words"
    page.clinicsite_section_overrides.add(record)
    page.save_revision().publish()
    assert "Second words" in headings(follower)
    first.publish()
    assert "First words" in headings(follower)
    assert "Second words" not in headings(follower)


def test_taking_an_override_out_of_a_draft_and_publishing_returns_to_the_library(follower):
    follower.clinicsite_section_overrides.add(override(follower, AFTERCARE, "Our words", "Ours."))
    follower.save_revision().publish()
    page = fresh(follower)
    page.clinicsite_section_overrides.set([])
    revision = page.save_revision()
    assert "Our words" in headings(follower)
    revision.publish()
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert not SectionOverride.objects.exists()


def test_a_revision_keeps_the_base_the_clinic_took_over(treatment, follower):
    follower.clinicsite_section_overrides.add(override(follower, AFTERCARE, "Our words", "Ours."))
    revision = follower.save_revision()
    edit_library(
        treatment, OVERVIEW, section("Afterwards", "Move, and drink water.", kind="aftercare"), RISKS, COST
    )
    revision.publish()
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED
    assert SectionOverride.objects.get().base["body"] == AFTERCARE["value"]["body"]


def test_copying_a_page_copies_its_overrides_and_leaves_the_original(follower):
    follower.clinicsite_section_overrides.add(override(follower, AFTERCARE, "Our words", "Ours."))
    follower.save_revision().publish()
    copy = fresh(follower).copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert "Our words" in headings(copy)
    assert "Our words" in headings(follower)


def test_a_blank_version_and_none_stay_different_through_drafts_and_versions(follower):
    without = follower.save_revision()
    page = fresh(follower)
    page.clinicsite_section_overrides.add(override(page, AFTERCARE))
    blank = page.save_revision()
    blank.publish()
    assert headings(follower) == ["What is it?", "", "Risks", "Cost"]
    without.as_object().save_revision().publish()
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    blank.as_object().save_revision().publish()
    assert headings(follower) == ["What is it?", "", "Risks", "Cost"]
    assert states(follower)[AFTERCARE["id"]] is State.YOURS


def test_an_empty_summary_and_none_stay_different_through_drafts_and_versions(treatment, follower):
    edit_library(treatment, *treatment.sections.raw_data, summary="The library's promise.")
    for own, shown in (("", ""), (None, "The library's promise."), ("Ours.", "Ours."), ("", "")):
        page = fresh(follower)
        page.summary = own
        revision = page.save_revision()
        assert revision.as_object().summary == own
        revision.publish()
        assert fresh(follower).composed_summary == shown
