"""A clinic answers the library in the page editor, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.conftest import PHONE
from tests.browser.server import PASSWORD
from tests.browser.test_owner import publish

pytestmark = pytest.mark.browser

SECTION = "How might it work?"


@pytest.fixture
def owner(server, open_page):
    """The owner of Prairie Haven, who never meets a dialog of the browser."""
    page = open_page()
    page.dialogs = []
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    sign_in(page, server, "prairie-haven-owner", PASSWORD)
    yield page
    assert page.dialogs == []


def open_editor(page):
    """From the dashboard to the editor of the page about dry needling."""
    page.get_by_role("link", name="Treatments").click()
    page.get_by_role("link", name="Dry needling", exact=True).first.click()
    page.wait_for_load_state("networkidle")


def row(page, heading):
    """The part of the panel about one section."""
    return page.locator(".composed__section").filter(
        has=page.get_by_role("heading", name=heading, exact=True)
    )


def test_an_owner_makes_a_section_ours_writes_it_and_sees_it_published(server, owner):
    open_editor(owner)
    owner.locator("[name=seo_title]").evaluate("field => field.value = 'Typed before the click'")
    row(owner, SECTION).get_by_role("button", name="Make it ours").click()
    expect(owner.locator("main")).to_contain_text("patients see it when you publish the page")
    owner.get_by_label("Why?").fill("Our patients ask for the short version.")
    owner.get_by_role("button", name="Make it ours").click()
    expect(owner).to_have_url(re.compile(r"/edit/#section-"))
    ours = row(owner, SECTION)
    expect(ours).to_be_in_viewport()
    expect(ours.locator(".composed__state")).to_have_text(re.compile("Yours"))
    assert owner.locator("[name=seo_title]").input_value() == "Typed before the click"
    write_at_the_end(ours, " Ask us, and we show you.")
    publish(owner)
    expect(owner.locator(".messages")).to_contain_text("has been published")
    owner.goto(server.url("prairie-haven", "/treatments/dry-needling/"))
    expect(owner.locator("main")).to_contain_text("Ask us, and we show you.")


def write_at_the_end(section, words):
    """Type into the first text of a section, and wait as long as the editor takes to put it in the form."""
    text = section.locator(".public-DraftEditor-content").first
    text.click()
    section.page.keyboard.press("Control+End")
    section.page.keyboard.type(words)
    expect(section.locator('[name$="-0-value"]').first).to_have_value(re.compile(re.escape(words.strip())))


def test_enter_in_a_field_saves_the_draft_and_answers_nothing(owner):
    open_editor(owner)
    before = owner.locator(".composed__state").all_inner_texts()
    owner.locator("[name=title]").press("Enter")
    owner.wait_for_selector(".messages .success")
    assert owner.url.endswith("/edit/")
    assert owner.locator(".composed__state").all_inner_texts() == before


def test_an_addition_is_added_and_moved_without_leaving_its_place(owner):
    open_editor(owner)
    row(owner, "Cost and insurance").get_by_role("button", name="Add a section after this").click()
    owner.get_by_label("Heading").fill("Where to park")
    owner.get_by_role("button", name="Add the section").click()
    expect(owner.locator("[name$=-value-heading]").last).to_have_value("Where to park")
    row(owner, "Where to park").get_by_role("button", name="Move up").click()
    expect(owner).to_have_url(re.compile(r"/edit/#section-"))
    expect(row(owner, "Where to park")).to_be_in_viewport()
    headings = owner.locator(".composed__heading").all_inner_texts()
    assert headings[-2:] == ["Where to park", "Cost and insurance"]


def test_our_own_summary_shows_its_field_only_when_it_is_chosen(owner):
    open_editor(owner)
    owner.set_viewport_size(PHONE)
    group = owner.get_by_role("group", name="Summary")
    expect(group.locator("[name=summary]")).to_be_hidden()
    group.get_by_label("Our own, or empty for none").check()
    group.locator("[name=summary]").fill("Ours.")
    row(owner, "Cost and insurance").get_by_role("button", name="Hide").click()
    owner.get_by_role("link", name="Cancel").click()
    expect(owner.locator("[name=summary]")).to_have_value("Ours.")
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert owner.evaluate(width) <= 0


def test_a_section_is_hidden_without_javascript(server, open_page):
    page = open_page(java_script_enabled=False)
    sign_in(page, server, "stillwater-owner", PASSWORD, "/admin/clinicsite/treatments/")
    page.get_by_role("link", name="Dry needling", exact=True).first.click()
    page.locator("[name=title]").fill("Dry needling, typed without scripts")
    row(page, SECTION).get_by_role("button", name="Hide").click()
    page.get_by_label("Why?").fill("We say it in person.")
    page.get_by_role("button", name="Hide").click()
    expect(row(page, SECTION).locator(".composed__state")).to_have_text(re.compile("Hidden"))
    expect(page.locator("[name=title]")).to_have_value("Dry needling, typed without scripts")
