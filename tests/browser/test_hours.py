"""The script that keeps "open now" right says what the server would say, word for word."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from clinicsite.locations.hours import as_json, describe_state
from tests.browser.conftest import PHONE
from tests.locations.hours_cases import CASES, SCHEDULES

pytestmark = pytest.mark.browser

#: The clocks of Europe and North America go back a week apart within the month after this.
PRINTED_AT = datetime(2025, 10, 6, 16, tzinfo=UTC)
#: Not a part of an hour or a day, so that every time of day comes.
STEP = timedelta(hours=5, minutes=37)
MOMENTS = [PRINTED_AT + number * STEP for number in range(150)]

DESCRIBE = """async (asked) => {
    const site = document.querySelector("script[type=module]").src;
    const hours = await import(new URL("hours.js", site));
    return asked.map(([schedule, moment]) => hours.describe(schedule, new Date(moment)));
}"""


@pytest.fixture
def told(server, open_page):
    """The sentences of the script: `told([(what the page has of a schedule, moment), …])`."""
    page = open_page()
    page.goto(server.url("northgate", "/privacy/"))
    return lambda asked: page.evaluate(DESCRIBE, [(data, moment.isoformat()) for data, moment in asked])


@pytest.fixture
def described(told):
    """The sentences of the script: `described([(schedule, moment printed, moment asked for), …])`."""
    return lambda asked: told([(as_json(schedule, printed), moment) for schedule, printed, moment in asked])


def test_each_case_is_told_in_its_words(described):
    asked = [(SCHEDULES[case.schedule], case.now, case.now) for case in CASES]
    assert described(asked) == [case.sentence for case in CASES]


@pytest.mark.parametrize("name", SCHEDULES)
def test_weeks_later_the_script_says_what_the_server_would_say(described, name):
    schedule = SCHEDULES[name]
    said = described([(schedule, PRINTED_AT, moment) for moment in MOMENTS])
    assert said == [
        describe_state(schedule.state_at(moment), moment.astimezone(schedule.zone)) for moment in MOMENTS
    ]


def test_the_script_goes_by_the_offsets_that_were_printed_whatever_the_device_knows(told):
    data = as_json(SCHEDULES["clinic"], PRINTED_AT)
    noon = datetime(2025, 10, 7, 12, tzinfo=UTC)
    ahead, behind = (data | {"offsets": [[0, hours * 3_600_000]]} for hours in (6, -6))
    assert told([(ahead, noon), (behind, noon)]) == [
        "Open now, closes at 7:00 pm",
        "Closed now, opens today at 7:00 am",
    ]


def test_the_header_of_a_kept_page_turns_to_a_place_that_is_open(server, open_page):
    page = open_page(PHONE)
    # Friday noon at the mill; ten hours later only the arena is open, until one in the morning.
    page.clock.install(time="2026-12-04T17:00:00Z")
    page.goto(server.url("millside"))
    line = page.locator(".header-contact__place:visible")
    expect(line).to_contain_text("The Mill: Open now, closes at 4:30 pm")
    page.clock.fast_forward("10:00:00")
    expect(line).to_contain_text("The Arena: Open now, closes at 1:00 am")
    expect(line).to_contain_text("(519) 555-0166")


def test_a_page_out_of_a_cache_is_put_right(server, open_page):
    page = open_page(PHONE)
    page.clock.install(time="2026-12-01T15:00:00Z")
    page.goto(server.url("northgate"))
    line = page.locator("header [data-hours-state]").first
    expect(line).to_have_text("Open now, closes at 8:00 pm")
    page.clock.fast_forward("11:00:00")
    expect(line).to_have_text("Closed now, opens tomorrow at 8:00 am")
