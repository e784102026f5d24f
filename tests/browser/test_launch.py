"""What the agency does from nothing to a clinic that patients read, and back, in the real admin."""

import time
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest
from playwright.sync_api import Page, expect

from clinicsite.home.contact.stamps import SHORTEST
from tests.browser.chromium import sign_in
from tests.browser.conftest import PHONE
from tests.browser.server import PASSWORD

pytestmark = pytest.mark.browser

#: An agency person is to be done in less, in seconds.
TWO_MINUTES = 120
#: How fast hands are that do it for the first time, in seconds: forty words a minute, a look before each tap.
A_KEY, A_TAP = 0.3, 1.5
#: What making a clinic takes at most: screens, keys and taps. More is a step backwards for everybody.
MOST_SCREENS, MOST_KEYS, MOST_TAPS = 8, 170, 24
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


@dataclass
class Hands:
    """Fills in screens, and counts what that takes a person."""

    page: Page
    keys: int = 0
    taps: int = 0
    screens: int = 0

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()
        self.taps += 1
        self.screens += 1

    def fill(self, values, button="Next"):
        for name, value in values.items():
            field = self.page.locator(f"[name={name}]")
            self.taps += 1
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
                # One opens the list, one chooses.
                self.taps += 1
            else:
                field.fill(value)
                self.keys += len(value)
        self.press(button)

    @property
    def seconds(self):
        """How long a person's hands are at it, apart from what the server and the browser take."""
        return self.keys * A_KEY + self.taps * A_TAP


def answer_of(server, host, path="/"):
    """(status, headers) of what a host of the demo's server answers to a robot."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path, headers={"Host": f"{host}:{server.port}"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers


def row_of(page, name):
    """A clinic's row in the list of all clinics."""
    return page.locator(".console tbody tr", has_text=name)


def a_request_is_answered(server, agency, patient):
    """Have a patient ask to be called, and the agency say that it was done."""
    patient.goto(server.url("juniper", "/contact/"))
    patient.get_by_label("Your name").fill("Sam Patient")
    patient.locator("[name=phone]").fill("902 555 0199")
    patient.locator("[name=message]").fill("Please call me about an appointment.")
    patient.wait_for_timeout(SHORTEST * 1000)
    patient.locator("main form button[type=submit]").click()
    expect(patient.locator("h1")).to_have_text("We have your message")
    agency.goto(server.agency_url("/admin/clinicsite/clinics/"))
    row_of(agency, "Juniper Physiotherapy").locator("[data-label='Messages unanswered'] a").click()
    agency.get_by_role("link", name="Sam Patient").first.click()
    agency.get_by_role("button", name="Mark as answered").click()
    agency.goto(server.agency_url("/admin/clinicsite/clinics/"))
    expect(
        row_of(agency, "Juniper Physiotherapy").locator("[data-label='Messages unanswered']")
    ).to_have_text("0")


def test_a_clinic_is_made_opened_and_suspended(server, agency, open_page, record_property):
    began, hands = time.monotonic(), Hands(agency)
    hands.press("Begin a clinic")
    hands.fill(CLINIC)
    hands.fill({})
    hands.fill(PLACE)
    hands.fill({})
    hands.fill({})
    hands.fill(OWNER, "To the summary")
    hands.press("Make the clinic")
    made = agency.get_by_role("link", name="Launch: state and checklist")
    made.wait_for(timeout=60_000)
    measured = time.monotonic() - began
    for name, value in (("keys", hands.keys), ("taps", hands.taps), ("measured_seconds", round(measured, 1))):
        record_property(name, value)
    assert hands.screens <= MOST_SCREENS
    assert hands.keys <= MOST_KEYS
    assert hands.taps <= MOST_TAPS
    assert hands.seconds + measured < TWO_MINUTES
    made.click()
    assert answer_of(server, "juniper.localhost")[0] == 403

    # The checklist says what nobody has looked at yet, and leads to where one does.
    unasked = agency.locator(".launch__row", has_text="The addresses lead here")
    expect(unasked).to_contain_text("Not checked yet")
    unasked.get_by_role("link", name="Check the addresses").click()
    agency.get_by_role("button", name="Check all of them now").click()
    expect(agency.locator(".messages")).to_contain_text("www.juniper.localhost answers here.")
    agency.get_by_role("link", name="Launch: state and checklist").click()
    expect(unasked).to_contain_text("juniper.localhost and www.juniper.localhost answer here.")
    agency.get_by_role("button", name="Open the site to patients").click()
    expect(agency.get_by_role("alert")).to_contain_text("Nobody has tried yet whether mail to desk@juniper")
    agency.get_by_role("button", name="Open it all the same").click()
    expect(agency.locator(".messages")).to_contain_text("The site is live")
    assert answer_of(server, "juniper.localhost")[0] == 200
    a_request_is_answered(server, agency, open_page(PHONE))
    agency.goto(server.agency_url("/admin/clinicsite/clinics/"))
    row_of(agency, "Juniper Physiotherapy").get_by_role("link", name="Live").wait_for()
    row_of(agency, "Juniper Physiotherapy").locator("[data-label='Checklist open'] a").click()
    status, headers = answer_of(server, "www.juniper.localhost", "/team/?from=card")
    assert (status, headers["Location"]) == (301, f"http://juniper.localhost:{server.port}/team/?from=card")

    agency.get_by_role("link", name="Addresses").first.click()
    assert agency.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    agency.get_by_role("link", name="Launch: state and checklist").click()
    agency.get_by_text("Suspend the site").click()
    agency.get_by_role("button", name="Suspend it").click()
    expect(agency.locator(".messages")).to_contain_text("The site is suspended")
    status, headers = answer_of(server, "juniper.localhost", "/robots.txt")
    assert (status, headers["Retry-After"]) == (503, "86400")
    assert agency.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert [said for said in agency.watched.complaints if not said.startswith("error: Failed to load")] == []
