"""Publish, publish at a time, discard and come back, on a phone and at a desk, in counted steps."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.server import PASSWORD
from tests.browser.visits import AXE

pytestmark = pytest.mark.browser

POST = "A pulled hamstring, week by week"
#: The rules are those of WCAG; what is looked at is ours: the line above the form, and the buttons under it.
OURS = [["[data-clinicsite-state]"], ["footer.footer"]]
LOOK = "(ours) => axe.run({include: ours}, {resultTypes: ['violations']})"


class Hand:
    """Presses by name, and counts."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()
        self.presses += 1


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def editor(request, server, open_page):
    """The editor of a post that patients read, for the owner of Millside."""
    page = open_page(request.param)
    sign_in(page, server, "millside-owner", PASSWORD)
    page.goto(server.agency_url("/admin/clinicsite/posts/"))
    page.get_by_role("link", name=POST).first.click()
    page.wait_for_selector("[data-clinicsite-state]")
    # Wagtail takes no notice of what is typed in the first two seconds.
    page.wait_for_timeout(3000)
    return page


def is_in_sight(page, name):
    """Whether a button can be pressed without scrolling, and nothing lies on it."""
    button = page.get_by_role("button", name=name, exact=True)
    return button.evaluate(
        """(element) => {
            const box = element.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return box.right <= innerWidth && element.contains(top);
        }"""
    )


def is_autosave(answer):
    return answer.request.method == "POST" and answer.url.endswith("/edit/")


def write(page, words):
    """Change the summary, and wait until the change is kept as a draft."""
    summary = page.locator("[name=summary]")
    with page.expect_response(is_autosave):
        summary.fill(words)
    expect(page.locator("[data-clinicsite-footer-state]")).to_contain_text(
        "Your changes are not published.", timeout=15_000
    )


def test_what_is_written_is_published_in_one_press_from_wherever_one_is(editor, server):
    hand = Hand(editor)
    for name in ("Publish", "Publish at…", "Save draft"):
        assert is_in_sight(editor, name), name
    write(editor, f"Written at {editor.viewport_size['width']} pixels.")
    hand.press("Publish")
    expect(editor.locator(".messages")).to_contain_text("has been published")
    expect(editor.locator("[data-clinicsite-footer-state]")).to_contain_text("Patients read this.")
    editor.get_by_role("link", name="View live").click()
    expect(editor.locator("main")).to_contain_text(f"Written at {editor.viewport_size['width']} pixels.")
    assert hand.presses == 1


def test_what_was_changed_is_set_aside_and_brought_back(editor):
    hand = Hand(editor)
    before = editor.locator("[name=summary]").input_value()
    write(editor, "Words that nobody shall read.")
    hand.press("Discard changes")
    expect(editor.locator(".messages")).to_contain_text("is discarded")
    expect(editor.locator("[name=summary]")).to_have_value(before)
    editor.get_by_role("link", name="Bring it back").click()
    expect(editor.locator("[name=summary]")).to_have_value("Words that nobody shall read.")
    assert hand.presses == 1


def test_enter_in_a_field_saves_a_draft(editor):
    title = editor.locator("[name=title]")
    title.press("End")
    title.press("Enter")
    expect(editor.locator(".messages")).to_contain_text("has been updated")
    assert editor.url.endswith("/edit/")


def test_publish_at_opens_the_window_that_schedules(editor):
    Hand(editor).press("Publish at…")
    window = editor.get_by_role("dialog", name="Set publishing schedule")
    expect(window.get_by_role("button", name="Publish with these dates")).to_be_visible()
    expect(window).to_contain_text("Time zone: America/Toronto.")


def test_axe_finds_nothing_in_what_is_ours(editor):
    write(editor, f"Looked at, {editor.viewport_size['width']} pixels wide.")
    editor.evaluate(AXE)
    found = editor.evaluate(LOOK, OURS)["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
