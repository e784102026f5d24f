"""Warning signs: one text of the library that stands within every page that names it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, ensure_agency_groups
from clinicsite.core.publishing import reasons_against_publishing
from clinicsite.core.rendering import rendering_for
from clinicsite.library.blocks import LibrarySectionBlock
from clinicsite.library.composition import State
from clinicsite.library.deleting import reasons_to_keep_library_pages
from clinicsite.library.joining.adding import Offers, library_page_or_none
from clinicsite.library.joining.independence import leave
from clinicsite.library.models import LibrarySection
from clinicsite.library.releasing.impact import impact_of
from clinicsite.library.releasing.releases import ReleaseError, undo_release
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.modalities.models import ModalityPage, WarningSignsPage
from tests.factories import (
    ModalityIndexPageFactory,
    ModalityPageFactory,
    UserFactory,
    WarningSignsPageFactory,
    paragraph,
    section,
)
from tests.library.pages import OVERVIEW, edit_library, follower_of, fresh, library_treatment, words_on
from tests.library.releasing import WITHOUT_APPROVAL, draft, pilot, release

OLD, NEW = "Numb between the legs.", "You cannot pass urine."


def naming(signs, heading="When to get urgent help", **value):
    """A stored section that names warning signs, with a paragraph of its own."""
    body = [
        {"type": "warning_signs", "value": signs.pk, "id": f"names-{signs.pk}"},
        paragraph("Drive safely."),
    ]
    return section(heading, kind="urgent_help", **{"body": body} | value)


@pytest.fixture
def signs(library):
    return WarningSignsPageFactory(parent=library)


@pytest.fixture
def warned(library, signs):
    """A library page that names the signs."""
    return library_treatment(library, OVERVIEW, naming(signs), reviewed_on=date(2026, 3, 4))


@pytest.fixture
def warned_follower(warned, clinic):
    return follower_of(warned, clinic)


@pytest.fixture
def manager(library):
    return UserFactory(is_superuser=True)


def say(signs, words, **fields):
    edit_library(signs, section("Back", words, kind="urgent_help"), **fields)


def test_a_followers_patients_read_the_signs_where_they_are_named(warned_follower, clinic):
    words = words_on(warned_follower, clinic)
    assert words.index("When to get urgent help") < words.index(OLD) < words.index("Drive safely.")


def test_every_page_that_names_them_has_the_new_words_with_one_release(
    library, signs, warned_follower, clinic, manager
):
    second = follower_of(library_treatment(library, naming(signs, "Help"), title="Massage"), clinic)
    draft_of = WarningSignsPage.objects.get(pk=signs.pk)
    draft_of.sections = [section("Back", NEW, kind="urgent_help")]
    draft_of.save_revision()
    assert OLD in words_on(warned_follower, clinic)
    done = release(signs, manager)
    for page in (warned_follower, second):
        assert NEW in words_on(page, clinic)
        assert OLD not in words_on(page, clinic)
    undo_release(done.pk, manager)
    assert OLD in words_on(second, clinic)


def test_the_page_the_leaflet_and_the_search_have_them(warned_follower, clinic):
    view = Client(HTTP_HOST=clinic.host).get
    url = warned_follower.get_url_parts()[2]
    for address in (url, f"{url}leaflet/"):
        assert OLD in view(address).content.decode()
    with rendering_for(clinic.site):
        assert OLD in fresh(warned_follower).search_text


def test_a_section_with_them_is_locked_whatever_its_kind_or_lock(library, signs, clinic):
    plain = naming(signs, "Advice")
    plain["value"] |= {"kind": "other", "lock": "free"}
    follower = follower_of(library_treatment(library, plain), clinic)
    assert [one.state for one in follower.compose()] == [State.LOCKED]


def test_the_editor_refuses_another_lock_for_them(signs):
    block = LibrarySectionBlock()
    value = naming(signs)["value"] | {"lock": "adapt", "lock_reason": "As you like."}
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python(value))
    assert "always locked" in str(error.value.as_json_data())


def test_a_held_page_reads_them_as_they_are_now(warned_follower, signs, clinic):
    warned_follower.held_sections = [dict(child) for child in warned_follower.library_page.sections.raw_data]
    warned_follower.save()
    say(signs, NEW)
    assert NEW in words_on(warned_follower, clinic)


def test_a_clinic_that_pilots_the_page_reads_them_as_they_are_now(
    warned, warned_follower, signs, clinic, manager
):
    draft(warned, "Piloted.", naming(signs))
    pilot(warned, manager, clinic)
    say(signs, NEW)
    assert "Piloted." in words_on(warned_follower, clinic)
    assert NEW in words_on(warned_follower, clinic)


def test_an_independent_page_goes_on_reading_them(warned_follower, signs, clinic):
    leave(warned_follower)
    warned_follower.save()
    say(signs, NEW)
    assert NEW in words_on(warned_follower, clinic)


def test_taking_them_down_takes_no_warning_from_a_page(warned_follower, signs, clinic, manager):
    UnpublishPageAction(signs, user=manager).execute(skip_permission_checks=True)
    assert OLD in words_on(warned_follower, clinic)
    newer = fresh(signs)
    newer.sections = [section("Back", "A draft of no page.", kind="urgent_help")]
    newer.save()
    assert OLD in words_on(warned_follower, clinic)


@pytest.fixture
def browser(library, clinic, admin_client_of):
    """Somebody who releases and retires library pages."""
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return admin_client_of(UserFactory(groups=[groups[AGENCY_ADMINISTRATORS]]))


@pytest.mark.indexed
def test_the_screens_say_where_they_stand_and_offer_neither_pilot_nor_preview(
    library, signs, warned_follower, browser, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        edit_library(warned_follower.library_page, naming(signs))
    page = fresh(signs)
    page.sections = [section("Back", NEW, kind="urgent_help")]
    page.save_revision()
    edit = browser.get(f"/admin/pages/{signs.pk}/edit/").content.decode()
    assert "They stand on pages of <strong>1 clinic</strong>." in edit
    assert "Preview as clinic" not in edit
    screen = browser.get(f"/admin/clinicsite/library/pages/{signs.pk}/release/").content.decode()
    assert "These signs stand on pages of" in screen
    assert "Pilot clinics first" not in screen
    retire = browser.get(f"/admin/clinicsite/library/pages/{signs.pk}/retire/").content.decode()
    assert "go on showing them as they are now" in retire
    assert "Replaced by" not in retire


def test_the_editor_of_a_page_keeps_the_signs_it_names(library, signs, clinic, owner, admin_client_of):
    page = ModalityPageFactory(
        parent=ModalityIndexPageFactory(parent=clinic.home), title="Our own", sections=[naming(signs)]
    )
    html = admin_client_of(owner).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f"&quot;id&quot;: {signs.pk}" in html


def test_a_page_that_names_unreleased_signs_cannot_go_live(library, clinic):
    signs = WarningSignsPageFactory(parent=library, title="Neck", slug="neck-signs", live=False)
    page = library_treatment(library, naming(signs), live=False)
    assert reasons_against_publishing(page) == [
        "The warning signs “Neck” have not been released. Release them first."
    ]


def test_signs_without_words_or_with_others_in_them_cannot_go_live(library, signs):
    empty = WarningSignsPageFactory(parent=library, title="Head", slug="head-signs", sections=[])
    assert "There are no words yet" in reasons_against_publishing(empty)[0]
    empty.sections = [naming(signs)]
    assert "within other warning signs" in reasons_against_publishing(empty)[0]


def test_no_clinic_is_offered_them_to_follow(signs, clinic):
    assert WarningSignsPage not in shared_page_models()
    titles = [offer.page.title for offer in Offers(clinic.site).all]
    assert signs.title not in titles
    assert library_page_or_none(signs.pk) is None


def test_they_have_no_pilot(signs, warned_follower, clinic, manager):
    page = fresh(signs)
    page.sections = [section("Back", NEW, kind="urgent_help")]
    page.save_revision()
    with pytest.raises(ReleaseError, match="the same for every clinic"):
        pilot(signs, manager, clinic, **WITHOUT_APPROVAL)


@pytest.mark.indexed
def test_a_release_counts_the_clinics_whose_pages_name_them(
    library, signs, clinic, other_clinic, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        edit_library(library_treatment(library), naming(signs))
    warned = ModalityPage.objects.get()
    for one in (clinic, other_clinic):
        follower_of(warned, one)
    coming = fresh(signs)
    coming.sections = [section("Back", NEW, kind="urgent_help")]
    impact = impact_of(signs, coming)
    assert (impact.clinics, impact.pages) == (2, 2)
    assert [one.reading for one in impact.sections] == [2]


@pytest.mark.indexed
def test_a_release_dates_and_indexes_the_pages_that_name_them(
    library, signs, clinic, django_capture_on_commit_callbacks
):
    page = library_treatment(library)
    follower = follower_of(page, clinic)
    with django_capture_on_commit_callbacks(execute=True):
        edit_library(page, naming(signs))
    before = fresh(follower).changed_at
    with django_capture_on_commit_callbacks(execute=True):
        say(signs, "A drooping face.")
    assert fresh(follower).changed_at == fresh(signs).last_published_at > before
    assert follower.pk in {one.pk for one in ModalityPage.objects.search("drooping")}


@pytest.mark.indexed
def test_signs_that_a_page_names_are_not_deleted(library, signs, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        edit_library(library_treatment(library), naming(signs))
    with pytest.raises(ValidationError) as refused:
        Page.objects.get(pk=signs.pk).delete()
    assert refused.value.messages == [
        "“Back” was not deleted: its warning signs stand on 1 page, “Dry needling” among them. "
        "Take them out there first."
    ]
    assert Page.objects.filter(pk=signs.pk).exists()
    # What names them goes with the library as a whole.
    assert not [one for one in reasons_to_keep_library_pages(library) if "warning signs" in one]


def test_the_date_of_review_is_the_oldest_with_theirs(warned_follower, signs, clinic):
    with rendering_for(clinic.site):
        assert fresh(warned_follower).review_claim is None
    say(signs, OLD, reviewed_on=date(2025, 1, 2))
    with rendering_for(clinic.site):
        assert fresh(warned_follower).review_claim == date(2025, 1, 2)


def test_their_sections_are_counted_like_those_of_any_library_page(signs):
    signs.save()
    assert LibrarySection.objects.filter(page=signs.pk).count() == 1
