"""What a patient sees in a cellar car park."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  }
  return kept;
}"""


def test_without_a_connection_the_phone_is_there_and_nothing_stale(server, open_page):
    page = open_page()
    page.goto(server.url("harbour"))
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.active.state)")
    page.goto(server.url("harbour", "/treatments/"))
    assert page.evaluate(KEPT) == ["/offline/"]
    page.context.set_offline(True)
    page.goto(server.url("harbour", "/treatments/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not connected just now")
    expect(page.get_by_role("link", name="Call (905)").first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Northgate")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')")
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Treatments")


def test_the_admin_has_no_worker(server, open_page):
    page = open_page()
    page.goto(server.agency_url("/"))
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0
