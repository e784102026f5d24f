"""Whom to tell of a weakness: security.txt (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

PATH = "/.well-known/security.txt"


@pytest.fixture(autouse=True)
def _contact(settings):
    settings.CLINICSITE = settings.CLINICSITE | {"SECURITY_CONTACT": "mailto:security@clinics.example"}


def fields_of(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = [line.partition(": ") for line in response.text.splitlines()]
    names = [name for name, _, _ in lines]
    assert len(names) == len(set(names))
    return {name: value for name, _, value in lines}


def test_a_clinics_host_has_all_that_the_standard_asks_for(clinic, visit):
    fields = fields_of(visit(PATH))
    assert fields["Contact"] == "mailto:security@clinics.example"
    assert fields["Canonical"] == f"{clinic.site.root_url}{PATH}"
    assert fields["Preferred-Languages"] == "en"


@pytest.mark.parametrize("now", ["2026-11-20T00:00:00Z", "2027-12-31T23:59:59Z", "2028-02-29T12:00:00Z"])
def test_it_runs_out_within_a_year_and_not_soon(clinic, visit, now):
    with time_machine.travel(now, tick=False):
        expires = datetime.fromisoformat(fields_of(visit(PATH))["Expires"])
        left = expires - datetime.now(UTC)
    assert timedelta(days=90) < left < timedelta(days=365)


def test_it_is_the_same_all_day(clinic, visit):
    with time_machine.travel("2026-11-20T01:00:00Z", tick=False):
        early = visit(PATH).text
    with time_machine.travel("2026-11-20T23:00:00Z", tick=False):
        assert visit(PATH).text == early


def test_the_agencys_host_has_its_own(clinic, client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.clinics.example"
    fields = fields_of(client.get(PATH, HTTP_HOST="localhost"))
    assert fields["Canonical"] == f"https://admin.clinics.example{PATH}"


def test_an_unknown_host_has_none(clinic, client):
    assert client.get(PATH, HTTP_HOST="nowhere.example").status_code == 404


def test_an_install_that_names_nobody_has_none(clinic, visit, settings):
    settings.CLINICSITE = settings.CLINICSITE | {"SECURITY_CONTACT": None}
    assert visit(PATH).status_code == 404
