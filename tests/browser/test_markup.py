"""What the server sends for each page type of the demo: valid, small, without inline script or style."""

import re

import html5lib
import pytest

from clinicsite.demo.data import CLINICS
from tests.browser.pages import page_types
from tests.browser.validator import problems

pytestmark = pytest.mark.browser

#: Bytes of a page without its pictures, uncompressed.
MOST_BYTES = 100_000
INLINE = re.compile(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))")


@pytest.fixture(params=CLINICS)
def pages(request, server):
    """Page type -> what the server sends, for one clinic."""
    return {
        name: server.get(request.param, path).text for name, path in page_types(server, request.param).items()
    }


def test_every_page_is_valid(pages, tmp_path):
    assert problems(pages, tmp_path) == []


def test_what_is_not_valid_is_found(tmp_path):
    broken = "<!doctype html><html lang=en><title>A list</title><ul><div>Wrong</div></ul></html>"
    (found,) = problems({"broken": broken}, tmp_path)
    assert found.startswith("broken: Element “div” not allowed")


def test_every_page_is_small_and_free_of_inline_code(pages):
    for name, text in pages.items():
        assert len(text.encode()) < MOST_BYTES, name
        assert INLINE.findall(text) == [], name


def test_every_page_has_one_main_heading_and_its_own_title(pages):
    titles = {}
    for name, text in pages.items():
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        assert len(list(tree.iter("h1"))) == 1, name
        titles.setdefault(tree.find(".//title").text, []).append(name)
    assert [names for names in titles.values() if len(names) > 1] == []
