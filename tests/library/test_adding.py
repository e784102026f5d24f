"""What the library offers a clinic, and how it comes to the clinic's site."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, PageLogEntry

from clinicsite.home.models import BlogPage
from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.joining.adding import Offers, add_page, decline
from clinicsite.library.models import DeclinedPage
from clinicsite.modalities.models import ConditionPage, ModalityPage
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ImageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    UserFactory,
)
from tests.library.pages import follower_of, headings, library_treatment, words_on

ADDRESS = "/admin/clinicsite/library/add/"


@pytest.fixture
def treatment(library):
    return library_treatment(library, summary="For patients of {clinic}.")


@pytest.fixture
def index(clinic):
    return ModalityIndexPageFactory(parent=clinic.home)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def added(clinic, model=ModalityPage):
    return model.objects.of_site(clinic.site).filter(library_page__isnull=False)


def post(browser, **data):
    response = browser.post(ADDRESS, data)
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_a_page_is_added_as_a_draft_with_one_click(treatment, index, clinic, browser, visit):
    (said,) = post(browser, one=f"{treatment.pk}|draft")
    assert "“Dry needling” is added as a draft." in said
    page = added(clinic).get()
    assert (page.live, page.title, page.slug) == (False, "Dry needling", "dry-needling")
    assert page.get_parent().pk == index.pk
    assert visit("/treatments/dry-needling/").status_code == 404


def test_a_page_is_added_live_and_patients_read_it(treatment, index, clinic, browser, visit):
    (said,) = post(browser, one=f"{treatment.pk}|live")
    assert "“Dry needling” is added and published." in said
    assert added(clinic).get().live
    assert "For patients of North Clinic." in visit("/treatments/dry-needling/").text


def test_an_added_page_has_nothing_of_its_own(library, index, clinic, owner):
    treatment = library_treatment(library, hero_image=ImageFactory(), alternate_names="IMS", summary="Theirs")
    add_page(clinic.site, treatment, owner)
    page = added(clinic).get()
    own = (page.summary, page.hero_image, page.alternate_names, page.reviewed_on, page.reviewed_by)
    assert own == (None, None, None, None, None)
    assert not page.sections
    assert not page.clinicsite_section_overrides.exists()
    assert headings(page) == headings(treatment)
    assert page.library_base["page"] == treatment.pk


def test_an_added_page_has_a_history_from_its_first_day(treatment, index, clinic, owner):
    page = add_page(clinic.site, treatment, owner, is_live=True)
    assert page.owner == owner
    assert page.revisions.count() == 1
    logged = PageLogEntry.objects.filter(page_id=page.pk).values_list("action", flat=True)
    assert set(logged) == {"wagtail.create", "wagtail.publish"}


def test_several_are_added_at_once(library, treatment, index, clinic, browser):
    others = [library_treatment(library, title=title) for title in ("Cupping", "Massage")]
    post(browser, several="live", add=[one.pk for one in others])
    assert {page.title for page in added(clinic)} == {"Cupping", "Massage"}


def test_title_and_address_may_differ_on_the_clinics_site(treatment, index, clinic, browser):
    names = {f"title-{treatment.pk}": "Needling with us", f"slug-{treatment.pk}": "with-us"}
    post(browser, one=f"{treatment.pk}|draft", **names)
    page = added(clinic).get()
    assert (page.title, page.slug) == ("Needling with us", "with-us")


def test_a_taken_address_gets_a_number_and_it_is_said(treatment, index, clinic, browser):
    ModalityPageFactory(parent=index, title="Something else", slug="dry-needling")
    shown = browser.get(ADDRESS).text
    assert 'value="dry-needling-1"' in shown
    (said,) = post(browser, one=f"{treatment.pk}|draft")
    assert "The address “dry-needling” was taken, so it has “dry-needling-1”." in said
    assert added(clinic).get().slug == "dry-needling-1"


def test_a_bad_address_is_refused_with_the_reason(treatment, index, clinic, browser):
    (said,) = post(browser, one=f"{treatment.pk}|draft", **{f"slug-{treatment.pk}": "no good!"})
    assert "was not added" in said
    assert not added(clinic).exists()


def test_posts_and_conditions_come_too(library, clinic, owner):
    for index, factory, model in (
        (BlogIndexPageFactory, BlogPageFactory, BlogPage),
        (ConditionIndexPageFactory, ConditionPageFactory, ConditionPage),
    ):
        parent = index(parent=clinic.home)
        shared = factory(parent=library)
        page = add_page(clinic.site, shared, owner, is_live=True)
        assert page.get_parent().pk == parent.pk
        assert added(clinic, model).get().library_page_id == shared.pk


def test_only_published_pages_that_the_clinic_lacks_are_offered(library, treatment, index, clinic):
    follower_of(treatment, clinic)
    library_treatment(library, title="Soon", live=False)
    library_treatment(library, title="Cupping")
    assert [offer.page.title for offer in Offers(clinic.site).all] == ["Cupping"]


def test_a_page_is_never_added_twice(treatment, index, clinic, owner):
    add_page(clinic.site, treatment, owner)
    with pytest.raises(AnswerError, match="has “Dry needling” already"):
        add_page(clinic.site, treatment, owner)
    assert added(clinic).count() == 1


def test_an_unpublished_library_page_is_not_added(library, index, clinic, owner):
    with pytest.raises(AnswerError, match="not published in the library"):
        add_page(clinic.site, library_treatment(library, live=False), owner)


def test_adding_takes_back_a_refusal(treatment, index, clinic, owner):
    decline(clinic.site, treatment, owner)
    add_page(clinic.site, treatment, owner)
    assert not DeclinedPage.objects.exists()


def test_where_there_is_no_place_it_says_what_to_make(treatment, clinic, browser, owner):
    shown = browser.get(ADDRESS).text
    assert "Make a treatments page first" in shown
    assert f"/admin/pages/add/clinicsite_modalities/modalityindexpage/{clinic.home.pk}/" in shown
    with pytest.raises(AnswerError, match="Make a treatments page first"):
        add_page(clinic.site, treatment, owner)


def test_a_similar_page_of_ones_own_may_follow_instead(treatment, index, clinic, browser):
    own = ModalityPageFactory(parent=index, title="Dry Needling.", slug="ours")
    shown = browser.get(ADDRESS).text
    assert "You have a page of your own called “Dry Needling.”" in shown
    assert f"/admin/clinicsite/library/pages/{own.pk}/follow/?library={treatment.pk}" in shown


def test_summary_and_picture_are_shown_as_the_clinic_would_show_them(library, index, clinic, browser):
    library_treatment(library, summary="For patients of {clinic}.", hero_image=ImageFactory())
    shown = browser.get(ADDRESS).text
    assert "For patients of North Clinic." in shown
    assert ".fill-256x192" in shown


@pytest.fixture
def helper(clinic):
    """Somebody who may add and edit pages of the clinic and not publish them."""
    GroupPagePermission.objects.filter(
        group=clinic.groups.editor, permission__codename="publish_page"
    ).delete()
    return UserFactory(groups=[clinic.groups.editor])


def test_who_may_not_publish_adds_drafts_only(treatment, index, clinic, helper, admin_client_of):
    browser = admin_client_of(helper)
    assert "Add and publish" not in browser.get(ADDRESS).text
    (said,) = post(browser, one=f"{treatment.pk}|live")
    assert "You may not publish pages here." in said
    assert not added(clinic).exists()
    post(browser, one=f"{treatment.pk}|draft")
    assert added(clinic).exists()


@pytest.mark.parametrize("page_id", ["", "x", "99999", "1"])
def test_a_crafted_request_adds_nothing(treatment, index, clinic, browser, page_id):
    (said,) = post(browser, one=f"{page_id}|live")
    assert "does not offer this page" in said
    assert not added(clinic).exists()


def test_another_clinics_page_cannot_be_added(index, clinic, other_clinic, browser):
    theirs = ModalityPageFactory(parent=ModalityIndexPageFactory(parent=other_clinic.home), title="Secret")
    (said,) = post(browser, one=f"{theirs.pk}|live")
    assert "Secret" not in said
    assert not added(clinic).exists()


def test_another_clinic_is_as_if_it_were_not_there(
    treatment, index, clinic, other_owner, library_editor, admin_client_of
):
    for stranger in (other_owner, library_editor):
        browser = admin_client_of(stranger)
        assert browser.get(ADDRESS, {"clinic": clinic.site.pk}).status_code == 404
        answer = browser.post(ADDRESS, {"clinic": clinic.site.pk, "one": f"{treatment.pk}|live"})
        assert answer.status_code == 404
    assert not added(clinic).exists()


def test_adding_for_one_clinic_changes_no_other(treatment, index, clinic, other_clinic, owner):
    theirs = follower_of(treatment, other_clinic)
    before = words_on(theirs, other_clinic)
    add_page(clinic.site, treatment, owner, is_live=True)
    assert words_on(theirs, other_clinic) == before
    assert added(other_clinic).count() == 1


def test_the_queries_do_not_grow_with_the_offers(library, index, clinic, browser):
    def queries():
        browser.get(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            browser.get(ADDRESS)
        return len(captured)

    for number in range(2):
        library_treatment(library, title=f"Treatment {number}", hero_image=ImageFactory())
    few = queries()
    for number in range(2, 9):
        library_treatment(library, title=f"Treatment {number}", hero_image=ImageFactory())
    assert queries() == few
