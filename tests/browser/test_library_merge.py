"""An owner who has never seen it brings a library change into a section of the clinic's own."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.server import PASSWORD
from tests.browser.test_library_panel import open_editor, row

pytestmark = pytest.mark.browser
SECTION = "Looking after yourself afterwards"
NEWER = "Drink water when you are thirsty."
OURS = "call the front desk at"
#: From the page's panel to the words on the clinic's site: “See what changed”, “Save and publish”.
CLICKS = 2


@pytest.fixture(scope="module")
def newer_library(server, browser):
    """The library has a newer text of the section, released to every clinic."""
    window = browser.new_context(viewport=DESKTOP)
    page = window.new_page()
    page.set_default_timeout(15_000)
    sign_in(page, server, "release-manager", PASSWORD)
    open_editor(page)
    text = page.locator(".public-DraftEditor-content", has_text="may ache for a day or two").first
    text.scroll_into_view_if_needed()
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(NEWER)
    page.locator("[data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name="Release…").click()
    page.get_by_label("Every clinic now").check()
    page.get_by_label("Note").fill("Said by the physiotherapists.")
    page.get_by_label("Release without the approval").check()
    page.get_by_role("button", name="Release", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Every clinic has this version")
    window.close()


@pytest.fixture
def owner(server, open_page):
    """The owner of Harbour, whose aftercare is their own, in the editor of the page."""
    page = open_page()
    page.clicks = []
    page.expose_function("countClick", lambda words: page.clicks.append(words))
    sign_in(page, server, "harbour-owner", PASSWORD)
    open_editor(page)
    return page


def count_clicks(page):
    """Note what the person clicks from now on, on this screen and all that follow."""
    listen = "addEventListener('click', event => event.isTrusted && countClick(event.target.innerText), true)"
    page.add_init_script(listen)
    page.evaluate(listen)


def test_the_screen_fits_a_phone_and_is_quiet(server, newer_library, owner):
    # Before the next test, after which there is nothing left to merge.
    row(owner, SECTION).get_by_role("button", name="See what changed").click()
    owner.set_viewport_size(PHONE)
    for heading in ("As it was when you took it", "The library now", "Yours"):
        expect(owner.get_by_role("heading", name=heading, exact=True).first).to_be_visible()
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert owner.evaluate(width) <= 0
    assert [line for line in owner.watched.complaints if line.startswith("error")] == []


def test_an_owner_merges_a_library_change_in_two_clicks_and_sees_it_published(server, newer_library, owner):
    expect(row(owner, SECTION).locator(".composed__state")).to_contain_text("Yours, library changed")
    count_clicks(owner)
    row(owner, SECTION).get_by_role("button", name="See what changed").click()
    expect(owner.locator(".compare__summary")).to_contain_text("Nothing overlaps: the merge is ready.")
    expect(owner.locator(".compare__row ins").filter(has_text=NEWER)).to_be_visible()
    text = owner.locator(".compare__merge .public-DraftEditor-content").first
    expect(text).to_contain_text(NEWER)
    expect(text).to_contain_text(OURS)
    owner.get_by_role("button", name="Save and publish (Merge)").click()
    expect(owner.locator(".messages")).to_contain_text("Patients read it now.")
    assert len(owner.clicks) == CLICKS, owner.clicks
    expect(row(owner, SECTION).locator(".composed__state")).to_have_text("Yours")
    owner.goto(server.url("harbour", "/treatments/dry-needling/"))
    expect(owner.locator("main")).to_contain_text(NEWER)
    expect(owner.locator("main")).to_contain_text(OURS)
