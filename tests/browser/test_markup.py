"""What the server sends for each page of the demo: valid, small, without inline script or style."""

import re
from http.client import HTTPConnection

import html5lib
import pytest

from clinicsite.provisioning.demo.data import CLINICS
from tests.browser.test_patient import PATHS

pytestmark = pytest.mark.browser

#: Bytes of a page without its pictures, uncompressed.
MOST_BYTES = 100_000
INLINE = re.compile(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))")


@pytest.fixture(params=CLINICS)
def pages(request, server):
    """Path -> what the server sends, for one clinic."""
    connection = HTTPConnection("127.0.0.1", server.port)
    sent = {}
    for path in PATHS:
        connection.request("GET", path, headers={"Host": f"{request.param}.localhost:{server.port}"})
        sent[path] = connection.getresponse().read().decode()
    connection.close()
    return sent


def test_every_page_is_valid_small_and_free_of_inline_code(pages):
    for path, text in pages.items():
        parser = html5lib.HTMLParser()
        parser.parse(text)
        assert parser.errors == [], path
        assert len(text.encode()) < MOST_BYTES, path
        assert INLINE.findall(text) == [], path


def test_every_page_has_one_main_heading_and_its_own_title(pages):
    titles = set()
    for path, text in pages.items():
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        assert len(list(tree.iter("h1"))) == 1, path
        titles.add(tree.find(".//title").text)
    assert len(titles) == len(pages)


def test_no_id_stands_twice_on_a_page(pages):
    for path, text in pages.items():
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), path
