"""What was measured on other systems that share content, and our better answer to each."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinicsite.library.answering import additions, answers, held_pages
from clinicsite.library.answering.drafts import change_draft, load_draft
from clinicsite.library.composition import State
from tests.factories import ClinicFactory, LibraryFolderPageFactory, paragraph, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    fresh,
    headings,
    states,
    take_over,
    words_on,
)

LATER = section("Afterwards", "Move, and drink water.", kind="aftercare")


def say(page, user, answer, *args, **kwargs):
    """Answer the library and publish, as the panel does."""
    change_draft(
        page.pk, user, lambda draft: answer(draft, *args, **kwargs), message="Answered", publish=True
    )


def edit_page(browser, page):
    """The page editor as its clinic's owner sees it."""
    return browser.get(f"/admin/pages/{page.pk}/edit/").text


def queries_of_publishing(treatment, words):
    page = fresh(treatment)
    page.sections = [OVERVIEW, section("Afterwards", words, kind="aftercare"), RISKS, COST]
    revision = page.save_revision()
    with CaptureQueriesContext(connection) as captured:
        revision.publish()
    return len(captured)


# Wagtail's aliases: 36 s and 28,000 queries to publish a page with 1,000 aliases, and no local change.


def test_wagtail_aliases_publishing_costs_the_same_however_many_follow(treatment, follower):
    queries_of_publishing(treatment, "First words.")
    with_one = queries_of_publishing(treatment, "Second words.")
    pages = [follower_of(treatment, ClinicFactory()) for _ in range(5)]
    assert queries_of_publishing(treatment, "Third words.") == with_one
    assert all("Third words." in fresh(page).composed_text for page in [follower, *pages])


def test_wagtail_aliases_a_follower_may_differ_and_still_reads_the_rest_through(
    treatment, follower, clinic, owner
):
    say(follower, owner, _own_aftercare)
    edit_library(treatment, section("What is it now?", key="What is it?"), LATER, RISKS, COST)
    assert headings(follower) == ["What is it now?", "Our aftercare", "Risks", "Cost"]


# Adobe's Multi Site Manager.


def test_msm_inheritance_that_is_switched_on_again_brings_the_value_at_once(
    treatment, follower, clinic, owner
):
    say(follower, owner, _own_aftercare)
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST, summary="The library's newer promise.")
    say(follower, owner, answers.return_to_library, AFTERCARE["id"])
    assert "Move, and drink water." in words_on(follower, clinic)
    assert fresh(follower).composed_summary == "The library's newer promise."


def test_msm_a_simple_field_that_inherits_again_shows_the_librarys_value_at_once(treatment, follower):
    page = fresh(follower)
    page.summary = "Our promise."
    page.save_revision().publish()
    edit_library(treatment, *treatment.sections.raw_data, summary="The library's newer promise.")
    assert fresh(follower).composed_summary == "Our promise."
    page = fresh(follower)
    page.summary = None
    page.save_revision().publish()
    assert fresh(follower).composed_summary == "The library's newer promise."


def test_msm_a_clinics_own_sections_survive_every_release(treatment, follower, owner):
    say(follower, owner, additions.add_after, OVERVIEW["id"], kind="other", heading="Parking", body=[])
    for sections in ([COST, RISKS, AFTERCARE], [section("All new")], [], [OVERVIEW, AFTERCARE, RISKS, COST]):
        edit_library(treatment, *sections)
        assert "Parking" in headings(follower)
    shown = [heading for heading in headings(follower) if heading != "All new"]
    assert shown == ["What is it?", "Parking", "Afterwards", "Risks", "Cost"]


def test_msm_a_library_page_that_moves_and_is_renamed_takes_its_followers_along(
    treatment, library, follower, clinic, owner, visit
):
    say(follower, owner, _own_aftercare)
    address = fresh(follower).url_path
    shelf = LibraryFolderPageFactory(parent=library, title="Another shelf")
    fresh(treatment).move(shelf, pos="last-child")
    edit_library(treatment, COST, OVERVIEW, AFTERCARE, RISKS, title="Needling", slug="needling")
    assert fresh(follower).url_path == address
    assert headings(follower) == ["Cost", "What is it?", "Our aftercare", "Risks"]
    assert "Our aftercare" in visit("/treatments/dry-needling/").text


def test_msm_a_page_that_was_never_rolled_out_is_not_called_up_to_date(
    treatment, follower, owner, admin_client_of
):
    browser = admin_client_of(owner)
    say(follower, owner, held_pages.hold)
    assert "has a newer text" not in edit_page(browser, follower)
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    waiting = fresh(follower).get_waiting_changes()
    assert [one.section_id for one in waiting] == [AFTERCARE["id"]]
    assert "“Afterwards” has a newer text" in edit_page(browser, follower)


def test_msm_an_answer_in_a_draft_is_no_answer_for_patients_yet(treatment, follower, owner):
    take_over(follower, AFTERCARE, "Our aftercare", "Call us.")
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    change_draft(
        follower.pk, owner, lambda page: answers.return_to_library(page, AFTERCARE["id"]), message="Returned"
    )
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED
    draft = {one.id: one.state for one in load_draft(follower.pk, owner).compose()}
    assert draft[AFTERCARE["id"]] is State.LIBRARY


def test_msm_a_page_copied_from_another_clinics_knows_what_has_changed_since(treatment, follower, clinic):
    take_over(follower, AFTERCARE, "Our aftercare", "Call us.")
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    copy = fresh(follower).copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert states(copy)[AFTERCARE["id"]] is State.YOURS_CHANGED


# WordPress Broadcast: overwrites the children by default.


def test_broadcast_a_library_publish_writes_not_one_row_of_a_clinic(treatment, follower, owner):
    say(follower, owner, _own_aftercare)
    say(follower, owner, answers.hide, COST["id"])
    say(follower, owner, additions.add_after, "", kind="other", heading="Parking", body=[])
    before = (fresh(follower).to_json(), follower.revisions.count(), fresh(follower).latest_revision_id)
    edit_library(treatment, section("All new"), title="New title", summary="New promise.")
    assert (
        fresh(follower).to_json(),
        follower.revisions.count(),
        fresh(follower).latest_revision_id,
    ) == before


# Overrides that are keyed by name disconnect on rename.


def test_by_name_a_heading_that_is_renamed_keeps_its_override(treatment, follower, owner):
    say(follower, owner, _own_aftercare)
    renamed = section("Looking after yourself", "Move gently.", key="Afterwards", kind="aftercare")
    edit_library(treatment, OVERVIEW, renamed, RISKS, COST)
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED
    assert headings(follower) == ["What is it?", "Our aftercare", "Risks", "Cost"]


def test_by_name_two_sections_that_swap_their_headings_keep_each_its_own(treatment, follower, owner):
    say(follower, owner, _own_aftercare)
    swapped = [
        section("Cost", key="Afterwards", kind="aftercare"),
        section("Afterwards", key="Cost", kind="cost"),
    ]
    edit_library(treatment, OVERVIEW, *swapped)
    assert headings(follower)[:3] == ["What is it?", "Our aftercare", "Afterwards"]


def test_by_name_a_new_section_of_an_old_name_is_a_new_section(treatment, follower, owner):
    say(follower, owner, _own_aftercare)
    namesake = section("Afterwards", "Other words.", key="another", kind="aftercare")
    edit_library(treatment, OVERVIEW, namesake, RISKS, COST)
    assert headings(follower) == ["What is it?", "Our aftercare", "Afterwards", "Risks", "Cost"]
    assert states(follower)[AFTERCARE["id"]] is State.RETIRED
    assert states(follower)[namesake["id"]] is State.LIBRARY


# wagtail-localize: overwrites manual work when sync is switched back on.


def test_localize_following_live_again_keeps_every_word_of_the_clinic(treatment, follower, clinic, owner):
    say(follower, owner, held_pages.hold)
    say(follower, owner, _own_aftercare)
    say(follower, owner, answers.hide, COST["id"])
    say(follower, owner, additions.add_after, AFTERCARE["id"], kind="other", heading="Parking", body=[])
    edit_library(treatment, section("What is it now?", key="What is it?"), LATER, RISKS, COST)
    assert headings(follower) == ["What is it?", "Our aftercare", "Parking", "Risks"]
    say(follower, owner, held_pages.follow_live)
    assert headings(follower) == ["What is it now?", "Our aftercare", "Parking", "Risks"]
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED
    assert "Call us." in words_on(follower, clinic)


def test_localize_words_returned_to_the_library_come_back_as_they_were(treatment, follower, clinic, owner):
    say(follower, owner, _own_aftercare)
    say(follower, owner, answers.return_to_library, AFTERCARE["id"])
    edit_library(treatment, OVERVIEW, LATER, RISKS, COST)
    say(follower, owner, answers.bring_back_own, AFTERCARE["id"])
    assert "Call us." in words_on(follower, clinic)
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED


def _own_aftercare(page):
    answers.make_own(page, AFTERCARE["id"], reason="We do it so.")
    answers.merge(page, AFTERCARE["id"], "Our aftercare", [paragraph("Call us.")])
