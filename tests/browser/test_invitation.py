"""From being asked in to the first edit: a mail, a password, a passkey, a page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.server import PASSWORD
from tests.browser.test_passkey import TELEPHONE

pytestmark = pytest.mark.browser

OWNER = "stillwater-owner"
COLLEAGUE = "ann.lee@colleagues.example"
CHOSEN = "quiet-forest-lantern-7"


def sign_in(page, server, name, password):
    page.goto(server.agency_url("/admin/"))
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/admin/$"))


def link_in_mail(server):
    """The path of the link in the newest invitation; the server writes its mails to its log."""
    log = (Path(server.environment["MEDIA_ROOT"]).parent / "server.log").read_text()
    return re.findall(r"https?://[^/\s]+(/admin/clinicsite/invitation/\S+)", log)[-1]


def test_a_colleague_is_asked_in_signs_in_with_a_passkey_and_edits_a_page(server, open_page):
    owner = open_page(DESKTOP)
    sign_in(owner, server, OWNER, PASSWORD)
    owner.goto(server.agency_url("/admin/clinicsite/people/"))
    owner.get_by_role("link", name="Ask somebody in").click()
    owner.get_by_label("E-mail address").fill(COLLEAGUE)
    owner.get_by_label("Author:").check()
    owner.get_by_role("button", name="Send the mail").click()
    expect(owner.get_by_text("gets a mail with a link")).to_be_visible()
    # The mail goes out aside.
    owner.wait_for_timeout(2000)
    owner.reload()
    expect(owner.get_by_text("the link is good until")).to_be_visible()

    page = open_page(PHONE)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    page.goto(server.agency_url(link_in_mail(server)))
    page.get_by_label("First name").fill("Ann")
    page.get_by_label("Last name").fill("Lee")
    page.locator("[name=new_password1]").fill(CHOSEN)
    page.locator("[name=new_password2]").fill(CHOSEN)
    page.get_by_role("button", name="Make my account").click()
    sign_in(page, server, COLLEAGUE, CHOSEN)

    page.goto(server.agency_url("/admin/account/"))
    page.get_by_role("link", name="Add a passkey or an app").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.locator("[name=name]").fill("My telephone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Codes for emergencies")).to_be_visible()
    page.context.clear_cookies()
    page.goto(server.agency_url("/admin/"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("link", name="Write a post").click()
    page.locator("[name=title]").fill("Ann says hello")
    page.locator("[name=title]").blur()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)

    owner.reload()
    row = owner.get_by_role("listitem").filter(has_text="Ann Lee")
    expect(row).to_contain_text("Author")
    expect(row).to_contain_text("last here on")
