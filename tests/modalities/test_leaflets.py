"""A treatment on paper."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ConditionPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    ReferenceFactory,
)
from tests.factories.sections import section

LEAFLET = "/treatments/needling/leaflet/"
AFTERCARE = "/treatments/needling/leaflet/aftercare/"
QUESTION = {"question": "Does it hurt?", "answer": "<p>A little.</p>"}
QUESTIONS = {
    "type": "questions",
    "id": "questions",
    "value": {"items": [{"type": "item", "id": "one", "value": QUESTION}]},
}


def citing(reference):
    return f'Studied.<a linktype="clinicsite-citation" id="{reference.pk}">mark</a>'


@pytest.fixture
def treatments(clinic):
    return ModalityIndexPageFactory(parent=clinic.home, slug="treatments")


@pytest.fixture
def treatment(clinic, treatments):
    early, late = ReferenceFactory(title="An early study"), ReferenceFactory(title="A late study")
    places = LocationIndexPageFactory(parent=clinic.home, slug="locations", title="Locations")
    LocationPageFactory(parent=places, title="Main street", street="1 Main Street")
    parts = [
        section("What is it?", citing(early), kind="overview"),
        section("Afterwards", citing(late), kind="aftercare"),
        section("Get help now", "Call 911.", kind="urgent_help"),
        section("Asked often", kind="questions", body=[QUESTIONS]),
    ]
    return ModalityPageFactory(parent=treatments, title="Needling", slug="needling", sections=parts)


def test_a_leaflet_has_the_clinic_the_sections_the_address_and_nothing_to_press(treatment, visit):
    text = visit(LEAFLET).text
    main = text[text.index('<article class="leaflet">') : text.index("</article>")]
    for words in (
        "North Clinic",
        "1 Main Street",
        "Needling",
        "What is it?",
        "Afterwards",
        treatment.full_url,
    ):
        assert words in main
    assert "<button" not in main
    assert '<header class="header">' not in text
    assert '<footer class="footer">' not in text
    assert "<nav" not in text


def test_every_answer_stands_open(treatment, visit):
    text = visit(LEAFLET).text
    assert "A little." in text
    assert '<details open class="question">' in text
    assert "<details class" not in text


def test_robots_leave_the_leaflet_alone_and_find_the_page(treatment, visit):
    text = visit(LEAFLET).text
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="{treatment.full_url}">' in text
    assert "application/ld+json" not in text


def test_the_aftercare_leaflet_has_what_to_do_and_when_to_get_help_and_no_more(treatment, visit):
    text = visit(AFTERCARE).text
    assert "Afterwards" in text
    assert "Call 911." in text
    assert "What is it?" not in text


def test_the_aftercare_leaflet_counts_its_own_references_from_one(treatment, visit):
    text = visit(AFTERCARE).text
    assert "A late study" in text
    assert "An early study" not in text
    assert re.findall(r'id="ref-(\d+)"', text) == ["1"]
    assert 'href="#ref-1"' in text


@pytest.mark.parametrize("path", [LEAFLET, AFTERCARE])
def test_a_sheet_begins_with_when_to_get_help(treatment, visit, path):
    text = visit(path).text
    assert text.index("Call 911.") < text.index("Afterwards")


def test_references_are_numbered_in_the_order_of_the_sheet(treatments, visit):
    early, late = ReferenceFactory(title="An early study"), ReferenceFactory(title="A late study")
    parts = [
        section("What is it?", citing(early), kind="overview"),
        section("Get help now", citing(late), kind="urgent_help"),
    ]
    ModalityPageFactory(parent=treatments, title="Massage", slug="massage", sections=parts)
    text = visit("/treatments/massage/leaflet/").text
    assert re.findall(r'href="#ref-(\d+)"', text) == ["1", "2"]
    assert text.index("A late study") < text.index("An early study")


def test_a_page_without_aftercare_has_no_such_leaflet(treatments, visit):
    ModalityPageFactory(parent=treatments, title="Massage", slug="massage")
    assert visit("/treatments/massage/leaflet/aftercare/").status_code == 404
    page = visit("/treatments/massage/").text
    assert 'href="/treatments/massage/leaflet/#print"' in page
    assert "leaflet/aftercare/" not in page


def test_the_page_leads_to_its_leaflets(treatment, visit):
    page = visit("/treatments/needling/").text
    assert f'href="{LEAFLET}#print"' in page
    assert f'href="{AFTERCARE}#print"' in page


def test_a_condition_has_a_leaflet_too(clinic):
    page = ConditionPageFactory(title="Sore back")
    site = page.get_site()
    path = page.get_url_parts()[2]
    assert "Sore back" in Client(HTTP_HOST=site.hostname).get(f"{path}leaflet/").text


def test_an_unpublished_page_has_no_leaflet(treatment, visit):
    treatment.unpublish()
    assert visit(LEAFLET).status_code == 404
    assert visit("/treatments/needling/leaflet/elsewhere/").status_code == 404


def test_a_follower_prints_what_the_library_says_in_the_clinics_name(
    treatments, library, visit, other_clinic
):
    parts = [section("Afterwards", "Call {clinic}.", kind="aftercare")]
    shared = ModalityPageFactory(parent=library, title="Shared", sections=parts)
    ModalityPageFactory(parent=treatments, title="Shared", slug="shared", sections=[], library_page=shared)
    text = visit("/treatments/shared/leaflet/aftercare/").text
    assert "Call North Clinic." in text
    assert "South" not in text


def test_the_sheet_bears_the_date_at_the_clinic(treatment, clinic, visit):
    clinic.settings.time_zone = "Pacific/Auckland"
    clinic.settings.save()
    with time_machine.travel(datetime(2026, 3, 1, 20, tzinfo=ZoneInfo("UTC"))):
        assert "March 2, 2026" in visit(LEAFLET).text


def test_a_leaflet_costs_no_more_than_its_page(treatment, visit):
    def queries(path):
        visit(path)
        with CaptureQueriesContext(connection) as captured:
            assert visit(path).status_code == 200
        return len(captured)

    assert queries(LEAFLET) <= queries("/treatments/needling/")
    assert queries(AFTERCARE) <= queries("/treatments/needling/")
