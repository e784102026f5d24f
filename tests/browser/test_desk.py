"""An owner's quick errands, from the first screen, on a phone and at a desk, with taps and keys counted.

Whoever types takes 0.3 s a key, and 1.5 s a tap; to that comes the time that was measured.
"""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.server import PASSWORD
from tests.browser.visits import AXE

pytestmark = pytest.mark.browser

A_KEY, A_TAP = 0.3, 1.5
LOOK = "axe.run('.desk, .desk-task', {resultTypes: ['violations']})"


class Hands:
    """Counts what somebody does, and how long it would take them."""

    def __init__(self, page):
        self.page, self.taps, self.keys, self.begun = page, 0, 0, time.monotonic()

    def tap(self, locator):
        self.taps += 1
        locator.click()

    def type(self, locator, text):
        self.taps += 1
        self.keys += len(text)
        locator.fill(text)

    @property
    def seconds(self):
        return time.monotonic() - self.begun + self.taps * A_TAP + self.keys * A_KEY


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def owner(request, server, open_page):
    page = open_page(request.param)
    sign_in(page, server, "millside-owner", PASSWORD)
    return page


def violations_of(page):
    page.evaluate(AXE)
    found = page.evaluate(LOOK)["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def button(page, name):
    return page.get_by_role("button", name=name)


def test_closed_today_takes_four_taps_and_fifteen_seconds_and_one_to_take_back(server, owner):
    hands = Hands(owner)
    hands.tap(owner.get_by_role("link", name="Change today’s hours").first)
    hands.tap(owner.get_by_label("Closed all day"))
    expect(owner.locator("[data-desk-reads]")).to_contain_text("closed")
    assert violations_of(owner) == []
    hands.tap(button(owner, "Tell patients"))
    expect(owner.locator(".messages")).to_contain_text("closed")
    assert (hands.taps, hands.keys) == (3, 0)
    assert hands.seconds < 15
    assert violations_of(owner) == []
    button(owner, "Undo").first.click()
    expect(owner.locator(".messages")).to_contain_text("Taken back")


def test_a_holiday_takes_twenty_seconds(owner):
    hands = Hands(owner)
    hands.tap(owner.get_by_role("link", name="Add a special day").first)
    hands.type(owner.get_by_label("Which day?"), "26 Dec 2030")
    hands.type(owner.get_by_label("Why? Patients read it"), "Boxing Day")
    hands.tap(button(owner, "Tell patients"))
    expect(owner.locator(".messages")).to_contain_text("Thursday 26 December 2030: closed (Boxing Day)")
    assert hands.seconds < 20
    button(owner, "Undo").first.click()


def test_a_phone_takes_fifteen_seconds(server, owner):
    hands = Hands(owner)
    hands.tap(owner.get_by_role("link", name="Change a phone").first)
    hands.type(owner.get_by_label("New number"), "4035550177")
    expect(owner.locator("[data-desk-reads]")).to_contain_text("(403) 555-0177")
    assert violations_of(owner) == []
    hands.tap(button(owner, "Tell patients"))
    expect(owner.locator(".messages")).to_contain_text("patients call (403) 555-0177")
    assert hands.seconds < 15
    button(owner, "Undo").first.click()


def test_a_notice_takes_fifteen_seconds(server, owner):
    hands = Hands(owner)
    hands.tap(owner.get_by_role("link", name="Post a notice"))
    hands.type(owner.get_by_label("What patients read"), "Closed: burst pipe")
    expect(owner.locator("[data-desk-reads]")).to_contain_text("“Closed: burst pipe”")
    assert violations_of(owner) == []
    hands.tap(button(owner, "Tell patients"))
    expect(owner.locator(".messages")).to_contain_text("stands on every page")
    assert hands.seconds < 15
    button(owner, "Undo").first.click()


def test_by_keyboard_alone(owner):
    owner.get_by_role("link", name="Change today’s hours").first.focus()
    owner.keyboard.press("Enter")
    owner.get_by_label("Closed all day").focus()
    owner.keyboard.press("Space")
    owner.keyboard.press("Tab")
    owner.keyboard.type("snow")
    owner.keyboard.press("Enter")
    expect(owner.locator(".messages")).to_contain_text("snow")
    button(owner, "Undo").first.click()
