"""One number to call, on every page, in mails and to machines; and none where nobody answers by voice."""

import json
import re

import pytest
from django.core.cache import cache

from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import rendering_for
from clinicsite.home.contact.letters import receipt_of
from clinicsite.home.models import ContactMessage, ContactPage
from clinicsite.locations.models import LocationPage, LocationPhone
from tests.factories.everything import EVERY_PAGE_TYPE, Everything

#: Pages that are no page of the tree, and what stands in place of a page.
OTHERS = [
    "/search/",
    "/search/?q=zzzz",
    "/offline/",
    "/nothing-is-here/",
    "/contact/sent/",
    "/contact/call-back/",
]
FAX = {"number": "+16045550199", "label": "fax"}
TEXT = {"number": "+16045550143", "label": "text"}
BOOKING = {"number": "+16045550142", "label": "booking"}
CALLS = re.compile(r'href="(tel:[^"]*)"')


@pytest.fixture
def everything(clinic):
    return Everything(clinic, several=1)


@pytest.fixture
def shown(everything, visit):
    """Give the clinic's place these numbers, and read all its pages: `shown([FAX])` -> {path: text}."""

    def read(numbers):
        place = everything.pages[LocationPage]
        place.phones = [LocationPhone(**number) for number in numbers]
        # Not published, for then a text number as the main one would be refused.
        place.save()
        cache.clear()
        paths = [everything.pages[model].get_url_parts()[2] for model in EVERY_PAGE_TYPE]
        return {path: visit(path).content.decode() for path in [*paths, *OTHERS, "/llms.txt"]}

    return read


def letter_to_a_patient(everything):
    message = ContactMessage(page=everything.pages[ContactPage], email="jo@patients.example", kind="message")
    site = everything.clinic.site
    with rendering_for(site):
        return receipt_of(message, profile_for(site)).body


def graph_of(text):
    (script,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.DOTALL)
    return json.loads(script)["@graph"]


def test_a_fax_that_stands_first_is_called_by_nobody(everything, shown):
    pages = shown([FAX, BOOKING])
    for path, text in pages.items():
        assert set(CALLS.findall(text)) <= {"tel:+16045550142"}, path
        assert "Call (604) 555-0199" not in text, path
        assert path == "/llms.txt" or "tel:+16045550142" in text, path
    assert "(604) 555-0142" in pages["/llms.txt"]
    assert "please call us: (604) 555-0142" in letter_to_a_patient(everything)
    place = next(node for node in graph_of(pages[path_of(everything)]) if "telephone" in node)
    assert (place["telephone"], place["faxNumber"]) == ("+16045550142", "+16045550199")


@pytest.mark.parametrize("numbers", [[FAX, TEXT], [TEXT, FAX], [TEXT | {"is_primary": True}]])
def test_where_nobody_answers_by_voice_there_is_no_call_anywhere(everything, shown, numbers):
    pages = shown(numbers)
    for path, text in pages.items():
        assert not CALLS.findall(text), path
        assert not re.search(r"\bcall (us|\()|please call", text, re.IGNORECASE), path
    assert "sms:+16045550143" in pages["/"]
    assert "call us" not in letter_to_a_patient(everything)
    assert not [node for node in graph_of(pages[path_of(everything)]) if "telephone" in node]


def path_of(everything):
    return everything.pages[LocationPage].get_url_parts()[2]
