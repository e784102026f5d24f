"""Error pages in the clinic's look, which stand when the database, the cache or a template does not."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path

from clinicsite import urls
from clinicsite.clinics import errors, last_known
from clinicsite.clinics.errors import LAST_RESORT, bad_request, plain_page, server_error
from tests.factories import LocationIndexPageFactory, LocationPageFactory

ASKED = RequestFactory(HTTP_HOST="north.localhost").get


@pytest.fixture(autouse=True)
def _nobody_remembered():
    last_known._clinics.clear()


@pytest.fixture
def place(clinic):
    index = LocationIndexPageFactory(parent=clinic.home, slug="locations", title="Locations")
    return LocationPageFactory(parent=index, title="Main street")


def breaks(request):
    raise ZeroDivisionError


def is_closed(request):
    raise PermissionDenied


def broken_urls():
    patterns = [path("breaks/", breaks), path("closed/", is_closed), *urls.urlpatterns]
    return type(
        "Broken",
        (),
        {"urlpatterns": patterns}
        | {name: getattr(urls, name) for name in dir(urls) if name.startswith("handler")},
    )


@pytest.fixture
def browser(settings, clinic):
    settings.CLINICSITE = settings.CLINICSITE | {"CLINIC_URLCONF": broken_urls()}
    return Client(HTTP_HOST=clinic.host, raise_request_exception=False)


def test_our_own_mistake_is_shown_in_the_clinics_look_with_its_phone(browser, place):
    assert browser.get("/").status_code == 200
    response = browser.get("/breaks/")
    assert response.status_code == 500
    assert "North Clinic" in response.text
    assert place.phones.get().number.as_national in response.text
    assert "mood-" in response.text


def test_our_own_mistake_is_no_lost_page_in_development(browser, settings):
    settings.DEBUG = True
    response = browser.get("/breaks/")
    assert response.status_code == 500
    assert "ZeroDivisionError" in response.text


def test_our_own_mistake_asks_neither_database_nor_cache(browser, place):
    browser.get("/")
    with CaptureQueriesContext(connection) as captured:
        response = server_error(ASKED("/"))
    assert len(captured) == 0
    assert "North Clinic" in response.content.decode()


def test_our_own_mistake_stands_without_a_clinic_that_is_known(db):
    response = server_error(ASKED("/"))
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


def test_an_error_within_an_error_page_leaves_the_plainest_page(caplog):
    broken = object()
    assert plain_page("nowhere.html", broken) == LAST_RESORT
    assert "could not be shown" in caplog.text


def test_one_clinics_error_page_is_never_anothers(browser, other_clinic):
    browser.get("/")
    response = server_error(RequestFactory(HTTP_HOST=other_clinic.host).get("/"))
    assert "North Clinic" not in response.content.decode()


def test_a_site_that_changes_its_host_is_forgotten(browser, clinic):
    browser.get("/")
    assert last_known.last_known(clinic.host)
    clinic.site.hostname = "moved.localhost"
    clinic.site.save()
    assert last_known.last_known("north.localhost") is None


def test_what_was_known_an_hour_ago_is_not_relied_on(browser, clinic, monkeypatch):
    browser.get("/")
    monkeypatch.setattr(last_known, "OLDEST_SECONDS", -1)
    assert last_known.last_known(clinic.host) is None


def test_a_request_that_cannot_be_read_gets_a_page_of_no_clinic():
    response = bad_request(ASKED("/"), Http404())
    assert response.status_code == 400
    assert "could not read" in response.content.decode()


def test_the_addresses_of_both_hosts_have_these_pages():
    from clinicsite import agency_urls

    for module in (urls, agency_urls):
        assert module.handler400.endswith(bad_request.__name__)
        assert module.handler500.endswith(server_error.__name__)
    assert errors.__name__ == urls.handler500.rpartition(".")[0]


def test_a_page_for_others_only_says_so_in_the_clinics_look(browser):
    response = browser.get("/closed/")
    assert response.status_code == 403
    assert "not open to everybody" in response.text
    assert "North Clinic" in response.text


def test_a_lost_visitor_finds_search_the_main_pages_and_the_phone(browser, clinic, place):
    response = browser.get("/nowhere/")
    assert response.status_code == 404
    assert 'action="/search/"' in response.text
    assert 'name="q"' in response.text
    assert place.phones.get().number.as_national in response.text


def test_a_stylesheet_needs_no_clinic_and_no_query(browser, clinic):
    address = browser.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    assert len(captured) == 0
