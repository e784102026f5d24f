"""A page that names something of another clinic's, from before forms refused that, shows nothing of it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, Page

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.pictures import filters_of
from clinicsite.core.pictures.making import made
from clinicsite.core.pictures.shapes import SHAPES, SHARED
from clinicsite.home.models import FeaturedTreatment, SuggestedResult
from clinicsite.modalities.models import EvidenceStatement
from tests.factories import ClinicFactory, section
from tests.factories.media import ImageFactory
from tests.isolation.naming import pages_of, things_of

pytestmark = pytest.mark.indexed

#: What is looked for, in small letters: in titles, descriptions and the names of files.
OWN, FOREIGN = "northern", "southern"


def block(kind, value):
    return {"type": kind, "value": value, "id": f"10000000-0000-4000-8000-{abs(hash(kind)) % 10**12:012d}"}


def link(kind, key):
    return block("paragraph", f'<p>Our <a linktype="{kind}" id="{key}">words</a> lead there.</p>')


def embed(key):
    return block("callout", {"style": "information", "heading": "", "text": _embedded(key)})


def _embedded(key):
    return f'<p>Look:</p><embed embedtype="image" id="{key}" format="fullwidth" alt="drawn"/>'


def name_everything(clinic, pages, things):
    """Store in every field of a clinic's pages the things given, as a form would have before."""
    picture = things.picture
    video = {"url": "https://vimeo.com/123456", "title": "Film", "length": "", "poster": picture.pk}
    still = {"image": picture.pk, "alt": "", "is_decorative": False, "caption": "Our caption"}
    bodies = [
        block("picture", still),
        block("video", video),
        link("page", things.page.pk),
        embed(picture.pk),
    ]
    documents = [link("document", things.document.pk)]
    sections = [section("Pictures", body=bodies), section("Files", body=documents)]
    for page in (pages.standard, pages.condition, pages.treatment, pages.post):
        page.hero_image, page.sections = picture, sections
    for page in (pages.condition, pages.treatment, pages.post):
        page.reviewed_by, page.reviewed_on = things.practitioner, "2026-01-05"
    pages.practitioner.portrait = picture
    pages.practitioner.modalities = [things.treatment]
    pages.treatment.conditions = [things.condition]
    pages.post.authors = [things.practitioner]
    pages.post.modalities, pages.post.conditions = [things.treatment], [things.condition]
    pages.home.hero_image = picture
    pages.home.introduction = f'<p>See <a linktype="page" id="{things.page.pk}">this</a>.</p>'
    pages.home.featured_treatments = [FeaturedTreatment(page=things.treatment)]
    pages.home.suggested_results = [SuggestedResult(page=things.page, words="fees")]
    pages.treatment.evidence_statements = [
        EvidenceStatement(condition=things.condition, strength="unknown", statement="Nobody knows.")
    ]
    for page in vars(pages).values():
        page.save()
    ClinicSettings.objects.filter(site=clinic.site).update(logo=picture, favicon=picture)
    ClinicSettings.objects.get(site=clinic.site).save()


@pytest.fixture
def clinic(db):
    return ClinicFactory(hostname="north.localhost", name="North Clinic")


@pytest.fixture
def own(clinic):
    return things_of(clinic, OWN)


@pytest.fixture
def pages(clinic, own):
    return pages_of(clinic, own)


@pytest.fixture
def foreign(other_clinic):
    return things_of(other_clinic, FOREIGN)


def with_files(things):
    """Every file that a page could ask for is there, so that one is shown if it may be."""
    made(things.picture, [SHARED, *(one for shape in SHAPES for one in filters_of(shape))])
    return things


def everything_read(clinic):
    """{address: what a patient gets} of all pages of a clinic and all that is made of them."""
    browser = Client(HTTP_HOST=clinic.host)
    paths = [
        page.get_url_parts()[2]
        for page in Page.objects.descendant_of(clinic.home, inclusive=True).live().specific()
        if not page.title.lower().startswith(OWN)
    ]
    files = ["/sitemap.xml", "/llms.txt", "/search/?q=fees", "/search/?q=words", "/search/?q=winter"]
    feeds = [f"{path}feed/" for path in paths if path.endswith("/blog/")]
    read = {path: browser.get(path) for path in [*paths, *files, *feeds]}
    assert {answer.status_code for answer in read.values()} == {200}
    return {path: answer.text.lower() for path, answer in read.items()}


def mentions(read, word, picture):
    return [path for path, text in read.items() if word in text or shows(text, picture)]


def shows(text, picture):
    return any(one.url.lower() in text for one in picture.renditions.all())


def test_what_was_named_before_the_rule_shows_nothing_of_the_neighbour(clinic, pages, own, foreign):
    name_everything(clinic, pages, with_files(foreign))
    read = everything_read(clinic)
    assert len(read) > 10
    assert mentions(read, FOREIGN, foreign.picture) == []
    assert not [path for path, text in read.items() if "south" in text]
    address = f"/documents/{foreign.document.pk}/"
    assert not [path for path, text in read.items() if address in text]


def test_the_same_pages_show_what_is_their_own(clinic, pages, own):
    """What the test above looks for is there to be found."""
    name_everything(clinic, pages, with_files(own))
    read = everything_read(clinic)
    for page in vars(pages).values():
        assert shows(read[page.get_url_parts()[2]], own.picture), page
    about = read[pages.standard.get_url_parts()[2]]
    assert f"/documents/{own.document.pk}/" in about
    assert own.page.get_url_parts()[2] in about
    assert shows(read["/sitemap.xml"], own.picture)
    assert "drawn" in about


def test_a_neighbours_picture_is_no_icon_and_no_logo(clinic, own, foreign, pages):
    """The icons are those of a clinic that has chosen no picture."""
    browser = Client(HTTP_HOST=clinic.host)
    without = browser.get("/favicon.ico").content
    for picture, is_shown in ((foreign.picture, False), (own.picture, True)):
        ClinicSettings.objects.filter(site=clinic.site).update(logo=picture, favicon=picture)
        ClinicSettings.objects.get(site=clinic.site).save()
        cache.clear()
        assert (browser.get("/favicon.ico").content != without) is is_shown
        assert shows(browser.get("/").text.lower(), picture) is is_shown


@pytest.mark.parametrize("restricted", [False, True])
def test_what_is_nobodys_is_shown_unless_it_was_closed_off(clinic, pages, restricted):
    """A picture of the agency's own, in a collection of no clinic's."""
    collection = Collection.get_first_root_node().add_child(name="Agency")
    if restricted:
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    picture = ImageFactory(title="agency", collection=collection)
    pages.standard.hero_image = picture
    pages.standard.save()
    shown = Client(HTTP_HOST=clinic.host).get(pages.standard.get_url_parts()[2]).text.lower()
    assert shows(shown, picture) is not restricted


def test_the_guard_costs_a_page_no_query(clinic, pages, own):
    name_everything(clinic, pages, with_files(own))
    address = pages.standard.get_url_parts()[2]
    browser = Client(HTTP_HOST=clinic.host)
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    assert not [one for one in asked.captured_queries if "wagtailcore_collection" in one["sql"]]
