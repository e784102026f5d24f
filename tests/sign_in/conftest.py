import time
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from clinicsite.clinics.roles import ensure_agency_groups
from tests.factories import UserFactory

PASSWORD = "calm-needle-2026"


@pytest.fixture
def clock():
    """A clock that stands still at noon in Toronto, until a test shifts it."""
    with time_machine.travel("2026-05-12T16:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def person(owner):
    """The clinic's owner, with a password and an address."""
    owner.email, owner.first_name = "bea@clinic.example", "Bea"
    owner.set_password(PASSWORD)
    owner.save()
    return owner


@pytest.fixture
def sign_in():
    """Send the form for signing in from a browser of its own: `sign_in("owner", password)`."""

    def send(username, password=PASSWORD, browser=None, address="192.0.2.1", **fields):
        browser = browser or Client(HTTP_HOST="localhost")
        data = {"username": username, "password": password} | fields
        response = browser.post("/admin/login/", data, REMOTE_ADDR=address)
        response.browser = browser
        return response

    return send


@pytest.fixture
def add_app():
    """Give a signed-in browser's person an authenticator app; returns the secret of the app."""

    def add(browser):
        form = browser.get("/admin/sign-in/second-step/totp/activate/").context["form"]
        answer = browser.post("/admin/sign-in/second-step/totp/activate/", {"code": code_of(form.secret)})
        assert answer.status_code == 302
        cache.clear()
        return form.secret

    return add


def code_of(secret: str) -> str:
    """The six figures that an app shows now (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def query_of(url: str) -> dict[str, list[str]]:
    """What stands behind the question mark of an address."""
    return parse_qs(urlsplit(url).query)


def is_signed_in(browser) -> bool:
    """Whether a browser gets the first screen of the admin."""
    return browser.get("/admin/").status_code == 200


@pytest.fixture
def administrator(clinic, library):
    """Somebody who works for the agency."""
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    user = UserFactory(username="administrator", groups=[groups["Agency administrators"]])
    user.set_password(PASSWORD)
    user.save()
    return user
