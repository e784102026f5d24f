"""A clinic in one text for language models."""

from copy import deepcopy

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from clinicsite.clinics.models import SiteState
from clinicsite.home.models import ContactPage
from clinicsite.locations.models import LocationPage
from clinicsite.modalities.models import ConditionPage, ModalityPage
from tests.factories import ClinicFactory, ModalityPageFactory
from tests.factories.everything import Everything


@pytest.fixture(scope="module")
def made(kept_database):
    """A clinic with everything, made once."""
    clinic = ClinicFactory(hostname="north.localhost", name="North Clinic", tagline="We listen first.")
    return Everything(clinic, several=1)


@pytest.fixture
def everything(made, db):
    """What was made, in objects of the test's own."""
    return deepcopy(made)


@pytest.fixture
def clinic(everything):
    return everything.clinic


@pytest.fixture
def read(visit):
    def send():
        response = visit("/llms.txt")
        assert response.status_code == 200
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        return response.text

    return send


def test_it_says_who_the_clinic_is_first(everything, read):
    lines = read().splitlines()
    assert lines[0] == "# North Clinic"
    assert lines[2] == "> Physiotherapy clinic in Maplewood. We listen first."


@pytest.mark.parametrize("model", [ModalityPage, ConditionPage, LocationPage])
def test_it_leads_to_treatments_conditions_and_locations(everything, read, model):
    page = everything.pages[model]
    assert f"- [{page.title}]({page.full_url}): " in read()


def test_a_location_has_its_address_and_phone(everything, read):
    assert "): 12 Main Street, Maplewood, ON M4C 1B5. (416) 555-0123\n" in read()


def test_tokens_are_filled(everything, read):
    shared = everything.pages[ModalityPage].library_page
    shared.summary = "What {clinic} does."
    shared.save()
    page = everything.pages[ModalityPage]
    page.summary = None
    page.save()
    assert "What North Clinic does." in read()


def test_what_nobody_should_find_is_not_there(everything, read):
    hidden, secret = everything.pages[ModalityPage], everything.pages[ConditionPage]
    hidden.is_hidden_from_search_engines = True
    hidden.save()
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="open sesame")
    text = read()
    assert "## Treatments" not in text
    assert "## Conditions" not in text
    assert "## Locations" in text


def test_a_title_cannot_break_out_of_its_link(everything, read):
    ModalityPageFactory(
        parent=everything.pages[ModalityPage].get_parent(), title="A](https://evil.example) [b", slug="a"
    )
    assert "- [A)(https://evil.example) (b](http://north.localhost/" in read()


def test_nothing_of_another_clinic_is_there(everything, other_clinic, read):
    Everything(other_clinic, several=1)
    assert "South" not in read()
    assert "south.localhost" not in read()


def test_only_a_live_site_has_one(everything, clinic, look_in, client):
    clinic.settings.state = SiteState.STAGING
    clinic.settings.save()
    assert look_in("/llms.txt").status_code == 404
    assert client.get("/llms.txt", HTTP_HOST="localhost").status_code == 404
    assert everything.pages[ContactPage].live


def test_it_costs_the_same_for_few_pages_and_for_many(db, django_assert_max_num_queries):
    clinic = ClinicFactory(hostname="many.localhost")
    Everything(clinic, several=4)
    visit = Client(HTTP_HOST=clinic.host).get
    visit("/llms.txt")
    # One for each type that can follow the library, of which the project around has one.
    with django_assert_max_num_queries(9):
        assert visit("/llms.txt").status_code == 200
