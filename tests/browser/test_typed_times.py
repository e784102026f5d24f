"""Times and dates in the real admin: typed as people type, read back in words, kept or refused."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.server import PASSWORD
from tests.core.test_typed_times import CASES

pytestmark = pytest.mark.browser

READ = """async (cases) => {
    const address = document.querySelector("script[src*='admin/typed-times']").src;
    const { readTime, readDate, readMoment } = await import(address);
    return cases.map(({ kind, typed, ...custom }) => {
        const asked = { region: "CA", today: "2026-11-30", ...custom };
        return { time: readTime, date: readDate, moment: readMoment }[kind](typed, asked);
    });
}"""


@pytest.fixture
def owner(server, open_page):
    """The owner of Millside, signed in."""
    page = open_page()
    sign_in(page, server, "millside-owner", PASSWORD)
    return page


@pytest.fixture
def hours(owner):
    """The hours of The Mill in the editor."""
    owner.get_by_role("link", name="Locations and hours").click()
    owner.get_by_role("link", name="The Mill", exact=True).click()
    owner.get_by_role("tab", name="Hours").click()
    return owner


def closes(page):
    return page.locator("[name=opening_hours-0-closes]")


def said_beside(field):
    return field.locator("xpath=following-sibling::p[@role='status']")


def is_save(answer):
    return answer.request.method == "POST" and answer.url.endswith("/edit/")


def publish(page):
    page.get_by_role("button", name="Publish", exact=True).click()


def test_the_browser_reads_each_case_as_the_server_does(hours):
    # The clocks of spring and autumn are the server's alone.
    cases = [case for case in CASES if not case.get("clocks")]
    found = hours.evaluate(READ, cases)
    wrong = [(case, read) for case, read in zip(cases, found, strict=True) if read != case.get("answer")]
    assert wrong == []


def test_five_pm_is_five_in_the_afternoon(server, hours):
    closes(hours).fill("5pm")
    expect(said_beside(closes(hours))).to_have_text("5:00 pm")
    hours.keyboard.press("Tab")
    expect(closes(hours)).to_have_value("5pm")
    publish(hours)
    hours.wait_for_selector(".messages .success")
    hours.goto(server.url("millside", "/locations/the-mill/"))
    assert "to 5:00 pm" in hours.locator("body").inner_text()


def test_twenty_five_oclock_is_refused_where_it_stands(hours):
    closes(hours).fill("25:00")
    hours.keyboard.press("Tab")
    expect(said_beside(closes(hours))).to_contain_text("Not clear yet.")
    hours.get_by_role("tab", name="Content").click()
    publish(hours)
    hours.wait_for_selector(".messages .error")
    expect(hours.get_by_role("tab", name=re.compile("^Hours"))).to_have_attribute("aria-selected", "true")
    expect(closes(hours)).to_be_focused()
    expect(closes(hours)).to_have_value("25:00")
    expect(closes(hours)).to_be_in_viewport()
    expect(hours.locator("[data-field]:has([name=opening_hours-0-closes])")).to_contain_text(
        "No clock shows “25:00”. Write it such as 5:00 pm, 17:00, noon or midnight."
    )


def test_autosave_keeps_nothing_that_is_refused(hours):
    stored = closes(hours).input_value()
    hours.wait_for_timeout(2500)
    with hours.expect_response(is_save) as saved:
        closes(hours).fill("25:00")
        hours.keyboard.press("Tab")
    assert saved.value.status == 400
    hours.on("dialog", lambda dialog: dialog.accept())
    hours.reload()
    expect(closes(hours)).to_have_value(stored)


def test_a_schedule_is_typed_read_back_and_kept(owner):
    owner.get_by_role("link", name="Write a post").click()
    owner.locator("[name=title]").fill("A quiet week")
    owner.get_by_role("button", name=re.compile("status", re.IGNORECASE)).first.click()
    owner.get_by_role("button", name="Set schedule").click()
    field = owner.locator("[name=go_live_at]")
    field.fill("2 Dec 2099 9am")
    expect(said_beside(field)).to_have_text("Wednesday 2 December 2099, 9:00 am")
    owner.locator("[name=expire_at]").fill("soon")
    owner.get_by_role("button", name="Keep the dates in the draft").click()
    owner.wait_for_selector(".messages .error")
    expect(owner.locator("[name=expire_at]")).to_be_focused()
    expect(field).to_have_value("2 Dec 2099 9am")
    owner.locator("[name=expire_at]").fill("")
    owner.get_by_role("button", name="Keep the dates in the draft").click()
    owner.wait_for_selector(".messages .success")
    expect(field).to_have_value("2 Dec 2099, 9:00 am")


def test_the_calendar_writes_a_date_that_people_read(hours):
    hours.get_by_role("button", name="Add Special hours").click()
    field = hours.locator("[name$=-first_date]:visible").last
    field.locator("xpath=following-sibling::input[@type='date']").evaluate(
        "(calendar) => { calendar.value = '2099-12-18'; calendar.dispatchEvent(new Event('change')); }"
    )
    expect(field).to_have_value("18 Dec 2099")
    expect(said_beside(field)).to_have_text("Friday 18 December 2099")


@pytest.mark.parametrize("panel", ["preview", "status"])
def test_the_hours_can_be_filled_in_beside_an_open_panel(hours, panel):
    hours.get_by_role("button", name=re.compile(panel, re.IGNORECASE)).first.click()
    beside = hours.locator("[data-form-side]")
    expect(beside).to_be_visible()
    hours.wait_for_timeout(500)
    edge = beside.bounding_box()["x"]
    for name in ("weekday", "is_by_appointment", "opens", "closes"):
        box = hours.locator(f"[name=opening_hours-0-{name}]").bounding_box()
        assert box["x"] + box["width"] <= edge, name
    for name in ("is_closed", "opens", "closes"):
        box = hours.locator(f"[name=special_hours-0-{name}]").bounding_box()
        assert box["x"] + box["width"] <= edge, name
