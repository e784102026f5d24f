"""A passkey, with a device that the browser itself plays (W3C WebAuthn, virtual authenticators)."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.server import PASSWORD

pytestmark = pytest.mark.browser

#: A telephone that asks for a fingerprint, and gets the right one.
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
#: Nobody else's test signs in as this one, whose account is another afterwards.
SOMEBODY = "stillwater-editor"


def test_a_passkey_is_added_and_then_lets_in_without_the_password(server, open_page):
    page = open_page(PHONE)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    page.goto(server.agency_url("/admin/account/"))
    page.locator("[name=username]").fill(SOMEBODY)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Add a passkey or an app").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.locator("[name=name]").fill("My telephone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Codes for emergencies")).to_be_visible()
    expect(page.get_by_text("The passkey was added.")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("You have 1 passkey.")).to_be_visible()
    expect(page.get_by_role("heading", name="A second step when you sign in")).to_be_visible()

    page.context.clear_cookies()
    page.goto(server.agency_url("/admin/account/"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("You sign in with a second step.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(server.agency_url("/admin/account/"))
    page.locator("[name=username]").fill(SOMEBODY)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("You sign in with a second step.")).to_be_visible()
