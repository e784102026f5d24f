"""The review date is shown only while it is true of every clinical section on the page."""

from datetime import date

import pytest

from clinicsite.library.answering import held_pages
from tests.factories import ModalityPageFactory, section
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
    take_over,
)

SPRING, SUMMER, AUTUMN = date(2026, 4, 2), date(2026, 7, 2), date(2026, 10, 2)


@pytest.fixture
def treatment(library):
    """A library treatment that a clinician checked in summer."""
    return library_treatment(library, reviewed_on=SUMMER)


def claim_of(page):
    return fresh(page).review_claim


@pytest.mark.parametrize("reviewed_on", [SUMMER, None])
def test_a_stand_alone_page_claims_its_own_date(db, reviewed_on):
    assert claim_of(ModalityPageFactory(reviewed_on=reviewed_on)) == reviewed_on


def test_a_follower_claims_its_library_pages_date(follower):
    assert claim_of(follower) == SUMMER


def test_an_unreviewed_library_page_gives_no_claim(library, clinic):
    follower = follower_of(library_treatment(library), clinic, reviewed_on=SUMMER)
    assert claim_of(follower) is None


def test_an_unreviewed_override_removes_the_claim(follower):
    record = take_over(follower, AFTERCARE, "Ours", "Ours.")
    assert claim_of(follower) is None
    record.delete()
    assert claim_of(follower) == SUMMER


@pytest.mark.parametrize(("own_date", "claimed"), [(SPRING, SPRING), (AUTUMN, SUMMER)])
def test_the_oldest_date_counts(follower, own_date, claimed):
    take_over(follower, AFTERCARE, "Ours", "Ours.", reviewed_on=own_date)
    assert claim_of(follower) == claimed


def test_one_unreviewed_override_among_reviewed_ones_removes_the_claim(follower):
    take_over(follower, OVERVIEW, "Ours", "Ours.", reviewed_on=AUTUMN)
    take_over(follower, AFTERCARE, "Ours", "Ours.")
    assert claim_of(follower) is None


def test_what_a_treatment_costs_needs_no_clinician(follower):
    take_over(follower, COST, "Our prices", "Fair.")
    assert claim_of(follower) == SUMMER


def test_a_hidden_section_does_not_touch_the_claim(follower):
    take_over(follower, AFTERCARE, action="hide")
    assert claim_of(follower) == SUMMER


def test_an_override_that_a_lock_sets_aside_does_not_touch_the_claim(follower):
    take_over(follower, RISKS, "Ours", "Ours.")
    assert claim_of(follower) == SUMMER


@pytest.mark.parametrize(("kind", "claimed"), [("aftercare", None), ("other", SUMMER), ("cost", SUMMER)])
def test_a_clinical_addition_removes_the_claim(treatment, clinic, kind, claimed):
    assert claim_of(follower_of(treatment, clinic, sections=[section("Ours", kind=kind)])) == claimed


def test_a_retired_section_that_nobody_reviewed_removes_the_claim(treatment, follower):
    take_over(follower, AFTERCARE, "Ours", "Ours.")
    treatment.sections = [OVERVIEW, RISKS, COST]
    treatment.save()
    assert claim_of(follower) is None


def test_a_clinics_own_review_of_the_page_covers_its_own_words_until_they_change(follower):
    take_over(follower, AFTERCARE, "Ours", "Ours.")
    page = fresh(follower)
    page.reviewed_on = AUTUMN
    page.save_revision().publish()
    assert claim_of(follower) == SUMMER
    page = fresh(follower)
    record = page.clinicsite_section_overrides.get()
    record.heading = "Newer words of our own"
    page.clinicsite_section_overrides.add(record)
    page.save_revision().publish()
    assert claim_of(follower) is None


def test_an_addition_is_covered_by_the_clinics_own_review_and_one_made_later_is_not(follower):
    page = fresh(follower)
    page.sections = [section("On the pier", "We walk with you.", kind="aftercare")]
    page.reviewed_on = SPRING
    page.save_revision().publish()
    assert claim_of(follower) == SPRING
    page = fresh(follower)
    page.sections = [*page.sections.raw_data, section("In the pool", "We swim.", kind="aftercare")]
    page.save_revision().publish()
    assert claim_of(follower) is None


def test_a_section_the_library_retired_keeps_the_librarys_claim(treatment, follower):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert claim_of(follower) == SUMMER


def test_a_held_page_claims_the_date_of_the_words_it_has_accepted(treatment, follower):
    page = fresh(follower)
    held_pages.hold(page)
    page.save_revision().publish()
    newer = section("Afterwards", "Rest.", kind="aftercare")
    edit_library(treatment, OVERVIEW, newer, RISKS, COST, reviewed_on=AUTUMN)
    assert claim_of(follower) == SUMMER
    page = fresh(follower)
    held_pages.accept_waiting(page, [newer["id"]])
    page.save_revision().publish()
    assert claim_of(follower) == AUTUMN


NEW_OVERVIEW = section("What is it?", "A needle as thin as a hair.", kind="overview")
NEW_AFTERCARE = section("Afterwards", "Rest.", kind="aftercare")


def approve(page, *section_ids):
    page = fresh(page)
    held_pages.accept_waiting(page, section_ids)
    page.save_revision().publish()


def hold(page):
    page = fresh(page)
    held_pages.hold(page)
    page.save_revision().publish()


def test_a_held_page_claims_the_newer_date_once_it_has_approved_every_clinical_section(treatment, follower):
    hold(follower)
    edit_library(treatment, NEW_OVERVIEW, NEW_AFTERCARE, RISKS, COST, reviewed_on=AUTUMN)
    approve(follower, AFTERCARE["id"])
    assert claim_of(follower) == SUMMER
    approve(follower, OVERVIEW["id"])
    assert claim_of(follower) == AUTUMN


def test_words_about_the_price_that_wait_do_not_hold_the_newer_date_back(treatment, follower):
    hold(follower)
    newer = section("Cost", "Ask your insurer.", kind="cost")
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, newer, reviewed_on=AUTUMN)
    assert [one.section_id for one in fresh(follower).get_waiting_changes()] == [COST["id"]]
    assert claim_of(follower) == AUTUMN


def test_a_clinical_section_the_library_drops_holds_the_newer_date_back(treatment, follower):
    hold(follower)
    edit_library(treatment, OVERVIEW, RISKS, COST, reviewed_on=AUTUMN)
    assert claim_of(follower) == SUMMER


def test_a_clinical_section_the_library_only_moves_does_not_hold_the_newer_date_back(treatment, follower):
    hold(follower)
    edit_library(treatment, AFTERCARE, OVERVIEW, RISKS, COST, reviewed_on=AUTUMN)
    assert fresh(follower).get_waiting_changes()
    assert claim_of(follower) == AUTUMN


def test_the_editor_is_told_whose_words_no_clinician_has_checked(follower, owner, admin_client_of):
    take_over(follower, AFTERCARE, "Our aftercare", "Ours.")
    shown = admin_client_of(owner).get(f"/admin/pages/{follower.pk}/edit/").text
    assert "No review date is shown to patients" in shown
