"""What a patient meets, in a real browser on the real demo."""

import pytest

from clinicsite.provisioning.demo.data import CLINICS
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PATHS = (
    "/",
    "/treatments/",
    "/treatments/dry-needling/",
    "/conditions/",
    "/conditions/low-back-pain/",
    "/team/",
    "/locations/",
    "/blog/",
    "/about/",
    "/contact/",
)
NARROWEST = {"width": 320, "height": 640}


@pytest.mark.parametrize("clinic", CLINICS)
def test_pages_are_quiet_and_ask_nobody_else(server, open_page, clinic):
    page = open_page(PHONE)
    for path in PATHS:
        response = page.goto(server.url(clinic, path))
        assert response.status == 200, path
    page.wait_for_load_state("networkidle")
    assert page.watched.complaints == []
    assert page.watched.strangers(f"{clinic}.localhost") == []


@pytest.mark.parametrize("viewport", [NARROWEST, PHONE, DESKTOP], ids=["320", "390", "1280"])
def test_no_page_scrolls_sideways(server, open_page, viewport):
    page = open_page(viewport)
    for path in PATHS:
        page.goto(server.url("northgate", path))
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{path} is {overflow} px too wide"


def test_no_patient_gets_a_cookie(server, open_page):
    page = open_page()
    for path in PATHS:
        page.goto(server.url("harbour", path))
    names = [cookie["name"] for cookie in page.context.cookies() if "csrf" not in cookie["name"]]
    assert names == []


def test_navigation_works_without_javascript(server, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(server.url("northgate"))
    page.locator("header summary").first.click()
    page.locator("header").get_by_role("link", name="Conditions").first.click()
    assert page.url == server.url("northgate", "/conditions/")


def test_a_citation_leads_to_its_reference_and_back(server, open_page):
    page = open_page()
    page.goto(server.url("northgate", "/treatments/dry-needling/"))
    mark = page.locator("sup.citation a").first
    number = mark.inner_text().strip("[]")
    mark.click()
    assert page.url.endswith(f"#ref-{number}")
    page.locator(f"#ref-{number} a[href^='#cite-']").first.click()
    assert "#cite-" in page.url


def test_a_patient_can_write_without_javascript(server, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(server.url("harbour", "/contact/"))
    page.get_by_label("Your name").fill("Sam Patient")
    page.locator("[name=phone]").fill("905 555 0199")
    page.locator("[name=message]").fill("Please call me about an appointment.")
    page.locator("main form button[type=submit]").click()
    assert page.url.endswith("/contact/?sent=1")
    assert "Thank you" in page.locator("main").inner_text()


def test_the_demo_has_what_each_clinic_must_show(server, open_page):
    page = open_page()
    page.goto(server.url("northgate", "/treatments/dry-needling/"))
    assert page.locator("main").get_by_role("link", name="Book").count() >= 2
    assert page.locator("main a[href^='/conditions/']").count() >= 10
    page.goto(server.url("harbour"))
    assert "905" in page.locator("header").inner_text()
    page.goto(server.url("stillwater", "/treatments/dry-needling-massage/"))
    assert page.locator("h1").inner_text() == "Dry needling in massage care"
