"""Taking a library page down changes nothing that patients read, whatever the page had dropped before.

Each case is read by hand: which sections stand on the clinic's page before, and the very same after.
"""

import pytest

from clinicsite.clinics.roles import RELEASE_MANAGERS, ensure_agency_groups
from clinicsite.library.answering import answers, held_pages
from clinicsite.library.releasing.releases import retire
from tests.factories import UserFactory, section
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
from tests.library.releasing import draft, release
from tests.library.test_answers import say

LOCKED_AFTERCARE = section(
    "Afterwards", "Move gently.", kind="aftercare", lock="locked", lock_reason="It is wrong."
)


@pytest.fixture
def manager(library, clinic):
    groups = ensure_agency_groups(library, [], clinic.collection)
    return UserFactory(groups=[groups[RELEASE_MANAGERS]])


def _retired(page, manager, browser):
    retire(page.pk, manager)


def _unpublished(page, manager, browser):
    assert browser.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302


def _unpublished_in_bulk(page, manager, browser):
    address = f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}"
    assert browser.post(address, {"include_descendants": ""}).status_code == 302


@pytest.fixture(params=[_retired, _unpublished, _unpublished_in_bulk], ids=lambda way: way.__name__[1:])
def take_down(request, treatment, manager, admin_client_of):
    """One of the ways a library page is taken down; asserts that it is."""

    def take():
        request.param(treatment, manager, admin_client_of(manager))
        assert not fresh(treatment).live

    return take


def test_a_section_nobody_has_answered_about_stays(treatment, follower, take_down):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    take_down()
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_words_of_a_clinic_in_place_of_what_the_library_pulled_stay_away(treatment, follower, take_down):
    take_over(follower, AFTERCARE, "Ours", "Ice it hard.")
    edit_library(treatment, OVERVIEW, LOCKED_AFTERCARE, RISKS, COST)
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert headings(follower) == ["What is it?", "Risks", "Cost"]
    take_down()
    assert headings(follower) == ["What is it?", "Risks", "Cost"]


def test_what_a_held_page_had_accepted_and_the_library_pulled_stays_away(treatment, follower, take_down):
    say(follower, held_pages.hold)
    edit_library(treatment, OVERVIEW, LOCKED_AFTERCARE, RISKS, COST)
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert headings(follower) == ["What is it?", "Risks", "Cost"]
    take_down()
    assert headings(follower) == ["What is it?", "Risks", "Cost"]


def test_what_a_clinic_let_go_stays_away(treatment, follower, take_down):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    say(follower, answers.drop_retired, AFTERCARE["id"])
    take_down()
    assert headings(follower) == ["What is it?", "Risks", "Cost"]


def test_a_draft_of_a_retired_page_that_has_the_section_again_takes_it_from_nobody(
    treatment, follower, manager
):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    retire(treatment.pk, manager)
    # The editor writes drafts of a page that is not live into the page itself.
    page = fresh(treatment)
    page.sections = [OVERVIEW, AFTERCARE, RISKS, COST]
    page.save()
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_what_only_a_draft_of_a_retired_page_had_never_comes_to_a_clinic(treatment, follower, manager):
    retire(treatment.pk, manager)
    page = fresh(treatment)
    page.sections = [OVERVIEW, section("Half a thought"), AFTERCARE, RISKS, COST]
    page.save()
    page.sections = [OVERVIEW, RISKS, COST]
    page.save()
    page.save_revision()
    release(treatment, manager)
    # "Afterwards" was live and has been dropped since; the half thought was read by nobody.
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_releasing_again_what_was_retired_changes_nothing_either(treatment, follower, manager):
    edit_library(treatment, OVERVIEW, RISKS, COST)
    retire(treatment.pk, manager)
    draft(treatment, "A needle as thin as a hair.", RISKS, COST)
    release(treatment, manager)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_a_draft_that_was_never_live_has_dropped_nothing(library, clinic, manager):
    page = library_treatment(library, OVERVIEW, AFTERCARE, live=False)
    page.sections = [OVERVIEW]
    page.save()
    assert fresh(page).retired_sections == []
    page.save_revision().publish()
    assert headings(follower_of(fresh(page), clinic)) == ["What is it?"]
