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


class TestMoreClinicsThanFitOnAPage:
    @pytest.fixture(autouse=True)
    def hundred(self, clinic):
        for number in range(100):
            ClinicFactory(hostname=f"many-{number}.localhost", name=f"Many {number:03d}")

    def test_they_come_a_page_at_a_time_by_name(self, front_page):
        first, third = front_page("/"), front_page("/?page=3")
        assert [card["name"] for card in first.context["clinics"]][::47] == ["Many 000", "Many 047"]
        assert [card["name"] for card in third.context["clinics"]] == [
            "Many 096",
            "Many 097",
            "Many 098",
            "Many 099",
            "North Clinic",
        ]
        assert "Page 1 of 3" in first.text
        assert 'rel="next" href="?page=2"' in first.text

    @pytest.mark.parametrize("words", ["north", "  NORTH  clinic ", "north\0"])
    def test_one_is_found_by_words_of_its_name(self, front_page, words):
        answer = front_page("/", {"q": words})
        assert [card["name"] for card in answer.context["clinics"]] == ["North Clinic"]

    def test_what_was_looked_for_stays_from_page_to_page(self, front_page):
        assert 'href="?q=many&amp;page=2"' in front_page("/?q=many").text

    def test_words_that_no_clinic_has_are_said_and_lead_back(self, front_page):
        text = front_page("/?q=<b>zebra").text
        assert "No clinic has “&lt;b&gt;zebra” in its name." in text
        assert '<a href="/">See all clinics</a>' in text

    @pytest.mark.parametrize("page", ["0", "99", "-1", "x", "9" * 40])
    def test_a_page_that_there_is_not_is_another(self, front_page, page):
        assert front_page(f"/?page={page}").status_code == 200
