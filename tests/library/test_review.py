"""The review date is shown only while it is true of every clinical section on the page."""

from datetime import date

import pytest

from tests.factories import ModalityPageFactory, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    follower_of,
    fresh,
    library_treatment,
    take_over,
)

SPRING, SUMMER, AUTUMN = date(2026, 4, 2), date(2026, 7, 2), date(2026, 10, 2)


@pytest.fixture
def treatment(library):
    """A library treatment that a clinician checked in summer."""
    return library_treatment(library, reviewed_on=SUMMER)


@pytest.fixture
def follower(treatment, clinic):
    """The clinic's page that follows it."""
    return follower_of(treatment, clinic)


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
