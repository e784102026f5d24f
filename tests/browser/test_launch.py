"""What the agency does from nothing to a clinic that patients read, and back, in the real admin."""

import time
from http.client import HTTPConnection

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.conftest import PHONE
from tests.browser.server import PASSWORD

pytestmark = pytest.mark.browser

#: An agency person is to be done in less, in seconds.
TWO_MINUTES = 120
CLINIC = {
    "name": "Juniper Physiotherapy",
    "host": "juniper.localhost",
    "hosts": "www.juniper.localhost",
    "jurisdiction": "CA-ON",
    "email": "desk@juniper.example",
}
PLACE = {
    "location": "Juniper",
    "street": "5 Ridge Road",
    "city": "Port Ellery",
    "postal_code": "M5V 1A1",
    "phone": "416 555 0188",
    "monday": "9am to 5pm",
}
OWNER = {"owner_first_name": "Mo", "owner_email": "mo@juniper.example"}


@pytest.fixture
def agency(server, open_page):
    """Somebody who administers clinics, signed in, on a telephone."""
    page = open_page(PHONE)
    sign_in(page, server, "agency-administrator", PASSWORD, "/admin/clinicsite/new-clinic/")
    return page


def fill(page, values, button="Next"):
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name=button, exact=True).click()


def answer_of(server, host, path="/"):
    """(status, headers) of what a host of the demo's server answers to a robot."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path, headers={"Host": f"{host}:{server.port}"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers


def test_a_clinic_is_made_opened_and_suspended(server, agency):
    began = time.monotonic()
    agency.get_by_role("button", name="Begin a clinic").click()
    fill(agency, CLINIC)
    fill(agency, {})
    fill(agency, PLACE)
    fill(agency, {})
    fill(agency, {})
    fill(agency, OWNER, "To the summary")
    agency.get_by_role("button", name="Make the clinic").click()
    agency.get_by_role("link", name="Launch: state and checklist").click(timeout=60_000)
    assert answer_of(server, "juniper.localhost")[0] == 403

    agency.get_by_role("button", name="Open the site to patients").click()
    expect(agency.get_by_role("alert")).to_contain_text("Nobody has tried yet whether mail to desk@juniper")
    agency.get_by_role("button", name="Open it all the same").click()
    expect(agency.locator(".messages")).to_contain_text("The site is live")
    assert answer_of(server, "juniper.localhost")[0] == 200
    assert time.monotonic() - began < TWO_MINUTES
    status, headers = answer_of(server, "www.juniper.localhost", "/team/?from=card")
    assert (status, headers["Location"]) == (301, f"http://juniper.localhost:{server.port}/team/?from=card")

    agency.get_by_role("link", name="Addresses").first.click()
    agency.get_by_role("button", name="Check all of them now").click()
    expect(agency.locator(".messages")).to_contain_text("www.juniper.localhost answers here.")
    assert agency.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    agency.get_by_role("link", name="Launch: state and checklist").click()
    agency.get_by_text("Suspend the site").click()
    agency.get_by_role("button", name="Suspend it").click()
    expect(agency.locator(".messages")).to_contain_text("The site is suspended")
    status, headers = answer_of(server, "juniper.localhost", "/robots.txt")
    assert (status, headers["Retry-After"]) == (503, "86400")
    assert agency.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert [said for said in agency.watched.complaints if not said.startswith("error: Failed to load")] == []
