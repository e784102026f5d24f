"""A library page on its way to the clinics: pilot, everybody, a set time, undone; all of it history."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Revision

from clinicsite.clinics.roles import RELEASE_MANAGERS, ensure_agency_groups
from clinicsite.library.composition import State
from clinicsite.library.models import Release
from clinicsite.library.releasing.releases import (
    ReleaseError,
    cancel_schedule,
    end_pilot,
    last_pilots,
    release_pilot_to_all,
    schedule_release,
    undo_release,
)
from clinicsite.library.versions.content import publish_version, version_of
from tests.factories import ImageFactory, UserFactory, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    follower_of,
    fresh,
    headings,
    library_treatment,
    states,
    take_over,
    words_on,
)
from tests.library.releasing import WITHOUT_APPROVAL, draft, overview, pilot, release
from tests.standing import standing

OLD = "A thin needle in a tight muscle."
NEW = "A needle as thin as a hair."
NEWER = "A needle thinner than a hair."
ADDRESS = "/treatments/dry-needling/"


@pytest.fixture
def other_follower(treatment, other_clinic):
    return follower_of(treatment, other_clinic)


@standing
def manager(library, clinic):
    groups = ensure_agency_groups(library, [], clinic.collection)
    return UserFactory(username="release-manager", groups=[groups[RELEASE_MANAGERS]])


@pytest.fixture
def read():
    """What a patient reads on a clinic's treatment page, through a real request."""

    def read_page(clinic):
        response = Client(HTTP_HOST=clinic.host).get(ADDRESS)
        assert response.status_code == 200
        return response.text

    return read_page


def states_of(page):
    return [row.state for row in Release.objects.filter(page_id=page.pk)]


def live_words(page):
    return str(fresh(page).sections.raw_data[0])


def latest_words(page):
    return str(fresh(page).get_latest_revision_as_object().sections.raw_data[0])


# To every clinic


def test_a_release_reaches_every_clinic(
    treatment, follower, other_follower, clinic, other_clinic, manager, read
):
    draft(treatment, NEW)
    made = release(treatment, manager, note="Clearer words.")
    for one in (clinic, other_clinic):
        assert NEW in read(one)
        assert OLD not in read(one)
    assert (made.state, made.note, made.released_by) == (Release.State.LIVE, "Clearer words.", manager)
    assert made.live_at is not None
    assert OLD in str(made.before)
    assert NEW in str(made.content)
    assert not fresh(treatment).has_unpublished_changes


def test_nothing_is_released_where_there_is_no_draft(treatment, manager):
    with pytest.raises(ReleaseError, match="There is no draft to release"):
        release(treatment, manager)
    assert states_of(treatment) == []


def test_a_first_version_is_released(library, manager):
    page = library_treatment(library, title="Cupping", live=False)
    made = release(page, manager)
    assert fresh(page).live
    assert made.before is None


def test_a_draft_with_an_unknown_token_is_not_released(treatment, manager):
    draft(treatment, "Call {mobile}.")
    with pytest.raises(ReleaseError, match=r"Unknown token: \{mobile\}"):
        release(treatment, manager)
    assert OLD in live_words(treatment)
    assert states_of(treatment) == []


def test_a_draft_that_the_editor_would_refuse_is_not_released(treatment, manager):
    page = fresh(treatment)
    page.seo_title = "Too long. " * 30
    page.save_revision(clean=False)
    with pytest.raises(ReleaseError, match="Title tag: Ensure this value has at most 255 characters"):
        release(treatment, manager)
    assert fresh(treatment).live_revision is None


def test_a_page_that_somebody_else_has_locked_is_not_released(treatment, manager, library_editor):
    draft(treatment)
    Page.objects.filter(pk=treatment.pk).update(locked=True, locked_by=library_editor)
    with pytest.raises(ReleaseError, match="Somebody else has locked this page"):
        release(treatment, manager)


@pytest.mark.parametrize("person", ["library_editor", "owner"])
def test_who_may_not_publish_in_the_library_releases_nothing(treatment, follower, request, person):
    draft(treatment)
    with pytest.raises(PermissionDenied):
        release(treatment, request.getfixturevalue(person))
    assert OLD in live_words(treatment)


def test_a_clinics_own_page_is_no_library_page_to_release(follower, owner):
    with pytest.raises(PermissionDenied):
        release(follower, owner)


# To pilot clinics


def test_pilot_patients_read_the_draft_and_all_others_the_live_version(
    treatment, follower, other_follower, clinic, other_clinic, manager, read
):
    assert OLD in read(clinic)
    assert OLD in read(other_clinic)
    draft(treatment, NEW)
    pilot(treatment, manager, clinic)
    assert NEW in read(clinic)
    assert OLD not in read(clinic)
    assert OLD in read(other_clinic)
    assert NEW not in read(other_clinic)


def test_a_pilot_reads_everything_through_it(treatment, follower, clinic, other_follower, manager):
    picture = ImageFactory()
    draft(treatment, NEW, summary="New sentence.", hero_image=picture, alternate_names="Needling")
    pilot(treatment, manager, clinic)
    page, other = fresh(follower), fresh(other_follower)
    assert page.composed_summary == "New sentence."
    assert page.composed_hero_image == picture
    assert page.composed_alternate_names == ["Needling"]
    assert other.composed_summary != "New sentence."
    assert other.composed_hero_image is None


def test_the_admin_shows_a_pilot_clinic_what_its_patients_read(
    treatment, follower, other_follower, clinic, manager
):
    draft(treatment, NEW, AFTERCARE, RISKS, COST, section("New here"))
    pilot(treatment, manager, clinic)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost", "New here"]
    assert headings(other_follower) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_a_section_the_pilot_drops_stays_until_the_clinic_answers(treatment, follower, clinic, manager):
    draft(treatment, NEW, RISKS, COST)
    pilot(treatment, manager, clinic)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert states(follower)[AFTERCARE["id"]] is State.RETIRED


def test_later_drafts_do_not_reach_the_pilot(treatment, follower, clinic, manager, read):
    draft(treatment, NEW)
    pilot(treatment, manager, clinic)
    draft(treatment, NEWER)
    assert NEW in read(clinic)
    assert NEWER not in read(clinic)


def test_a_pilot_goes_to_every_clinic_and_a_newer_draft_stays_on_top(
    treatment, follower, other_follower, clinic, other_clinic, manager, read
):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    draft(treatment, NEWER)
    release_pilot_to_all(made.pk, manager, note="The pilot went well.")
    for one in (clinic, other_clinic):
        assert NEW in read(one)
        assert NEWER not in read(one)
    assert NEWER in latest_words(treatment)
    assert fresh(treatment).has_unpublished_changes
    made.refresh_from_db()
    assert (made.state, made.note) == (Release.State.LIVE, "Urgent correction.\n\nThe pilot went well.")
    assert OLD in str(made.before)
    assert states_of(treatment) == [Release.State.LIVE]


def test_a_pilot_without_a_newer_draft_leaves_none_behind(treatment, follower, clinic, manager):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    release_pilot_to_all(made.pk, manager)
    assert not fresh(treatment).has_unpublished_changes
    assert NEW in live_words(treatment)


def test_ending_a_pilot_gives_the_live_version_back_and_keeps_the_draft(
    treatment, follower, clinic, manager, read
):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    assert NEW in read(clinic)
    end_pilot(made.pk, manager)
    assert OLD in read(clinic)
    assert NEW in latest_words(treatment)
    made.refresh_from_db()
    assert (made.state, made.ended_by) == (Release.State.ENDED, manager)


def test_only_one_release_of_a_page_is_under_way(treatment, follower, clinic, manager):
    draft(treatment, NEW)
    pilot(treatment, manager, clinic)
    draft(treatment, NEWER)
    for attempt in (release, lambda page, user: pilot(page, user, clinic)):
        with pytest.raises(ReleaseError, match=r"is under way\. Finish or end it first"):
            attempt(treatment, manager)
    assert states_of(treatment) == [Release.State.PILOT]


def test_an_ended_pilot_is_not_ended_again(treatment, follower, clinic, manager):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    end_pilot(made.pk, manager)
    for again in (end_pilot, release_pilot_to_all):
        with pytest.raises(ReleaseError, match="not under way any more"):
            again(made.pk, manager)


def test_a_pilot_needs_clinics_that_follow_the_page(treatment, follower, clinic, other_clinic, manager):
    draft(treatment, NEW)
    with pytest.raises(ReleaseError, match="Choose at least one clinic"):
        pilot(treatment, manager)
    with pytest.raises(ReleaseError, match="do not follow the page: South Clinic"):
        pilot(treatment, manager, clinic, other_clinic)
    assert states_of(treatment) == []


def test_a_page_nobody_shows_is_not_piloted(library, clinic, manager):
    page = library_treatment(library, title="Cupping", live=False)
    with pytest.raises(ReleaseError, match="No clinic shows this page yet"):
        pilot(page, manager, clinic)


def test_the_last_pilots_are_remembered(treatment, library, follower, other_follower, clinic, manager):
    assert last_pilots(treatment) == set()
    draft(treatment, NEW)
    end_pilot(pilot(treatment, manager, clinic).pk, manager)
    assert last_pilots(treatment) == {clinic.site.pk}
    assert last_pilots(library_treatment(library, title="Cupping")) == {clinic.site.pk}


def test_an_override_made_in_a_pilot_is_kept_when_it_ends(treatment, follower, clinic, manager):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    take_over(fresh(follower), OVERVIEW, "Ours", "We say it our way.")
    end_pilot(made.pk, manager)
    assert "We say it our way." in words_on(follower, clinic)


def queries_of_a_view(clinic):
    browser = Client(HTTP_HOST=clinic.host)
    browser.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(ADDRESS).status_code == 200
    return len(captured)


def test_a_pilot_elsewhere_costs_a_clinic_no_query(
    treatment, follower, other_follower, clinic, other_clinic, manager
):
    before = queries_of_a_view(other_clinic)
    draft(treatment, NEW)
    pilot(treatment, manager, clinic)
    assert queries_of_a_view(other_clinic) == before


def test_a_pilot_clinic_pays_a_few_queries_for_any_number_of_sections(treatment, follower, clinic, manager):
    before = queries_of_a_view(clinic)
    draft(treatment, NEW, AFTERCARE, RISKS, COST, *(section(f"More {number}") for number in range(8)))
    pilot(treatment, manager, clinic)
    assert queries_of_a_view(clinic) <= before + 7


def test_a_pilot_that_reached_everybody_costs_its_clinic_no_query_any_more(
    treatment, follower, other_follower, clinic, other_clinic, manager
):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    queries_of_a_view(clinic)
    release_pilot_to_all(made.pk, manager)
    assert queries_of_a_view(clinic) == queries_of_a_view(other_clinic)


def test_a_clinic_that_piloted_reads_every_release_after_it(treatment, follower, clinic, manager, read):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    assert NEW in read(clinic)
    release_pilot_to_all(made.pk, manager)
    draft(treatment, NEWER)
    release(treatment, manager)
    assert NEWER in read(clinic)


def test_whoever_has_locked_the_page_releases_it_and_nobody_else(treatment, manager, library_editor):
    draft(treatment, NEW)
    lock = {"locked": True, "locked_at": timezone.now()}
    Page.objects.filter(pk=treatment.pk).update(locked_by=library_editor, **lock)
    with pytest.raises(ReleaseError, match="Somebody else has locked this page"):
        release(treatment, manager)
    Page.objects.filter(pk=treatment.pk).update(locked_by=manager, **lock)
    release(treatment, manager)
    assert NEW in live_words(treatment)


@pytest.mark.parametrize("has_newer_draft", [False, True])
def test_a_version_that_was_to_wait_for_its_time_goes_live_now(
    treatment, follower, clinic, manager, read, has_newer_draft
):
    version = fresh(treatment)
    version.sections = [overview(NEW), AFTERCARE, RISKS, COST]
    version.go_live_at = timezone.now() + timedelta(days=1)
    if has_newer_draft:
        draft(treatment, NEWER)
    publish_version(fresh(treatment), version_of(version), manager)
    assert NEW in read(clinic)
    assert fresh(treatment).go_live_at is None


# At a set time


def pass_the_time(page):
    """Let the set time pass, and Wagtail's own command run."""
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    for revision in fresh(page).revisions.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    call_command("publish_scheduled")


def schedule(page, user):
    return schedule_release(page.pk, user, timezone.now() + timedelta(days=1), **WITHOUT_APPROVAL)


def test_a_scheduled_release_comes_at_its_time(treatment, follower, clinic, manager, read):
    draft(treatment, NEW)
    made = schedule(treatment, manager)
    assert made.state == Release.State.SCHEDULED
    assert OLD in read(clinic)
    pass_the_time(treatment)
    assert NEW in read(clinic)
    made.refresh_from_db()
    assert (made.state, made.released_by) == (Release.State.LIVE, manager)
    assert OLD in str(made.before)
    assert states_of(treatment) == [Release.State.LIVE]


def test_a_set_time_that_passes_while_the_request_runs_is_a_release_to_all(
    treatment, follower, clinic, manager, read
):
    draft(treatment, NEW)
    with time_machine.travel(timezone.now() + timedelta(days=1)) as clock:

        def take_long(**kwargs):
            clock.shift(timedelta(hours=2))

        # The clock goes on between the look at it and the publish.
        post_save.connect(take_long, sender=Release)
        try:
            moment = timezone.now() + timedelta(hours=1)
            made = schedule_release(treatment.pk, manager, moment, **WITHOUT_APPROVAL)
        finally:
            post_save.disconnect(take_long, sender=Release)
    made.refresh_from_db()
    assert (made.state, made.live_at is not None) == (Release.State.LIVE, True)
    assert NEW in read(clinic)
    undo_release(made.pk, manager)
    assert OLD in read(clinic)


def test_a_page_made_in_bulk_stays_live_while_its_release_waits(treatment, follower, clinic, manager, read):
    assert treatment.live_revision is None
    draft(treatment, NEW)
    schedule(treatment, manager)
    assert fresh(treatment).live
    assert OLD in read(clinic)


def test_a_cancelled_schedule_publishes_nothing(treatment, follower, clinic, manager, read):
    draft(treatment, NEW)
    made = schedule(treatment, manager)
    cancel_schedule(made.pk, manager)
    pass_the_time(treatment)
    assert OLD in read(clinic)
    assert NEW in latest_words(treatment)
    made.refresh_from_db()
    assert (made.state, made.ended_by) == (Release.State.ENDED, manager)


def test_wagtails_own_cancelling_ends_the_release(treatment, manager, admin_client_of):
    draft(treatment, NEW)
    made = schedule(treatment, manager)
    address = f"/admin/pages/{treatment.pk}/revisions/{made.revision_id}/unschedule/"
    assert admin_client_of(manager).post(address).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.ended_by) == (Release.State.ENDED, manager)


def test_a_time_that_has_passed_is_refused(treatment, manager):
    draft(treatment, NEW)
    with pytest.raises(ReleaseError, match="Choose a time that lies ahead"):
        schedule_release(treatment.pk, manager, timezone.now(), **WITHOUT_APPROVAL)


def test_a_retired_pages_patients_read_nothing_before_its_time(treatment, follower, clinic, manager, read):
    fresh(treatment).unpublish()
    draft(treatment, NEW)
    schedule(treatment, manager)
    assert OLD in read(clinic)
    assert NEW not in read(clinic)


# Undo


def test_undo_returns_to_the_version_before(treatment, follower, other_follower, clinic, manager, read):
    draft(treatment, NEW, summary="New sentence.")
    made = release(treatment, manager)
    take_over(fresh(other_follower), AFTERCARE, "Our aftercare", "Call us the day after.")
    undo_release(made.pk, manager)
    assert OLD in read(clinic)
    assert NEW not in read(clinic)
    assert fresh(treatment).summary != "New sentence."
    assert not fresh(treatment).has_unpublished_changes
    assert "Our aftercare" in headings(other_follower)
    made.refresh_from_db()
    assert (made.state, made.ended_by) == (Release.State.UNDONE, manager)
    assert states_of(treatment) == [Release.State.UNDONE]


def test_undo_keeps_a_newer_draft_on_top(treatment, follower, clinic, manager, read):
    draft(treatment, NEW)
    made = release(treatment, manager)
    draft(treatment, NEWER)
    undo_release(made.pk, manager)
    assert OLD in read(clinic)
    assert NEWER in latest_words(treatment)
    assert fresh(treatment).has_unpublished_changes


def test_undo_takes_away_a_section_that_only_the_undone_version_had(treatment, follower, clinic, manager):
    draft(treatment, NEW, AFTERCARE, RISKS, COST, section("Wrong here"))
    made = release(treatment, manager)
    assert "Wrong here" in headings(follower)
    undo_release(made.pk, manager)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]
    assert set(treatment.clinicsite_library_sections.values_list("heading", flat=True)) == set(
        headings(follower)
    )


def test_undo_brings_back_a_section_the_release_dropped(treatment, follower, manager):
    draft(treatment, NEW, RISKS, COST)
    made = release(treatment, manager)
    assert states(follower)[AFTERCARE["id"]] is State.RETIRED
    undo_release(made.pk, manager)
    assert states(follower)[AFTERCARE["id"]] is State.LIBRARY


def test_undo_is_refused_once_a_newer_release_exists(treatment, follower, clinic, manager):
    draft(treatment, NEW)
    first = release(treatment, manager)
    draft(treatment, NEWER)
    second = release(treatment, manager)
    with pytest.raises(ReleaseError, match="A newer release of this page exists"):
        undo_release(first.pk, manager)
    assert NEWER in live_words(treatment)
    undo_release(second.pk, manager)
    undo_release(first.pk, manager)
    assert OLD in live_words(treatment)


def test_the_history_offers_to_undo_the_newest_release_only(treatment, manager, admin_client_of):
    made = []
    for words in (NEW, NEWER):
        draft(treatment, words)
        made.append(release(treatment, manager))

    def offered():
        shown = admin_client_of(manager).get("/admin/clinicsite/library/releases/").text
        return [one for one in made if f"/admin/clinicsite/library/releases/{one.pk}/undo/" in shown]

    assert offered() == made[1:]
    undo_release(made[1].pk, manager)
    assert offered() == made[:1]


def test_undo_is_refused_while_a_newer_release_is_under_way(treatment, follower, clinic, manager):
    draft(treatment, NEW)
    first = release(treatment, manager)
    draft(treatment, NEWER)
    pilot(treatment, manager, clinic)
    with pytest.raises(ReleaseError, match="A newer release of this page is under way"):
        undo_release(first.pk, manager)


def test_a_first_version_is_not_undone(library, manager):
    page = library_treatment(library, title="Cupping", live=False)
    made = release(page, manager)
    with pytest.raises(ReleaseError, match="Retire the page instead"):
        undo_release(made.pk, manager)
    assert fresh(page).live


def test_an_undone_release_is_not_undone_again(treatment, manager):
    draft(treatment, NEW)
    made = release(treatment, manager)
    undo_release(made.pk, manager)
    with pytest.raises(ReleaseError, match="Only a release that reached every clinic"):
        undo_release(made.pk, manager)


def test_undo_that_cannot_be_carried_out_changes_nothing(treatment, library, manager):
    draft(treatment, NEW, slug="needling")
    made = release(treatment, manager)
    library_treatment(library, title="Dry needling")
    with pytest.raises(ReleaseError, match="cannot go live any more"):
        undo_release(made.pk, manager)
    made.refresh_from_db()
    assert made.state == Release.State.LIVE
    assert NEW in live_words(treatment)


def test_undo_leaves_the_review_of_a_newer_draft_alone(treatment, manager, library_editor):
    draft(treatment, NEW)
    made = release(treatment, manager)
    page = draft(treatment, NEWER)
    page.get_workflow().start(page, library_editor)
    undo_release(made.pk, manager)
    assert fresh(treatment).workflow_in_progress


# Wagtail's own publishing


def test_wagtails_own_publishing_is_history_too(treatment, manager):
    draft(treatment, NEW).get_latest_revision().publish()
    (row,) = Release.objects.filter(page_id=treatment.pk)
    assert row.state == Release.State.LIVE
    assert OLD in str(row.before)
    assert NEW in str(row.content)
    undo_release(row.pk, manager)
    assert OLD in live_words(treatment)


def test_the_history_names_who_published_in_bulk(treatment, manager, admin_client_of):
    draft(treatment, NEW)
    address = f"/admin/bulk/wagtailcore/page/publish/?id={treatment.pk}&next=/admin/"
    assert admin_client_of(manager).post(address).status_code == 302
    (row,) = Release.objects.filter(page_id=treatment.pk)
    assert (row.state, row.released_by) == (Release.State.LIVE, manager)


def test_wagtails_own_schedule_is_history_once_its_time_comes(treatment, manager):
    page = draft(treatment, NEW, go_live_at=timezone.now() + timedelta(days=1))
    page.live_revision = page.latest_revision
    page.get_latest_revision().publish(user=manager)
    pass_the_time(treatment)
    (row,) = Release.objects.filter(page_id=treatment.pk, state=Release.State.LIVE)
    assert row.released_by == manager


def test_publishing_past_a_pilot_ends_it(treatment, follower, other_follower, clinic, manager, read):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    draft(treatment, NEWER).get_latest_revision().publish()
    assert NEWER in read(clinic)
    made.refresh_from_db()
    assert made.state == Release.State.ENDED
    assert states_of(treatment) == [Release.State.LIVE, Release.State.ENDED]


def test_publishing_a_clinics_page_is_no_release(follower, owner):
    fresh(follower).save_revision().publish(user=owner)
    assert not Release.objects.exists()


def test_a_version_is_stored_as_plain_data(treatment):
    assert version_of(treatment)["title"] == "Dry needling"
    assert isinstance(version_of(treatment)["translation_key"], str)


def test_a_direct_edit_of_the_library_is_what_undo_returns_to(treatment, follower, clinic, manager, read):
    page = fresh(treatment)
    page.sections = [overview("Corrected by a script."), AFTERCARE, RISKS, COST]
    page.save()
    draft(treatment, NEW)
    made = release(treatment, manager)
    undo_release(made.pk, manager)
    assert "Corrected by a script." in read(clinic)


def queries_of_a_release(page, words, user):
    draft(page, words)
    with CaptureQueriesContext(connection) as captured:
        release(page, user)
    return len(captured)


def test_a_release_costs_the_same_with_many_followers(treatment, clinic, other_clinic, manager):
    queries_of_a_release(treatment, OLD + " More.", manager)
    without = queries_of_a_release(treatment, NEW, manager)
    for one in (clinic, other_clinic):
        follower_of(treatment, one)
    assert queries_of_a_release(treatment, NEWER, manager) == without


def test_publishing_a_library_page_stays_within_its_budget(treatment, follower, other_follower):
    draft(treatment, NEW).get_latest_revision().publish()
    revision = draft(treatment, NEWER).get_latest_revision()
    with CaptureQueriesContext(connection) as captured:
        revision.publish()
    statements = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
    # One of them reads which pages are ticked, so that the index of references counts them.
    assert len(statements) <= 51, chr(10).join(statements)
