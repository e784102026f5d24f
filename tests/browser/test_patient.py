"""What a patient meets, in a real browser on the real demo."""

import pytest

from clinicsite.provisioning.demo.data import CLINICS
from tests.browser.conftest import PHONE
from tests.browser.pages import page_types

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("clinic", CLINICS)
def test_pages_are_quiet_and_ask_nobody_else(server, open_page, clinic):
    page = open_page(PHONE)
    paths = page_types(server, clinic)
    # For a page that is not there the browser writes a message of its own.
    del paths["not-found"]
    for path in paths.values():
        response = page.goto(server.url(clinic, path))
        assert response.status == 200, path
    page.wait_for_load_state("networkidle")
    assert page.watched.complaints == []
    assert page.watched.strangers(f"{clinic}.localhost") == []


def test_no_patient_gets_a_cookie(server, open_page):
    page = open_page()
    for path in page_types(server, "harbour").values():
        page.goto(server.url("harbour", path))
    assert page.context.cookies() == []


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
