"""Find and replace on clinics' own pages: where, in which version, and back again."""

import pytest
from wagtail.models import Page, PageLogEntry

from clinicsite.clinics.models import AuditEntry, ClinicSettings
from clinicsite.library.models import SectionOverride
from clinicsite.locations.models import LocationPage
from tests.factories import LocationPageFactory, StandardPageFactory, UserFactory, paragraph, section
from tests.library.pages import AFTERCARE, OVERVIEW, follower_of, library_treatment, take_over
from tests.provisioning.bulk.conftest import rows

pytestmark = pytest.mark.django_db
ASKED = {"find": "desk", "replace": "counter"}


def summary_of(page):
    return type(page).objects.get(pk=page.pk).summary


@pytest.fixture
def page(clinic):
    page = StandardPageFactory(parent=clinic.home, title="The desk", summary="Ask at the desk.")
    page.save_revision().publish()
    return page


def test_it_is_shown_first_and_done_when_somebody_presses(clinic, page, look, carry_out, administrator):
    work = look("words", **ASKED)
    row = rows(work)["north.localhost"]
    assert row.outcome == "would-change"
    (change,) = row.changes
    assert change["title"] == "The desk"
    assert change["is_at_once"]
    assert [(one["before"], one["was"], one["now"], one["after"]) for one in change["places"]] == [
        ("The ", "desk", "counter", ""),
        ("Ask at the ", "desk", "counter", "."),
    ]
    assert summary_of(page) == "Ask at the desk."
    before = page.revisions.count()
    assert carry_out(work)["north.localhost"].outcome == "changed"
    page.refresh_from_db()
    assert (page.title, page.summary, page.live) == ("The counter", "Ask at the counter.", True)
    assert page.slug == "the-desk"
    assert page.revisions.count() == before + 1
    assert page.latest_revision.user == administrator
    logged = PageLogEntry.objects.filter(page=page.pk, user=administrator, action="clinicsite_library.answer")
    assert "Replace “desk” by “counter”" in str(logged.get().message)
    assert AuditEntry.objects.filter(kind="bulk", site=clinic.site, person=administrator).count() == 1


def test_overrides_additions_and_settings_too_and_nothing_of_the_librarys(
    clinic, library, look, carry_out, undo
):
    source = library_treatment(library, section("Desk", "Ask at the desk."), OVERVIEW, AFTERCARE)
    page = follower_of(source, clinic, sections=[section("Our desk", "Come to the desk.", anchor="desk")])
    take_over(page, OVERVIEW, "At the desk", "The <b>desk</b> opens at 8.")
    page.save_revision().publish()
    ClinicSettings.objects.filter(site=clinic.site).update(announcement="The desk is closed.", name="Desk")
    LocationPageFactory(parent__parent=clinic.home, street="1 desk", access_notes="<p>By the desk.</p>")
    work = look("words", **ASKED)
    carry_out(work)
    page = type(page).objects.get(pk=page.pk)
    (addition,) = page.sections.raw_data
    assert addition["value"]["heading"] == "Our counter"
    assert addition["value"]["anchor"] == "desk"
    assert addition["id"] == section("Our desk")["id"]
    assert addition["value"]["body"][0]["value"] == "<p>Come to the counter.</p>"
    record = SectionOverride.objects.get(page=page)
    assert record.body.raw_data[0]["value"] == "<p>The <b>counter</b> opens at 8.</p>"
    assert record.heading == "At the counter"
    # What it said before is kept with it.
    assert record.earlier_words[-1]["heading"] == "At the desk"
    assert record.section_id == OVERVIEW["id"]
    settings = ClinicSettings.objects.get(site=clinic.site)
    assert (settings.announcement, settings.name) == ("The counter is closed.", "Desk")
    location = LocationPage.objects.get()
    assert (location.street, location.access_notes) == ("1 desk", "<p>By the counter.</p>")
    source.refresh_from_db()
    assert source.sections.raw_data[0]["value"]["heading"] == "Desk"
    assert undo(work)["north.localhost"].outcome == "undone"
    record = SectionOverride.objects.get(page=page)
    assert (record.heading, record.earlier_words) == ("At the desk", [])
    assert ClinicSettings.objects.get(site=clinic.site).announcement == "The desk is closed."
    assert LocationPage.objects.get().access_notes == "<p>By the desk.</p>"


def test_a_draft_is_changed_and_not_published_along(clinic, page, look, carry_out, undo):
    page.title, page.summary = "Unfinished", "Our desk, one day."
    page.save_revision()
    work = look("words", **ASKED)
    (change,) = rows(work)["north.localhost"].changes
    assert not change["is_at_once"]
    carry_out(work)
    page.refresh_from_db()
    assert (page.title, page.summary) == ("The desk", "Ask at the desk.")
    assert page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.summary) == ("Unfinished", "Our counter, one day.")
    undo(work)
    assert (
        page.__class__.objects.get(pk=page.pk).get_latest_revision_as_object().summary == "Our desk, one day."
    )
    assert summary_of(page) == "Ask at the desk."


def test_words_that_only_patients_read_while_the_draft_has_others_are_told(page, look):
    page.title, page.summary = "Other", "Other."
    page.save_revision()
    row = rows(look("words", **ASKED))["north.localhost"]
    assert row.outcome == "unchanged"
    assert row.notes == [
        "Patients read the words on “Other”, and its draft has them no more: it will be left."
    ]


def test_a_page_that_was_never_live_stays_a_draft(clinic, look, carry_out):
    page = StandardPageFactory(parent=clinic.home, title="To come", summary="A desk.", live=False)
    page.save_revision()
    carry_out(look("words", **ASKED))
    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision_as_object().summary == "A counter."


def test_what_was_changed_between_looking_and_pressing_is_not_done(clinic, page, look, carry_out):
    work = look("words", **ASKED)
    page.summary = "Ask at the desk, or the other desk."
    page.save_revision().publish()
    row = carry_out(work)["north.localhost"]
    assert row.outcome == "failed"
    assert "look again" in row.reason
    assert summary_of(page) == "Ask at the desk, or the other desk."


def test_a_failure_at_one_clinic_half_does_nothing_and_stops_no_other(
    clinic, other_clinic, page, look, carry_out
):
    second = StandardPageFactory(parent=clinic.home, title="Second", summary="A desk.")
    other = StandardPageFactory(parent=other_clinic.home, title="Else", summary="A desk.")
    work = look("words", **ASKED)
    # Somebody locks the last of its pages meanwhile.
    Page.objects.filter(pk=second.pk).update(locked=True, locked_by=UserFactory(username="somebody"))
    found = carry_out(work)
    assert found["north.localhost"].outcome == "failed"
    assert found["north.localhost"].reason == "“Second” is locked by somebody else just now."
    assert summary_of(page) == "Ask at the desk."
    assert page.revisions.count() == 1
    assert found["south.localhost"].outcome == "changed"
    assert summary_of(other) == "A counter."


def test_a_text_that_would_be_too_long_is_refused_in_words(clinic, look):
    StandardPageFactory(parent=clinic.home, title="desk " * 50, slug="long")
    row = rows(look("words", find="desk", replace="counter"))["north.localhost"]
    assert row.outcome == "refused"
    assert row.reason.startswith("Title: Ensure this value has at most 255 characters")


class TestUndo:
    def test_a_page_that_somebody_has_changed_since_is_left(
        self, clinic, other_clinic, page, look, carry_out, undo
    ):
        other = StandardPageFactory(parent=other_clinic.home, title="Else", summary="A desk.")
        second = StandardPageFactory(parent=clinic.home, title="Second", summary="A desk.")
        work = look("words", **ASKED)
        carry_out(work)
        second = type(second).objects.get(pk=second.pk)
        second.summary = "A new counter."
        second.save_revision().publish()
        found = undo(work)
        assert found["north.localhost"].outcome == "kept"
        assert found["north.localhost"].reason == "“Second” was changed since"
        # All of a clinic or nothing.
        assert summary_of(page) == "Ask at the counter."
        assert found["south.localhost"].outcome == "undone"
        assert summary_of(other) == "A desk."
        # Once that is out of the way it can be undone after all.
        work.refresh_from_db()
        Page.objects.filter(pk=second.pk).update(
            latest_revision=second.revisions.order_by("-pk")[1], has_unpublished_changes=False
        )
        assert undo(work)["north.localhost"].outcome == "undone"

    def test_a_setting_that_was_changed_since_is_left(self, clinic, look, carry_out, undo):
        ClinicSettings.objects.filter(site=clinic.site).update(tagline="The desk", announcement="A desk.")
        work = look("words", **ASKED)
        carry_out(work)
        ClinicSettings.objects.filter(site=clinic.site).update(tagline="Else")
        row = undo(work)["north.localhost"]
        assert row.reason == "“Tagline” in its settings was changed since"
        assert ClinicSettings.objects.get(site=clinic.site).announcement == "A counter."

    def test_a_draft_begun_since_is_not_published_along(self, page, look, carry_out, undo):
        work = look("words", **ASKED)
        carry_out(work)
        fresh = type(page).objects.get(pk=page.pk)
        fresh.summary = "Half"
        fresh.save_revision()
        assert undo(work)["north.localhost"].outcome == "kept"
        assert summary_of(page) == "Ask at the counter."

    def test_a_version_that_is_gone_cannot_be_brought_back(self, page, look, carry_out, undo):
        work = look("words", **ASKED)
        carry_out(work)
        page.revisions.order_by("pk").first().delete()
        assert "is not kept any more" in undo(work)["north.localhost"].reason

    def test_a_deleted_page_is_said(self, page, look, carry_out, undo):
        work = look("words", **ASKED)
        carry_out(work)
        type(page).objects.get(pk=page.pk).delete()
        assert undo(work)["north.localhost"].reason == "“The desk” was deleted since"


def test_a_body_is_changed_in_every_kind_of_block_and_keeps_its_ids(clinic, look, carry_out):
    ident = "7b6bd6cf-2ae2-4a02-9ba4-0d9a4e9a1a10"
    questions = {
        "items": [{"type": "item", "id": ident, "value": {"question": "A desk?", "answer": "<p>A desk.</p>"}}]
    }
    body = [paragraph("The desk."), {"type": "questions", "id": "q", "value": questions}]
    page = StandardPageFactory(parent=clinic.home, title="Page", sections=[section("Where", body=body)])
    assert carry_out(look("words", **ASKED))["north.localhost"].outcome == "changed"
    page.refresh_from_db()
    (stored,) = page.sections.raw_data
    first, second = stored["value"]["body"]
    assert first["value"] == "<p>The counter.</p>"
    assert second["value"]["items"][0]["value"] == {"question": "A counter?", "answer": "<p>A counter.</p>"}
    assert (second["value"]["items"][0]["id"], stored["id"]) == (ident, section("Where")["id"])
