"""What should not happen and does: each is refused with a sentence, or carried through with nothing lost."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, ensure_agency_groups
from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.drafts import AnswerError, change_draft
from clinicsite.library.composition import State
from clinicsite.library.models import SectionOverride
from clinicsite.modalities.models import ModalityPage
from tests.factories import ConditionPageFactory, ModalityPageFactory, UserFactory, paragraph, section
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

pytestmark = pytest.mark.indexed

ALL = ["What is it?", "Afterwards", "Risks", "Cost"]


@pytest.fixture
def agency(library, clinic, admin_client_of):
    """An agency administrator's browser."""
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return admin_client_of(UserFactory(groups=[groups[AGENCY_ADMINISTRATORS]]))


def stored(page, **columns):
    """Write columns as a crash, a script or an older release may have left them."""
    type(page).objects.filter(pk=page.pk).update(**columns)


# What a page may not follow.


def test_a_circle_of_followers_that_got_into_the_database_still_renders(follower, treatment, visit):
    own = ModalityPageFactory(parent=follower.get_parent(), title="Cupping", sections=[OVERVIEW])
    stored(own, library_page=own)
    assert "What is it?" in visit("/treatments/cupping/").text
    with pytest.raises(ValidationError, match="Choose a page of the library"):
        fresh(own).full_clean()


def test_a_page_cannot_follow_one_of_another_type(library, follower):
    condition = ConditionPageFactory(parent=library)
    with pytest.raises(ValueError, match='must be a "ModalityPage" instance'):
        follower.library_page = condition
    follower.library_page_id = condition.pk
    with pytest.raises(ValidationError) as refused:
        follower.full_clean()
    assert list(refused.value.message_dict) == ["library_page"]


@pytest.mark.parametrize("action", ["follow", "independent"])
def test_a_library_page_is_neither_made_to_follow_nor_made_independent(treatment, agency, action):
    other = library_treatment(treatment.get_parent(), title="Cupping")
    form = {"library_page": other.pk, "chosen": other.pk}
    response = agency.post(f"/admin/clinicsite/library/pages/{treatment.pk}/{action}/", form)
    assert response.status_code in (302, 403, 404)
    assert fresh(treatment).library_page is None
    assert [child["id"] for child in fresh(treatment).sections.raw_data] == [
        one["id"] for one in (OVERVIEW, AFTERCARE, RISKS, COST)
    ]


# Sections that are not there, and locks.


def test_an_override_for_a_section_that_never_was_shows_the_words_and_asks(follower):
    SectionOverride.objects.create(
        page=follower, section_id="no-such-section", action="replace", heading="Ours", body=[paragraph("Us.")]
    )
    assert headings(follower) == ["Ours", *ALL]
    assert states(follower)["no-such-section"] is State.RETIRED


@pytest.mark.parametrize("action", ["make-ours", "hide", "bring-back", "keep-retired", "drop-retired"])
def test_a_crafted_request_does_not_break_a_lock(follower, owner, admin_client_of, action):
    take_over(follower, RISKS, "No risks here", "None.")
    address = f"/admin/clinicsite/library/pages/{follower.pk}/sections/{RISKS['id']}/{action}/"
    form = {"reason": "So.", "publish": "1", "heading": "No risks here"}
    response = admin_client_of(owner).post(address, form, follow=True)
    assert response.status_code == 200
    assert headings(follower) == ALL
    assert states(follower)[RISKS["id"]] is State.LOCKED


@pytest.mark.parametrize("action", ["make-ours", "hide", "return", "bring-back", "add-after"])
def test_a_crafted_request_about_a_section_that_is_not_there_leaves_nothing(
    follower, owner, admin_client_of, action
):
    address = f"/admin/clinicsite/library/pages/{follower.pk}/sections/no-such-section/{action}/"
    response = admin_client_of(owner).post(address, {"reason": "So.", "kind": "other", "heading": "Words"})
    assert response.status_code in (200, 302, 404)
    assert fresh(follower).revisions.count() == 0
    assert not SectionOverride.objects.exists()


def test_a_crafted_request_about_another_clinics_page_finds_none(follower, other_owner, admin_client_of):
    browser = admin_client_of(other_owner)
    for action in ("make-ours", "hide", "add-after"):
        address = f"/admin/clinicsite/library/pages/{follower.pk}/sections/{COST['id']}/{action}/"
        assert browser.get(address).status_code in (302, 403, 404)
        assert browser.post(address, {"reason": "So."}).status_code in (302, 403, 404)
    assert fresh(follower).revisions.count() == 0


def test_a_merge_of_a_text_that_changed_again_meanwhile_saves_nothing(treatment, follower, owner):
    take_over(follower, AFTERCARE, "Our aftercare", "Call us.")

    def merge(page):
        answers.merge(page, AFTERCARE["id"], "Merged", [], seen="what the editor had read")

    with pytest.raises(AnswerError) as refused:
        change_draft(follower.pk, owner, merge, message="Merged", publish=True)
    assert "has changed this section again since you opened it. Nothing was saved." in str(refused.value)
    assert headings(follower)[1] == "Our aftercare"


# A library page that goes while clinics follow it.


def test_a_followed_page_is_deleted_neither_by_model_nor_by_queryset(treatment, follower):
    for delete in (
        lambda: fresh(treatment).delete(),
        lambda: ModalityPage.objects.filter(pk=treatment.pk).delete(),
        lambda: treatment.get_parent().delete(),
    ):
        with pytest.raises((ProtectedError, IntegrityError, ValidationError)), transaction.atomic():
            delete()
    assert headings(follower) == ALL


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/admin/pages/{}/delete/", "was not deleted: 1 page of a clinic follows it."),
        (
            "/admin/bulk/wagtailcore/page/delete/?id={}",
            "references to this page prevent it from being deleted",
        ),
    ],
)
def test_a_followed_page_is_not_deleted_in_the_admin_and_it_says_why(
    treatment, follower, agency, address, sentence
):
    address = address.format(treatment.pk)
    assert sentence in " ".join(agency.get(address, follow=True).text.split())
    agency.post(address)
    assert headings(follower) == ALL


def test_a_version_that_names_a_deleted_library_page_can_be_restored(treatment, follower):
    take_over(follower, AFTERCARE, "Our aftercare", "Call us.")
    version = fresh(follower).save_revision()
    page = fresh(follower)
    page.library_page = None
    page.save_revision().publish()
    fresh(treatment).delete()
    restored = version.as_object()
    assert restored.library_page is None
    restored.save_revision().publish()
    assert fresh(follower).clinicsite_section_overrides.get().heading == "Our aftercare"


def test_a_library_page_that_is_unpublished_leaves_its_followers_their_words(treatment, follower, visit):
    fresh(treatment).unpublish()
    assert headings(follower) == ALL
    assert "Move gently." in visit("/treatments/dry-needling/").text


# Stored values that are damaged.


DAMAGED = [None, "words", 3, [], {}, {"heading": None}, {"trail": None}, {"body": "words"}, {"kind": 4}]


@pytest.mark.parametrize("base", DAMAGED[1:])
def test_an_override_with_a_damaged_base_shows_the_clinics_words(follower, visit, base):
    record = take_over(follower, AFTERCARE, "Our aftercare", "Call us.")
    SectionOverride.objects.filter(pk=record.pk).update(base=base)
    assert "Our aftercare" in visit("/treatments/dry-needling/").text
    assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED
    fresh(follower).clinicsite_section_overrides.get().save()


@pytest.mark.parametrize(
    "held",
    [
        "words",
        3,
        {},
        [None],
        ["words"],
        [{}],
        [{"type": "section"}],
        [{"type": "section", "id": AFTERCARE["id"]}],
        [{"type": "section", "id": AFTERCARE["id"], "value": None}],
        [{"type": "section", "id": AFTERCARE["id"], "value": {"body": 3, "lock": "no such lock"}}],
    ],
)
def test_a_page_with_damaged_accepted_sections_is_there_with_the_librarys_safety(follower, visit, held):
    stored(follower, held_sections=held)
    response = visit("/treatments/dry-needling/")
    assert response.status_code == 200
    assert "Bruises are common." in response.text
    page = fresh(follower)
    page.get_waiting_changes()
    held_pages.follow_live(page)
    page.save()
    assert headings(follower) == ALL


@pytest.mark.parametrize(
    "base", [[], "words", {"page": 0}, {"since": 3}, {"since": "yesterday"}, {"left_out": []}]
)
def test_a_page_with_a_damaged_memory_of_the_library_follows_on(treatment, follower, visit, base):
    stored(follower, library_base=base)
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert "Move gently." in visit("/treatments/dry-needling/").text
    fresh(follower).save()
    assert fresh(follower).library_base["page"] == treatment.pk or isinstance(base, dict)


@pytest.mark.parametrize(
    "retired", [{}, [None], [{"id": "x"}], [{"type": "section", "id": "x", "value": {}}]]
)
def test_a_library_page_with_damaged_retired_sections_is_read_and_saved(treatment, follower, visit, retired):
    stored(treatment, retired_sections=retired)
    assert "Move gently." in visit("/treatments/dry-needling/").text
    edit_library(treatment, OVERVIEW, RISKS, section("New"))
    assert {"What is it?", "Afterwards", "Risks", "Cost", "New"} <= set(headings(follower))


def test_an_addition_that_names_no_place_stands_at_the_end(treatment, clinic):
    odd = [
        section("One", anchor=None, trail=None),
        section("Two", anchor="no-such-section", trail=["neither"]),
        section("Three", anchor_position="sideways", trail="words"),
    ]
    assert headings(follower_of(treatment, clinic, sections=odd)) == [*ALL, "One", "Two", "Three"]
