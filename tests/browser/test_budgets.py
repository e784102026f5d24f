"""What a page weighs on its way to a patient, each page type by itself, with nothing kept from before."""

import gzip

import pytest

from clinicsite.demo.data import CLINICS
from tests.browser.conftest import PHONE
from tests.browser.pages import page_types

pytestmark = pytest.mark.browser

#: Kind of file -> the most bytes of it that a page may load, compressed.
BUDGETS = {"document": 20_000, "stylesheet": 20_000, "script": 10_000, "font": 80_000}


@pytest.mark.parametrize("clinic", CLINICS)
def test_no_page_weighs_more_than_its_budget(server, open_page, clinic):
    too_heavy = []
    for name, path in page_types(server, clinic).items():
        weights = _weights(open_page(PHONE), server.url(clinic, path))
        assert weights["document"] > 1_000, name
        assert weights["stylesheet"] > 1_000, name
        too_heavy += [(name, kind, weights[kind]) for kind in BUDGETS if weights[kind] > BUDGETS[kind]]
    assert too_heavy == []


def _weights(page, address):
    """Kind of file -> bytes on the way, all files of it together."""
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    weights = dict.fromkeys(BUDGETS, 0)
    for answer in answers:
        kind = answer.request.resource_type
        if kind in weights:
            weights[kind] += _size(kind, answer.body())
    return weights


def _size(kind, body):
    # A font is compressed by its own format; a server compresses the rest.
    return len(body) if kind == "font" else len(gzip.compress(body, 6))
