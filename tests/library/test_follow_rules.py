"""What a page may follow, and the sentence that refuses the rest."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.test.utils.form_data import nested_form_data

from clinicsite.library.models import SectionOverride
from clinicsite.modalities.models import ModalityPage
from tests.factories import (
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
    section,
)
from tests.library.pages import AFTERCARE, follower_of, fresh, library_treatment, take_over
from tests.library.panel_form import NO_ROWS

NOT_OF_THE_LIBRARY = "Choose a page of the library. Pages of a clinic cannot be followed."
NOT_FROM_INSIDE = "A library page cannot follow another page. Copy the text, or link to it."


def refusal(page, library_page):
    """The sentence that refuses to let a page follow another."""
    page.library_page = library_page
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == ["library_page"]
    return refused.value.message_dict["library_page"][0]


@pytest.fixture
def own_page(clinic):
    """A stand-alone treatment of the clinic."""
    return ModalityPageFactory(parent=ModalityIndexPageFactory(parent=clinic.home))


def test_a_clinics_page_may_follow_a_published_library_page(own_page, library):
    own_page.library_page = library_treatment(library)
    assert own_page.full_clean() is None


def test_a_page_cannot_follow_itself(own_page, library):
    assert refusal(own_page, own_page) == NOT_OF_THE_LIBRARY
    library_page = library_treatment(library)
    assert refusal(library_page, library_page) == NOT_FROM_INSIDE


def test_two_pages_cannot_follow_each_other(own_page):
    other = ModalityPageFactory(parent=own_page.get_parent())
    ModalityPage.objects.filter(pk=other.pk).update(library_page=own_page)
    assert refusal(own_page, fresh(other)) == NOT_OF_THE_LIBRARY


def test_a_page_of_another_clinic_cannot_be_followed(own_page, library, other_clinic):
    follower = follower_of(library_treatment(library), other_clinic)
    assert refusal(own_page, follower) == NOT_OF_THE_LIBRARY


def test_an_unpublished_library_page_cannot_be_followed(own_page, library):
    draft = library_treatment(library, title="Cupping", live=False)
    expected = "“Cupping” is not published in the library yet. Choose a published page."
    assert refusal(own_page, draft) == expected


def test_a_library_page_cannot_follow_another(library):
    one, other = library_treatment(library), library_treatment(library, title="Shockwave")
    assert refusal(one, other) == NOT_FROM_INSIDE


def test_an_editor_cannot_make_a_follower_inside_the_library(library, library_editor, admin_client_of):
    followed = library_treatment(library)
    form = {"title": "Second", "slug": "second", "library_page": followed.pk, "sections-count": 0}
    form |= nested_form_data(NO_ROWS)
    address = f"/admin/pages/add/clinicsite_modalities/modalitypage/{library.pk}/"
    response = admin_client_of(library_editor).post(address, form)
    assert response.status_code == 200
    assert NOT_FROM_INSIDE in response.text
    assert not ModalityPage.objects.filter(slug="second").exists()


def test_an_editor_can_make_a_follower_in_the_clinic(own_page, library, editor, admin_client_of):
    followed = library_treatment(library)
    form = {"title": "Second", "slug": "second", "library_page": followed.pk, "sections-count": 0}
    form |= nested_form_data(NO_ROWS)
    address = f"/admin/pages/add/clinicsite_modalities/modalitypage/{own_page.get_parent().pk}/"
    admin_client_of(editor).post(address, form)
    assert ModalityPage.objects.get(slug="second").library_page == followed


def test_publishing_a_draft_whose_library_page_has_gone_says_so_above_the_form(
    own_page, library, owner, admin_client_of
):
    cupping = library_treatment(library, title="Cupping")
    own_page.library_page = cupping
    own_page.save_revision()
    cupping.unpublish()
    form = {"title": "Own", "slug": own_page.slug, "sections-count": 0, "action-publish": "1"}
    form |= nested_form_data(NO_ROWS)
    response = admin_client_of(owner).post(f"/admin/pages/{own_page.pk}/edit/", form)
    assert response.status_code == 200
    assert "“Cupping” is not published in the library yet." in response.text


def test_a_followed_library_page_cannot_be_deleted(library, clinic):
    library_page = library_treatment(library)
    follower_of(library_page, clinic)
    with pytest.raises(ValidationError, match="1 page of a clinic follows it"):
        library_page.delete()
    assert ModalityPage.objects.filter(pk=library_page.pk).exists()


def test_a_clinic_has_one_version_of_a_section(library, clinic):
    follower = follower_of(library_treatment(library), clinic)
    record = take_over(follower, AFTERCARE, "Ours", "Ours.")
    twin = SectionOverride(page=follower, section_id=record.section_id, action="hide")
    with pytest.raises(ValidationError, match="already has its own version of that section"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_lock_needs_a_reason_that_clinics_can_read(library):
    block = ModalityPage._meta.get_field("sections").stream_block.child_blocks["section"]
    for lock in ("adapt", "locked"):
        value = block.to_python(section("Risks", lock=lock)["value"])
        with pytest.raises(ValidationError) as refused:
            block.clean(value)
        assert "Say why clinics may not change this freely." in str(refused.value.as_json_data())
        block.clean(block.to_python(section("Risks", lock=lock, lock_reason="For safety.")["value"]))


def test_a_crafted_request_cannot_name_another_clinics_person_as_reviewer(
    own_page, library, other_clinic, editor, admin_client_of
):
    team = PractitionerIndexPageFactory(parent=other_clinic.home)
    foreign = PractitionerPageFactory(parent=team, title="Somebody else's therapist")
    form = {"title": "Second", "slug": "second", "reviewed_by": foreign.pk, "sections-count": 0}
    form |= nested_form_data(NO_ROWS)
    address = f"/admin/pages/add/clinicsite_modalities/modalitypage/{own_page.get_parent().pk}/"
    response = admin_client_of(editor).post(address, form)
    assert response.status_code == 200
    assert not ModalityPage.objects.filter(slug="second").exists()


def test_a_reviewer_of_the_library_may_be_named(own_page, library, editor, admin_client_of):
    reviewer = PractitionerPageFactory(parent=library)
    form = {"title": "Second", "slug": "second", "reviewed_by": reviewer.pk, "sections-count": 0}
    form |= nested_form_data(NO_ROWS)
    address = f"/admin/pages/add/clinicsite_modalities/modalitypage/{own_page.get_parent().pk}/"
    admin_client_of(editor).post(address, form)
    assert ModalityPage.objects.get(slug="second").reviewed_by == reviewer


def test_a_follower_outlives_the_publication_of_its_library_page(library, clinic):
    follower = follower_of(library_treatment(library), clinic)
    follower.library_page.unpublish()
    assert fresh(follower).full_clean() is None
