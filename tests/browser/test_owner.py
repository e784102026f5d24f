"""What a clinic's owner does in ten minutes, in the real admin."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.server import PASSWORD

#: Types into the field that has the cursor and saves 20 ms later, sooner than a test can be sure to.
TYPED_AND_PRESSED = """async ([words, press]) => {
  document.execCommand("insertText", false, words);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const [name, key] = press === "Publish" ? ["action-publish", null] : ["", "s"];
  if (key) document.activeElement.dispatchEvent(new KeyboardEvent(
    "keydown", {key, code: "KeyS", keyCode: 83, which: 83, ctrlKey: true, bubbles: true, cancelable: true}));
  else document.querySelector(`[name=${name}]`).click();
}"""
TITLE = "We are open on Family Day"
pytestmark = pytest.mark.browser


@pytest.fixture
def owner(server, open_page):
    """The owner of Millside, signed in."""
    page = open_page()
    sign_in(page, server, "millside-owner", PASSWORD)
    return page


def publish(page):
    """Press the first button under the editor."""
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_selector(".messages .success")


def test_an_owner_changes_the_hours_and_sees_them(server, owner):
    owner.get_by_role("link", name="Locations and hours").click()
    owner.get_by_role("link", name="The Mill", exact=True).click()
    owner.get_by_role("tab", name="Hours").click()
    owner.locator("[name=opening_hours-0-closes]").fill("20:15")
    publish(owner)
    owner.goto(server.url("millside", "/locations/"))
    assert "8:15 pm" in owner.locator("body").inner_text()


def test_an_owner_publishes_a_post_and_sees_it(server, owner):
    owner.get_by_role("link", name="Write a post").click()
    owner.locator("[name=title]").fill(TITLE)
    owner.locator("[name=summary]").fill("Come in between nine and noon.")
    publish(owner)
    owner.goto(server.url("millside", "/blog/"))
    owner.get_by_role("link", name=TITLE).first.click()
    assert owner.locator("h1").inner_text() == TITLE


def test_a_library_editor_cites_a_reference(server, open_page):
    page = open_page()
    sign_in(page, server, "library-editor", PASSWORD)
    page.get_by_role("link", name="Treatments").click()
    page.get_by_role("link", name="Chiropractic care").first.click()
    words = page.locator("[data-contentpath=sections] .public-DraftEditor-content").first
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" /cite")
    page.get_by_role("option", name="Cite a reference").click()
    page.locator(".modal-body").get_by_role("link", name=re.compile("Gattie")).click()
    expect(words).to_contain_text("Gattie et al. 2017")


@pytest.mark.parametrize("press", ["Control+s", "Publish"])
def test_words_typed_just_before_saving_are_saved(server, owner, press):
    owner.get_by_role("link", name="Posts", exact=True).click()
    owner.get_by_role("link", name="A pulled hamstring, week by week").first.click()
    words = owner.locator("[data-contentpath=sections] .public-DraftEditor-content").first
    words.click()
    owner.keyboard.press("Control+End")
    said, editor = f" Take it slowly, said {len(press)}.", owner.url
    owner.evaluate(TYPED_AND_PRESSED, [said, press])
    owner.wait_for_selector(".messages .success")
    owner.goto(editor)
    expect(owner.locator("[data-contentpath=sections] .public-DraftEditor-content").first).to_contain_text(
        said
    )


def test_an_owner_names_a_colleague_and_cites_a_paper_of_their_own(server, owner):
    owner.get_by_role("link", name="Posts", exact=True).click()
    owner.get_by_role("link", name="A pulled hamstring, week by week").first.click()
    words = owner.locator("[data-contentpath=sections] .public-DraftEditor-content").first
    words.click()
    owner.keyboard.press("Control+End")
    owner.keyboard.type(" Ask /name")
    owner.get_by_role("option", name="Name a practitioner").click()
    owner.locator(".modal-body").get_by_role("link", name="Hana Ishimorell").click()
    expect(words).to_contain_text("Ask Hana Ishimorell")
    words.click()
    owner.keyboard.press("Control+End")
    owner.keyboard.type(" Studied /paper")
    owner.get_by_role("option", name="Cite a paper of your own").click()
    owner.get_by_role("tab", name="A new paper").click()
    window = owner.locator(".modal-body")
    window.locator("[name=title]").fill("A paper about hamstrings")
    window.locator("[name=authors]").fill("Oakhurst, W")
    window.locator("[name=year]").fill("2019")
    window.locator("[name=url]").fill("https://hamstrings.example/paper")
    window.locator("[type=submit]", has_text="Cite it").click()
    expect(words).to_contain_text("Oakhurst 2019")
    publish(owner)
    owner.goto(server.url("millside", "/blog/a-hamstring-week-by-week/"))
    chip = owner.locator(".person-chip", has_text="Hana Ishimorell")
    expect(chip).to_contain_text("(Registered acupuncturist)")
    assert "A paper about hamstrings" in owner.locator(".references").inner_text()
