"""The contact page's forms, as a patient meets them in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from clinicsite.home.contact.stamps import SHORTEST
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

FORMS = ("/contact/", "/contact/call-back/", "/contact/free-consultation/")
NARROWEST = {"width": 320, "height": 640}


def fill_in(page):
    """Write a message, and take the time that a person takes."""
    page.get_by_label("Your name").fill("Sam Patient")
    page.locator("[name=phone]").fill("905 555 0199")
    page.locator("[name=message]").fill("Please call me about an appointment.")
    page.wait_for_timeout(SHORTEST * 1000)


def send(page):
    page.locator("main form button[type=submit]").click()


def test_a_patient_can_write_without_javascript(server, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(server.url("harbour", "/contact/"))
    fill_in(page)
    send(page)
    assert page.url == server.url("harbour", "/contact/sent/")
    assert page.locator("h1").inner_text() == "We have your message"


def test_from_a_location_to_a_call_back_for_that_location(server, open_page):
    page = open_page(PHONE)
    page.goto(server.url("northgate", "/locations/"))
    page.locator("main .location-card a[href^='/locations/']").nth(1).click()
    place = page.locator("h1").inner_text()
    page.get_by_role("link", name="Ask us to call you").click()
    expect(page.locator("h1")).to_have_text("Ask us to call you")
    chosen = page.get_by_label("Location").locator("option:checked")
    if chosen.count():
        assert chosen.inner_text() == place
    page.get_by_label("Your name").fill("Sam Patient")
    page.get_by_label("Phone").fill("416 555 0199")
    page.wait_for_timeout(SHORTEST * 1000)
    send(page)
    expect(page.locator("h1")).to_have_text("We will call you")


def test_mistakes_get_the_focus_and_lead_to_their_fields(server, open_page):
    page = open_page(PHONE)
    page.goto(server.url("harbour", "/contact/"))
    page.get_by_label("Your name").fill("Sam Patient")
    send(page)
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    summary.get_by_role("link", name="Message:").click()
    field = page.locator("[name=message]")
    expect(field).to_be_focused()
    expect(page.locator("label[for=id_message]")).to_be_in_viewport()
    expect(field).to_have_accessible_description(
        re.compile("Please do not send health details.*Write a few words")
    )
    assert field.get_attribute("aria-invalid") == "true"
    assert page.get_by_label("Your name").input_value() == "Sam Patient"


def test_no_form_needs_a_cookie_or_leaves_one(server, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(server.url("harbour", "/contact/"))
    fill_in(page)
    assert page.context.cookies() == []
    send(page)
    assert page.url == server.url("harbour", "/contact/sent/")
    assert page.context.cookies() == []


def test_somebody_quicker_than_people_are_is_asked_to_send_again(server, open_page):
    page = open_page(PHONE)
    page.goto(server.url("harbour", "/contact/"))
    page.get_by_label("Your name").fill("Sam Autofill")
    page.locator("[name=phone]").fill("905 555 0198")
    page.locator("[name=message]").fill("Do you have parking?")
    send(page)
    expect(page.locator("[data-error-summary]")).to_contain_text("quicker than most people write")
    page.wait_for_timeout(SHORTEST * 1000)
    send(page)
    expect(page.locator("h1")).to_have_text("We have your message")


def test_going_back_and_sending_again_thanks_the_patient_again(server, open_page):
    page = open_page()
    page.goto(server.url("millside", "/contact/"))
    fill_in(page)
    send(page)
    expect(page.locator("h1")).to_have_text("We have your message")
    page.go_back()
    assert page.locator("[name=message]").input_value() == "Please call me about an appointment."
    send(page)
    expect(page.locator("h1")).to_have_text("We have your message")


def test_a_keyboard_reaches_every_field_in_its_order_and_never_the_trap(server, open_page):
    page = open_page()
    page.goto(server.url("northgate", "/contact/free-consultation/"))
    names = page.locator("main form :is(input, select, textarea):visible").evaluate_all(
        "fields => fields.map(field => field.name).filter(name => name != 'subject')"
    )
    page.get_by_label("Your name").focus()
    reached = []
    for _ in names:
        reached.append(page.evaluate("document.activeElement.name"))
        page.keyboard.press("Tab")
    assert reached == names


@pytest.mark.parametrize("path", FORMS)
def test_every_form_fits_the_narrowest_phone_and_asks_nobody_else(server, open_page, path):
    page = open_page(NARROWEST)
    assert page.goto(server.url("northgate", path)).status == 200
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    for field in page.locator("main form :is(input, select, textarea, button):visible").all():
        box = field.bounding_box()
        assert box["height"] >= 44 or field.get_attribute("tabindex") == "-1"
    page.wait_for_load_state("networkidle")
    assert page.watched.complaints == []
    assert page.watched.strangers("northgate.localhost") == []
