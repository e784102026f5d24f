"""What a patient meets, in a real browser on the real demo."""

import re

import pytest
from playwright.sync_api import expect

from clinicsite.demo.data import CLINICS
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("clinic", CLINICS)
def test_navigation_works_without_javascript_on_the_narrowest_phone(server, open_page, clinic):
    page = open_page({"width": 320, "height": 640}, java_script_enabled=False)
    page.goto(server.url(clinic))
    page.locator("header summary").first.click()
    page.locator("header").get_by_role("link", name="Conditions").first.click()
    assert page.url == server.url(clinic, "/conditions/")


def test_a_citation_leads_to_its_reference_and_back(server, open_page):
    page = open_page()
    page.goto(server.url("northgate", "/treatments/dry-needling/"))
    mark = page.locator("sup.citation a").first
    number = mark.inner_text().strip("[]")
    mark.click()
    assert page.url.endswith(f"#ref-{number}")
    page.locator(f"#ref-{number} a[href^='#cite-']").first.click()
    assert "#cite-" in page.url


def test_the_demo_has_what_each_clinic_must_show(server, open_page):
    page = open_page()
    page.goto(server.url("northgate", "/treatments/dry-needling/"))
    assert page.locator("main").get_by_role("link", name="Book").count() >= 2
    assert page.locator("main a[href^='/conditions/']").count() >= 10
    page.goto(server.url("harbour"))
    assert "905" in page.locator("header").inner_text()
    page.goto(server.url("stillwater", "/treatments/dry-needling-massage/"))
    assert page.locator("h1").inner_text() == "Dry needling in massage care"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390", "1280"])
def test_a_sore_elbow_is_three_taps_from_the_phone_of_the_nearest_open_place(server, open_page, viewport):
    at_quarry_road = {"latitude": 43.745, "longitude": -79.385}
    page = open_page(viewport, geolocation=at_quarry_road, permissions=["geolocation"])
    # A Tuesday, 10 am in Toronto, when both places are open; at noon the nearer one closes for two hours.
    page.clock.install(time="2026-12-01T15:00:00Z")
    page.goto(server.url("northgate"))
    assert nearest_place(page) == "Quarry Road"
    page.clock.install(time="2026-12-01T17:30:00Z")
    page.goto(server.url("northgate"))
    assert nearest_place(page) == "Ashbourne North"


def nearest_place(page):
    """The place whose phone stands first after three taps from the front page."""
    page.locator("main").get_by_role("link", name=re.compile("^Elbow")).last.click()
    page.locator("[data-regions~=elbow]").get_by_role("link", name="Tennis elbow").click()
    page.get_by_role("button", name="Nearest to me").click()
    expect(page.locator("[data-nearby-status]")).to_contain_text("the nearest on top")
    first = page.locator("[data-nearby-list] > li").first
    expect(first.locator("a[href^='tel:']")).to_be_visible()
    return first.get_by_role("heading").inner_text()


def test_without_javascript_it_is_three_taps_to_call_an_open_place(server, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(server.url("northgate"))
    page.locator("main").get_by_role("link", name=re.compile("^Elbow")).last.click()
    page.locator("[data-regions~=elbow]").get_by_role("link", name="Tennis elbow").click()
    call = page.locator("[data-nearby-list] > li").first.locator("a[href^='tel:']")
    expect(call).to_be_visible()
    assert re.fullmatch(r"tel:\+1416555\d{4}", call.get_attribute("href"))
