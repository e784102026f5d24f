"""A library page that clinics follow cannot be deleted from under them."""

import pytest
from django.contrib.messages import get_messages
from wagtail.models import Page

from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, ensure_agency_groups
from clinicsite.library.deleting import count_followers
from tests.factories import LibraryFolderPageFactory, UserFactory
from tests.library.pages import follower_of, fresh, library_treatment

pytestmark = pytest.mark.indexed

ADVICE = "Retire it instead: no clinic can follow it any more, and those that do keep what they had."


@pytest.fixture
def folder(library):
    return LibraryFolderPageFactory(parent=library, title="Treatments")


@pytest.fixture
def treatment(folder):
    return library_treatment(folder)


@pytest.fixture
def browser(library, clinic, admin_client_of):
    """An agency administrator, who may delete library pages."""
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return admin_client_of(UserFactory(groups=[groups[AGENCY_ADMINISTRATORS]]))


def delete(browser, page):
    return browser.post(f"/admin/pages/{page.pk}/delete/")


def delete_from_list(browser, *pages):
    query = "&".join(f"id={page.pk}" for page in pages)
    return browser.post(f"/admin/bulk/wagtailcore/page/delete/?{query}&next=/admin/")


def assert_refused(response, page, words):
    assert response.status_code == 302
    assert response.url == f"/admin/pages/{page.pk}/"
    (message,) = [str(message).strip() for message in get_messages(response.wsgi_request)]
    assert message == f"“{page.title}” was not deleted: {words} {ADVICE}"
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_followed_page_is_kept(browser, treatment, clinic):
    follower = follower_of(treatment, clinic)
    assert_refused(delete(browser, treatment), treatment, "1 page of a clinic follows it.")
    assert fresh(follower).library_page == treatment


def test_a_followed_page_chosen_in_the_list_is_kept_by_wagtail_itself(browser, treatment, clinic):
    follower_of(treatment, clinic)
    response = delete_from_list(browser, treatment)
    assert response.status_code == 302
    assert Page.objects.filter(pk=treatment.pk).exists()


@pytest.mark.parametrize("how", [delete, delete_from_list])
def test_a_folder_with_followed_pages_is_kept(browser, folder, treatment, clinic, other_clinic, how):
    for one in (clinic, other_clinic):
        follower_of(treatment, one)
    assert_refused(how(browser, folder), folder, "2 pages of clinics follow it or a page below it.")
    assert Page.objects.filter(pk=treatment.pk).exists()


def test_a_followed_page_is_refused_before_the_question_is_asked(browser, treatment, clinic):
    follower_of(treatment, clinic)
    response = browser.get(f"/admin/pages/{treatment.pk}/delete/")
    assert_refused(response, treatment, "1 page of a clinic follows it.")


def test_a_follower_that_is_a_draft_counts(browser, treatment, clinic):
    follower_of(treatment, clinic, live=False)
    assert_refused(delete(browser, treatment), treatment, "1 page of a clinic follows it.")


def test_one_folder_with_followed_pages_keeps_all_that_is_chosen_with_it(browser, library, folder, clinic):
    follower_of(library_treatment(folder), clinic)
    other = library_treatment(library, title="Cupping")
    response = delete_from_list(browser, other, folder)
    assert_refused(response, folder, "1 page of a clinic follows it or a page below it.")
    assert Page.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("how", [delete, delete_from_list])
def test_a_page_that_nobody_follows_is_deleted(browser, folder, treatment, clinic, how):
    follower_of(treatment, clinic)
    other = library_treatment(folder, title="Cupping")
    assert how(browser, other).status_code == 302
    assert not Page.objects.filter(pk=other.pk).exists()


def test_a_page_is_deleted_once_the_clinic_has_made_its_own_independent(browser, treatment, clinic):
    follower = follower_of(treatment, clinic)
    follower.library_page = None
    follower.save()
    assert delete(browser, treatment).status_code == 302
    assert not Page.objects.filter(pk=treatment.pk).exists()


@pytest.mark.parametrize("how", [delete, delete_from_list])
def test_a_clinic_deletes_its_own_follower(treatment, clinic, owner, admin_client_of, how):
    follower = follower_of(treatment, clinic)
    assert how(admin_client_of(owner), follower).status_code == 302
    assert not Page.objects.filter(pk=follower.pk).exists()


def test_followers_of_every_page_of_a_folder_are_counted(folder, library, clinic, other_clinic):
    for title in ("Dry needling", "Cupping"):
        follower_of(library_treatment(folder, title=title), clinic)
    outside = library_treatment(library, title="Massage")
    follower_of(outside, other_clinic)
    assert count_followers(folder) == 2
    assert count_followers(library) == 3
