"""A clinic's sitemap: its own findable pages, with their pictures and when what they show last changed."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.utils.dateparse import parse_datetime
from wagtail.models import PageViewRestriction

from clinicsite.clinics.models import SiteState
from clinicsite.home.models import StandardPage
from clinicsite.home.sitemaps import types_that_patients_read
from tests.factories import (
    ConditionPageFactory,
    ImageFactory,
    LibraryFolderPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    StandardPageFactory,
)
from tests.factories.everything import EVERY_PAGE_TYPE, Everything

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
LONG_AGO = datetime(2024, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def entries(visit):
    """{address: its element} of the sitemap, as a robot reads it."""

    def read():
        response = visit("/sitemap.xml")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/xml"
        root = ElementTree.fromstring(response.content)
        assert root.tag == f"{MAP}urlset"
        return {element.findtext(f"{MAP}loc"): element for element in root}

    return read


def changed_at(element):
    return parse_datetime(element.findtext(f"{MAP}lastmod"))


def published(page, moment):
    """Give a page, of the library or of a clinic, the moment of its last publishing."""
    type(page).objects.filter(pk=page.pk).update(last_published_at=moment)
    return page


def test_every_page_of_the_clinic_is_there_once_at_its_full_address(clinic, entries):
    made = Everything(clinic, several=2)
    addresses = set(entries())
    assert {made.pages[model].full_url for model in EVERY_PAGE_TYPE} <= addresses
    # The form for a call back has an address of its own below the contact page.
    assert len(addresses) == clinic.home.get_descendants(inclusive=True).live().count() + 1


def test_no_page_type_is_forgotten():
    assert set(types_that_patients_read()) == set(EVERY_PAGE_TYPE)


def test_a_type_names_the_field_that_holds_its_picture():
    """A picture that is shown at the top of a page is the page's in the sitemap too."""
    named = {model.__name__: model.sitemap_picture for model in types_that_patients_read()}
    assert {name: field for name, field in named.items() if field} == {
        "HomePage": "hero_image",
        "StandardPage": "hero_image",
        "BlogPage": "hero_image",
        "ModalityPage": "hero_image",
        "ConditionPage": "hero_image",
        "CoursePage": "hero_image",
        "LocationPage": "picture",
        "PractitionerPage": "portrait",
    }


def test_no_other_clinics_page_and_no_library_page_is_there(clinic, other_clinic, entries):
    Everything(other_clinic, several=1)
    assert list(entries()) == [f"{clinic.site.root_url}/"]


def test_drafts_hidden_and_restricted_pages_are_not_there(clinic, entries):
    StandardPageFactory(parent=clinic.home, live=False)
    StandardPageFactory(parent=clinic.home, is_hidden_from_search_engines=True)
    secret = StandardPageFactory(parent=clinic.home)
    below = StandardPageFactory(parent=secret)
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="open sesame")
    assert below.live
    assert list(entries()) == [f"{clinic.site.root_url}/"]


def test_a_clinic_all_behind_a_password_has_an_empty_sitemap(clinic, entries):
    StandardPageFactory(parent=clinic.home)
    PageViewRestriction.objects.create(page=clinic.home, restriction_type="password", password="open sesame")
    assert entries() == {}


@pytest.mark.parametrize("state", [SiteState.DRAFT, SiteState.STAGING])
def test_a_site_that_is_not_live_has_none(clinic, look_in, state):
    clinic.settings.state = state
    clinic.settings.save()
    assert look_in("/sitemap.xml").status_code == 404


def test_the_agencys_host_has_none(clinic, client):
    assert client.get("/sitemap.xml", HTTP_HOST="localhost").status_code == 404


@pytest.mark.parametrize(
    ("own", "librarys"),
    [(LONG_AGO, LONG_AGO + timedelta(days=9)), (LONG_AGO + timedelta(days=9), LONG_AGO)],
    ids=["the library's words are newer", "the clinic's words are newer"],
)
def test_a_page_has_changed_when_the_newest_of_what_it_shows_has(clinic, library, entries, own, librarys):
    shared = published(ModalityPageFactory(parent=library, title="Shared"), librarys)
    treatments = ModalityIndexPageFactory(parent=clinic.home)
    page = published(ModalityPageFactory(parent=treatments, library_page=shared, sections=[]), own)
    assert changed_at(entries()[page.full_url]) == max(own, librarys)


def test_a_page_that_was_never_published_by_hand_has_no_date(clinic, entries):
    page = published(StandardPageFactory(parent=clinic.home), None)
    assert entries()[page.full_url].find(f"{MAP}lastmod") is None


def test_a_picture_is_there_once_its_page_was_seen(clinic, visit, entries):
    page = StandardPageFactory(parent=clinic.home, hero_image=ImageFactory())
    assert entries()[page.full_url].find(f"{IMAGE}image") is None
    html = visit(page.get_url_parts()[2]).text
    address = entries()[page.full_url].findtext(f"{IMAGE}image/{IMAGE}loc")
    assert address.startswith(f"{clinic.site.root_url}/media/")
    assert address in html, "The page says of the same picture that it is its own."


def test_a_followers_picture_is_the_librarys_unless_it_has_its_own(clinic, library, visit, entries):
    shelf = LibraryFolderPageFactory(parent=library, title="Shelf")
    shared = ConditionPageFactory(parent=shelf, hero_image=ImageFactory())
    page = ConditionPageFactory(parent__parent=clinic.home, library_page=shared, sections=[])
    visit(page.get_url_parts()[2])
    of_library = entries()[page.full_url].findtext(f"{IMAGE}image/{IMAGE}loc")
    page.hero_image = ImageFactory()
    page.save()
    visit(page.get_url_parts()[2])
    own = entries()[page.full_url].findtext(f"{IMAGE}image/{IMAGE}loc")
    assert of_library
    assert own
    assert of_library != own


def test_a_sitemap_costs_the_same_for_few_pages_and_for_many(clinic, visit, django_assert_num_queries):
    Everything(clinic, several=1)
    visit("/sitemap.xml")
    with django_assert_num_queries(3):
        visit("/sitemap.xml")
    for _ in range(10):
        StandardPageFactory(parent=clinic.home, hero_image=ImageFactory())
    cache.clear()
    visit("/sitemap.xml")
    with django_assert_num_queries(3):
        visit("/sitemap.xml")
    assert StandardPage.objects.count() == 11
