import pytest
import time_machine
from django.test import Client

from tests.factories import ContactPageFactory
from tests.home.contact.contact_forms import stamp_of
from tests.standing import standing


@standing
def contact_page(clinic):
    return ContactPageFactory(parent=clinic.home)


@pytest.fixture
def send(clinic, contact_page, django_capture_on_commit_callbacks):
    """Send a form as a patient's browser does: `send(MESSAGE, "/contact/", REMOTE_ADDR="203.0.113.5")`."""

    def post(fields, path="/contact/", **headers):
        browser = Client(HTTP_HOST=clinic.host)
        with django_capture_on_commit_callbacks(execute=True):
            return browser.post(path, {"stamp": stamp_of(contact_page)} | fields, **headers)

    return post


@pytest.fixture
def time_machine_at():
    """A clock that stands still, at noon in Toronto on a Tuesday, until a test shifts it."""
    with time_machine.travel("2026-05-12T16:00:00Z", tick=False) as clock:
        yield clock
