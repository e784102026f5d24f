import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinicsite.clinics.models import SiteState
from tests.factories import ClinicFactory, LocationPageFactory

MOST_QUERIES = 15


@pytest.fixture
def front_page():
    return Client(HTTP_HOST="localhost").get


def test_the_agencys_list_names_live_clinics_with_their_cities_and_addresses(clinic, front_page):
    LocationPageFactory(parent__parent=clinic.home, city="Maplewood")
    shown = front_page("/").content.decode()
    assert "North Clinic" in shown
    assert "Maplewood" in shown
    assert f'href="{clinic.site.root_url}' in shown


@pytest.mark.parametrize("state", [SiteState.DRAFT, SiteState.STAGING])
def test_a_clinic_that_is_not_live_is_not_in_the_list(clinic, front_page, state):
    ClinicFactory(hostname="coming.localhost", name="Coming Clinic", state=state)
    response = front_page("/")
    assert response.status_code == 200
    assert "North Clinic" in response.content.decode()
    assert "Coming" not in response.content.decode()
    assert "coming.localhost" not in response.content.decode()


@pytest.mark.django_db
def test_the_list_says_so_when_no_clinic_is_live(front_page):
    response = front_page("/")
    assert response.status_code == 200
    assert "No clinic’s site is live yet" in response.content.decode()


def test_a_city_with_two_locations_is_named_once(clinic, front_page):
    index = LocationPageFactory(parent__parent=clinic.home, city="Maplewood").get_parent()
    LocationPageFactory(parent=index, city="Maplewood")
    assert front_page("/").content.decode().count("Maplewood") == 1


def test_an_unknown_host_gets_a_plain_404_that_names_no_clinic(clinic):
    response = Client(HTTP_HOST="nobody.localhost").get("/")
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain"
    assert "North" not in response.content.decode()


def test_a_clinics_host_has_no_admin_but_leads_to_the_agencys(visit):
    response = visit("/admin/pages/")
    assert response.status_code == 302
    assert response["Location"] == "http://localhost/admin/pages/"


def test_the_agencys_host_serves_no_clinics_pages(clinic, front_page):
    LocationPageFactory(parent__parent=clinic.home)
    assert front_page("/locations/").status_code == 404


def queries_of(front_page):
    with CaptureQueriesContext(connection) as captured:
        assert front_page("/").status_code == 200
    return len(captured)


def test_the_list_costs_the_same_for_one_clinic_and_for_twenty_warm_and_cold(clinic, front_page):
    LocationPageFactory(parent__parent=clinic.home)
    front_page("/")
    warm_alone = queries_of(front_page)
    cache.clear()
    cold_alone = queries_of(front_page)
    for number in range(19):
        LocationPageFactory(parent__parent=ClinicFactory(hostname=f"many-{number}.localhost").home)
    front_page("/")
    warm_among_twenty = queries_of(front_page)
    cache.clear()
    assert warm_among_twenty == warm_alone <= MOST_QUERIES
    assert queries_of(front_page) == cold_alone <= MOST_QUERIES


def test_each_clinic_has_its_own_cities_the_main_location_first(clinic, other_clinic, front_page):
    index = LocationPageFactory(parent__parent=clinic.home, city="Maplewood").get_parent()
    LocationPageFactory(parent=index, city="Ashgrove", is_primary=True)
    LocationPageFactory(parent__parent=other_clinic.home, city="Birchtown")
    cards = front_page("/").context["clinics"]
    assert {card["name"]: card["cities"] for card in cards} == {
        "North Clinic": ["Ashgrove", "Maplewood"],
        "South Clinic": ["Birchtown"],
    }
