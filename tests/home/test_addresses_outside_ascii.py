"""An address outside ASCII is percent-encoded wherever it is printed, and leads to its page."""

import json
import re
from xml.etree import ElementTree

import pytest

from clinicsite.clinics.profile import profile_for
from clinicsite.core.addresses import page_path
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    StandardPageFactory,
)

RAW, ENCODED = "ärzte-straße", "%C3%A4rzte-stra%C3%9Fe"


def test_a_path_is_encoded_as_django_encodes_it():
    assert page_path(f"/network/north/{RAW}/a:b@c/", "/network/north/") == f"/{ENCODED}/a:b@c/"
    assert page_path("/network/north/", "/network/north/") == "/"


@pytest.fixture
def pages(clinic):
    blog = BlogIndexPageFactory(parent=clinic.home, slug=f"blog-{RAW}", show_in_menus=True)
    treatments = ModalityIndexPageFactory(parent=clinic.home, slug=f"do-{RAW}")
    places = LocationIndexPageFactory(parent=clinic.home, slug="locations")
    return [
        StandardPageFactory(parent=clinic.home, slug=RAW),
        blog,
        BlogPageFactory(parent=blog, slug=RAW),
        ModalityPageFactory(parent=treatments, slug=RAW),
        LocationPageFactory(parent=places, slug=RAW),
    ]


def test_no_output_prints_it_raw(pages, visit):
    outputs = ["/sitemap.xml", "/llms.txt", f"/blog-{RAW}/feed/", "/", *(page.url for page in pages)]
    for path in outputs:
        text = visit(path).text
        assert re.findall(r"[^\s\"<(]*ärzte-straße[^\s\">)]*", text) == [], path


def test_the_sitemap_the_page_and_its_data_name_one_address(clinic, pages, visit):
    full = f"{clinic.site.root_url}/{ENCODED}/"
    named = [loc.text for loc in ElementTree.fromstring(visit("/sitemap.xml").content).iter() if loc.text]
    assert full in named
    page = visit(f"/{ENCODED}/").text
    assert f'rel="canonical" href="{full}"' in page
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])["@graph"]
    assert full in {node.get("url") for node in graph}


def test_the_menu_and_the_way_back_lead_there(clinic, pages, visit):
    assert [item.url for item in profile_for(clinic.site).menu] == [f"/blog-{ENCODED}/"]
    post = visit(pages[2].url)
    assert post.status_code == 200
    assert f'href="/blog-{ENCODED}/"' in post.text
