"""What a library page remembers of its sections: their own ids, what it has dropped, and its index."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, ensure_agency_groups
from clinicsite.library.composition import Lock, State, compose
from clinicsite.library.equality import fingerprint
from clinicsite.library.models import LibrarySection
from clinicsite.library.sections import raw_from_sections, retired_after, retired_from_raw, sections_from_raw
from clinicsite.modalities.models import ModalityPage
from tests.factories import ConditionPageFactory, LibraryFolderPageFactory, UserFactory, section
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
)
from tests.library.strategies import IDS, addition_lists, libraries, overrides_by_id

MOMENT = datetime(2026, 5, 4, tzinfo=UTC)
ids_dropped = st.lists(st.sampled_from(IDS), unique=True)


def shown(library, retired, overrides=None, additions=()):
    composed = compose(library, overrides or {}, additions, retired_from_raw(retired))
    return [(one.id, one.heading, one.body) for one in composed if one.is_shown]


def drop(library, section_id, retired):
    """(the library's sections without this one, what it has retired then)."""
    rest = [one for one in library if one.id != section_id]
    return rest, retired_after(raw_from_sections(library), raw_from_sections(rest), retired, MOMENT)


def ids_of(page):
    return [child["id"] for child in fresh(page).sections.raw_data]


def index_of(page, **filters):
    return list(page.clinicsite_library_sections.filter(**filters).values_list("section_id", flat=True))


# What a library drops (pure).


@given(libraries, overrides_by_id, addition_lists, ids_dropped)
def test_whatever_the_library_drops_patients_read_on_in_the_same_order(library, overrides, additions, gone):
    free = {one.id for one in library if one.lock is not Lock.LOCKED}
    kept = {name: one for name, one in overrides.items() if name in {section.id for section in library}}
    # A wish to hide what may only be adapted has no effect, and has one once the library lets it go.
    kept = {name: one for name, one in kept.items() if one.action != "hide"}
    before = shown(library, [], kept, additions)
    retired = []
    for section_id in gone:
        if section_id in free:
            library, retired = drop(library, section_id, retired)
    assert shown(library, retired, kept, additions) == before


@given(libraries, ids_dropped)
def test_a_section_that_is_brought_back_is_retired_no_more(library, gone):
    rest, retired = library, []
    for section_id in gone:
        rest, retired = drop(rest, section_id, retired)
    assert {one["id"] for one in retired} == {one.id for one in library} - {one.id for one in rest}
    assert retired_after(raw_from_sections(rest), raw_from_sections(library), retired, MOMENT) == []


@given(libraries, ids_dropped)
def test_what_was_locked_is_remembered_and_shown_to_nobody(library, gone):
    retired = []
    locked = {one.id for one in library if one.lock is Lock.LOCKED}
    for section_id in gone:
        library, retired = drop(library, section_id, retired)
    assert not locked & {one[0] for one in shown(library, retired)} - {one.id for one in library}


@given(libraries, ids_dropped)
def test_dropping_nothing_changes_nothing_that_is_retired(library, gone):
    retired = []
    for section_id in gone:
        library, retired = drop(library, section_id, retired)
    raw = raw_from_sections(library)
    again = retired_after(raw, raw, retired, MOMENT)
    assert shown(library, again) == shown(library, retired)
    assert [one["retired_at"] for one in again] == [one["retired_at"] for one in retired]


def test_only_what_was_dropped_since_a_clinic_began_to_follow_is_retired_for_it():
    _, retired = drop(sections_from_raw([OVERVIEW, COST]), COST["id"], [])
    assert [one.section.id for one in retired_from_raw(retired, "2026-05-03T00:00:00+00:00")] == [COST["id"]]
    assert not retired_from_raw(retired, "2026-05-05T00:00:00+00:00")
    assert not retired_from_raw(retired, "", {COST["id"]: "2026-05-05T00:00:00+00:00"})


# Ids.


def test_a_sections_id_outlives_edits_moves_and_restored_versions(treatment, library):
    ids = ids_of(treatment)
    first = treatment.save_revision()
    edit_library(treatment, OVERVIEW, section("Later", key="Afterwards"), RISKS, COST, title="Renamed")
    assert ids_of(treatment) == ids
    folder = LibraryFolderPageFactory(parent=library, title="Elsewhere")
    fresh(treatment).move(folder, pos="last-child")
    assert ids_of(treatment) == ids
    edit_library(treatment, COST, OVERVIEW)
    assert ids_of(treatment) == [COST["id"], OVERVIEW["id"]]
    first.publish()
    assert ids_of(treatment) == ids
    assert index_of(treatment, is_retired=False) == ids


def test_a_section_survives_export_and_import(treatment, clinic):
    follower = follower_of(treatment, clinic, summary="")
    take_over(follower, AFTERCARE, "", "", reason="We say nothing here.")
    for page in (treatment, follower):
        exported = fresh(page).to_json()
        imported = type(page).from_json(exported)
        assert [child["id"] for child in imported.sections.raw_data] == ids_of(page)
        assert imported.to_json() == exported
    assert [one.heading for one in imported.composed] == ["What is it?", "", "Risks", "Cost"]
    assert imported.summary == ""


def assert_has_its_own_ids(copy, original):
    ids = ids_of(copy)
    assert len(ids) == len(ids_of(original))
    assert not set(ids) & set(ids_of(original))
    assert index_of(copy) == ids
    assert index_of(original) == ids_of(original)


def test_a_copied_library_page_has_ids_of_its_own(treatment):
    copy = treatment.copy(update_attrs={"slug": "copy"})
    assert_has_its_own_ids(copy, treatment)
    draft = fresh(copy).get_latest_revision_as_object()
    assert [child["id"] for child in draft.sections.raw_data] == ids_of(copy)


def test_the_versions_copied_with_a_page_have_the_ids_of_the_copy(treatment):
    edit_library(treatment, OVERVIEW, AFTERCARE)
    edit_library(treatment, OVERVIEW)
    copy = fresh(treatment).copy(update_attrs={"slug": "copy"})
    (kept,) = ids_of(copy)
    # Wagtail copies the versions in no particular order.
    versions = [revision.as_object() for revision in fresh(copy).revisions.all()]
    oldest = next(version for version in versions if len(version.sections) == 2)
    oldest.slug = "copy"
    oldest.save_revision().publish()
    assert len(ids_of(copy)) == 2
    assert ids_of(copy)[0] == kept
    assert not set(ids_of(copy)) & {OVERVIEW["id"], AFTERCARE["id"]}


def test_they_have_them_even_when_the_original_is_gone(treatment, clinic):
    treatment.save_revision()
    copy = fresh(treatment).copy(update_attrs={"slug": "copy"})
    ids = ids_of(copy)
    follower = follower_of(copy, clinic)
    treatment.delete()
    fresh(copy).revisions.order_by("pk").first().publish()
    assert ids_of(copy) == ids
    assert State.RETIRED not in states(follower).values()


def test_pages_copied_with_their_folder_have_ids_of_their_own(library):
    folder = LibraryFolderPageFactory(parent=library, title="Treatments")
    inner = LibraryFolderPageFactory(parent=folder, title="Needles")
    treatment = library_treatment(inner)
    condition = ConditionPageFactory(parent=folder, sections=[AFTERCARE])
    copied = folder.copy(recursive=True, update_attrs={"slug": "copied"})
    for original in (treatment, condition):
        copy = type(original).objects.descendant_of(copied).get()
        assert_has_its_own_ids(copy, original)


def test_a_page_copied_in_the_admin_has_ids_of_its_own(treatment, library, clinic, admin_client_of):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    browser = admin_client_of(UserFactory(groups=[groups[AGENCY_ADMINISTRATORS]]))
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": library.pk, "publish_copies": "on"}
    assert browser.post(f"/admin/pages/{treatment.pk}/copy/", form).status_code == 302
    assert_has_its_own_ids(ModalityPage.objects.get(slug="copy"), treatment)


def test_a_copy_of_a_clinics_page_goes_on_following_the_same_sections(treatment, clinic):
    follower = follower_of(treatment, clinic)
    take_over(follower, AFTERCARE, "Our aftercare", "Ours.")
    copy = fresh(follower).copy(update_attrs={"slug": "copy"})
    assert headings(copy) == ["What is it?", "Our aftercare", "Risks", "Cost"]
    edit_library(treatment, section("What is it now?", key="What is it?"), AFTERCARE, RISKS, COST)
    assert headings(copy)[0] == "What is it now?"


def test_an_edit_of_the_original_never_reaches_a_follower_of_its_copy(treatment, clinic):
    copy = treatment.copy(update_attrs={"slug": "copy"})
    follower = follower_of(copy, clinic)
    edit_library(treatment, OVERVIEW)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_two_sections_with_one_id_are_told_apart(treatment):
    twin = section("Twin", key="What is it?")
    assert twin["id"] == OVERVIEW["id"]
    edit_library(treatment, OVERVIEW, twin)
    ids = ids_of(treatment)
    assert ids[0] == OVERVIEW["id"]
    assert len(set(ids)) == 2


# The index.


def test_the_index_says_what_the_page_says(treatment):
    edit_library(treatment, COST, section("What is it now?", key="What is it?", kind="overview"), RISKS)
    rows = treatment.clinicsite_library_sections.filter(is_retired=False)
    said = [(row.section_id, row.heading, row.kind, row.lock, row.fingerprint) for row in rows]
    live = sections_from_raw(fresh(treatment).sections.raw_data)
    assert said == [(one.id, one.heading, one.kind, one.lock.value, fingerprint(one)) for one in live]
    assert index_of(treatment, is_retired=True) == [AFTERCARE["id"]]


def test_a_locked_section_that_is_dropped_leaves_the_index(treatment):
    edit_library(treatment, OVERVIEW)
    assert index_of(treatment, is_retired=True) == [AFTERCARE["id"], COST["id"]]


def test_a_section_keeps_the_date_of_its_last_change_when_another_is_edited(treatment):
    before = dict(treatment.clinicsite_library_sections.values_list("section_id", "changed_at"))
    edit_library(treatment, OVERVIEW, section("Later", key="Afterwards", kind="aftercare"), RISKS, COST)
    after = dict(treatment.clinicsite_library_sections.values_list("section_id", "changed_at"))
    assert [name for name in before if after[name] != before[name]] == [AFTERCARE["id"]]


def test_the_index_leaves_with_its_page_and_holds_nothing_of_clinics(treatment, clinic):
    follower = follower_of(treatment, clinic, sections=[section("Ours")])
    assert not LibrarySection.objects.filter(page_id=follower.pk).exists()
    follower.delete()
    treatment.delete()
    assert not LibrarySection.objects.exists()


def test_the_index_keeps_its_rows_when_a_page_is_saved_again(treatment):
    rows = list(treatment.clinicsite_library_sections.values_list("pk", flat=True))
    fresh(treatment).save()
    assert list(treatment.clinicsite_library_sections.values_list("pk", flat=True)) == rows
