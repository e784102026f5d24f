"""A follower keeps its address whatever the library does; where its clinic changes it, the old leads on."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests.factories import LibraryFolderPageFactory, StandardPageFactory
from tests.library.pages import follower_of, fresh, library_treatment

OLD = "/treatments/dry-needling/"


@pytest.fixture
def follower(treatment, clinic):
    page = follower_of(treatment, clinic)
    page.save_revision().publish()
    return page


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Give a page another slug and publish it."""

    def renamed(page, slug):
        draft = fresh(page)
        draft.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            draft.save_revision().publish()

    return renamed


def test_the_old_address_leads_to_the_new_one(follower, rename, visit):
    rename(follower, "needles")
    response = visit(OLD)
    assert (response.status_code, response["Location"]) == (301, "/treatments/needles/")
    assert visit("/treatments/needles/").status_code == 200


def test_after_two_renames_every_old_address_leads_to_the_page_in_one_step(follower, rename, visit):
    rename(follower, "needles")
    rename(follower, "needling")
    for old in (OLD, "/treatments/needles/"):
        assert visit(old)["Location"] == "/treatments/needling/"


def test_renamed_there_and_back_nothing_leads_in_a_circle(follower, rename, visit):
    rename(follower, "needles")
    rename(follower, "dry-needling")
    assert visit(OLD).status_code == 200
    assert visit("/treatments/needles/")["Location"] == OLD
    fresh(follower).unpublish()
    assert visit(OLD).status_code == 410


def test_pages_below_a_page_renamed_there_and_back_do_not_lead_in_a_circle(clinic, rename, visit):
    about = StandardPageFactory(parent=clinic.home, title="About us")
    team = StandardPageFactory(parent=about, title="Our story")
    rename(about, "about")
    assert visit("/about-us/our-story/")["Location"] == "/about/our-story/"
    rename(about, "about-us")
    fresh(team).unpublish()
    assert visit("/about-us/our-story/").status_code == 404
    assert visit("/about/our-story/")["Location"] == "/about-us/our-story/"


def test_a_redirect_is_the_clinics_own_and_no_other_clinics(follower, treatment, other_clinic, rename):
    theirs = follower_of(treatment, other_clinic)
    rename(follower, "needles")
    there = Client(HTTP_HOST=other_clinic.host).get
    assert there(OLD).status_code == 200
    assert there("/treatments/needles/").status_code == 404
    theirs.unpublish()
    assert there(OLD).status_code == 404
    assert not Redirect.objects.exclude(site=follower.get_site()).exists()


def test_an_address_that_another_page_has_taken_leads_to_that_page(
    follower, treatment, clinic, rename, visit
):
    rename(follower, "needles")
    library = treatment.get_parent().specific
    second = follower_of(library_treatment(library, title="Other", slug="other"), clinic, slug="dry-needling")
    second.save_revision().publish()
    assert visit(OLD).context["page"].pk == second.pk
    rename(second, "other")
    assert visit(OLD)["Location"] == "/treatments/other/"


def test_a_library_page_that_is_renamed_or_moved_changes_no_followers_address(
    follower, treatment, library, rename, visit, django_capture_on_commit_callbacks
):
    rename(treatment, "intramuscular-stimulation")
    with django_capture_on_commit_callbacks(execute=True):
        folder = LibraryFolderPageFactory(parent=library, title="Needles")
        fresh(treatment).move(folder, "last-child")
    assert visit(OLD).status_code == 200
    assert fresh(follower).url_path == follower.url_path
    assert Redirect.objects.count() == 0
