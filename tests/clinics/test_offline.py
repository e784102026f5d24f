"""The page a browser keeps for when there is no connection."""

import gzip
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import LocationIndexPageFactory, LocationPageFactory


def version_in(response):
    return re.match(r'const VERSION = "(\w+)";', response.text)[1]


def add_place(clinic, **fields):
    index = LocationIndexPageFactory(parent=clinic.home, slug="locations", title="Locations")
    return LocationPageFactory(parent=index, title="Main street", **fields)


def test_the_offline_page_has_phone_address_and_nothing_to_load_from_elsewhere(clinic, visit):
    place = add_place(clinic, street="1 Main Street")
    text = visit("/offline/").text
    assert "North Clinic" in text
    assert "1 Main Street" in text
    assert place.phones.get().number.as_national in text
    # An empty address is the one that could not be fetched: to try it again.
    assert re.findall(r'(?:src|href)="(?!/|tel:|")', text) == []
    assert '<a class="button button--primary" href="">Try again</a>' in text
    assert "<script" not in text


def test_the_worker_is_small_and_asked_for_anew_each_time(visit):
    response = visit("/service-worker.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert len(gzip.compress(response.content)) <= 1000


def test_the_worker_changes_when_the_clinics_page_does(clinic, visit):
    place = add_place(clinic)
    before = version_in(visit("/service-worker.js"))
    assert version_in(visit("/service-worker.js")) == before
    place.street = "99 New Street"
    place.save_revision().publish()
    assert version_in(visit("/service-worker.js")) != before


def test_each_clinic_has_its_own(clinic, other_clinic, visit):
    add_place(clinic, street="1 Main Street")
    theirs = Client(HTTP_HOST=other_clinic.host).get("/offline/").text
    assert "South Clinic" in theirs
    assert "1 Main Street" not in theirs
    assert "North" not in theirs


def test_the_agencys_host_has_neither(db):
    agency = Client(HTTP_HOST="localhost")
    assert agency.get("/service-worker.js").status_code == 404
    assert agency.get("/offline/").status_code == 404


def test_only_a_page_on_the_clinics_own_host_asks_for_it(clinic, visit):
    assert 'data-service-worker="/service-worker.js"' in visit("/").text
    agency = Client(HTTP_HOST="localhost").get("/")
    assert "data-service-worker" not in agency.text
    preview = clinic.home.make_preview_request()
    assert "North Clinic" in preview.content.decode()
    assert b"data-service-worker" not in preview.content


def test_they_cost_next_to_nothing(clinic, visit):
    add_place(clinic)
    visit("/offline/")
    for path in ("/offline/", "/service-worker.js"):
        with CaptureQueriesContext(connection) as captured:
            visit(path)
        assert len(captured) == 1
