"""A visitor gets no cookie, and no page asks anybody but the clinic's own host."""

import re

import pytest
from django.test import Client

from tests.factories import ClinicFactory
from tests.factories.everything import EVERY_PAGE_TYPE, Everything

#: Whatever a browser loads by itself: scripts, styles, pictures, frames, and what is fetched ahead.
LOADED = re.compile(
    r'<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?\bsrc(?:set)?="([^"]+)"'
    r'|<link rel="(?:stylesheet|icon|apple-touch-icon|manifest|preload|preconnect|dns-prefetch)"'
    r'[^>]*?href="([^"]+)"'
)
FILES = (
    "/robots.txt",
    "/sitemap.xml",
    "/llms.txt",
    "/offline/",
    "/service-worker.js",
    "/nowhere/",
    "/search/",
)


@pytest.fixture(scope="module")
def everything(kept_database):
    return Everything(ClinicFactory(hostname="quiet.localhost"), several=1)


def answers(everything):
    """Model or path -> what a new visitor gets."""
    paths = {model: everything.pages[model].get_url_parts()[2] for model in EVERY_PAGE_TYPE}
    paths |= {path: path for path in FILES}
    return {key: Client(HTTP_HOST=everything.clinic.host).get(path) for key, path in paths.items()}


def test_no_page_sets_a_cookie(everything):
    for key, response in answers(everything).items():
        assert not response.cookies, key


def test_no_page_loads_anything_from_elsewhere(everything):
    for key, response in answers(everything).items():
        loaded = ["".join(found) for found in LOADED.findall(response.text)]
        assert [address for address in loaded if re.match(r"(?:[a-z]+:)?//", address)] == [], key
