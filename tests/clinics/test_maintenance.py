"""MAINTENANCE closes the clinics' sites, and nothing else."""

import pytest
from django.db import connection
from django.test import Client

from clinicsite.clinics import last_known
from tests.factories import LocationIndexPageFactory, LocationPageFactory


@pytest.fixture
def phone(clinic):
    index = LocationIndexPageFactory(parent=clinic.home, slug="locations", title="Locations")
    return LocationPageFactory(parent=index, title="Main street").phones.get().number.as_national


@pytest.fixture
def _closed(settings):
    settings.CLINICSITE = settings.CLINICSITE | {"MAINTENANCE": True}


@pytest.mark.usefixtures("_closed")
def test_a_clinics_site_says_when_to_come_back_and_whom_to_call(phone, visit):
    response = visit("/")
    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    assert response["Cache-Control"] == "no-store"
    assert "North Clinic" in response.text
    assert phone in response.text


@pytest.mark.usefixtures("_closed")
def test_no_other_clinic_is_named(other_clinic, phone):
    response = Client(HTTP_HOST=other_clinic.host).get("/")
    assert "South Clinic" in response.text
    assert "North" not in response.text
    assert phone not in response.text


@pytest.mark.usefixtures("_closed")
def test_the_admin_goes_on(owner, admin_client_of):
    assert admin_client_of(owner).get("/admin/").status_code == 200


@pytest.mark.usefixtures("_closed")
def test_the_page_gets_its_stylesheet(visit):
    address = visit("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert visit(address).status_code == 200


@pytest.mark.usefixtures("_closed")
def test_a_host_of_no_clinic_gets_the_page_without_a_name(db):
    response = Client(HTTP_HOST="nobody.localhost").get("/")
    assert response.status_code == 503
    assert "looking after this website" in response.text


def test_the_page_stands_while_the_database_cannot_answer(clinic, phone, visit, settings, caplog):
    assert visit("/").status_code == 200
    settings.CLINICSITE = settings.CLINICSITE | {"MAINTENANCE": True}
    with connection.execute_wrapper(_no_database):
        response = visit("/")
    assert response.status_code == 503
    assert phone in response.text
    last_known._clinics.clear()
    with connection.execute_wrapper(_no_database):
        assert visit("/").status_code == 503
    assert "could not be read" in caplog.text


def _no_database(execute, sql, params, many, context):
    raise ConnectionError("The database is being changed.")


def test_without_it_every_page_is_shown(visit):
    assert visit("/").status_code == 200


def test_in_a_project_around_it_the_projects_own_hosts_go_on(clinic, visit, settings):
    settings.CLINICSITE = {"MAINTENANCE": True}
    assert visit("/").status_code == 503
    assert "looking after this website" not in Client(HTTP_HOST="agency.example").get("/admin/login/").text
    assert Client(HTTP_HOST="agency.example").get("/admin/login/").status_code == 200
