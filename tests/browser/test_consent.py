"""A clinic counts visits with a program of its own, which here is a real server that notes who asks it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

QUESTION = "May we count your visit?"
#: As such programs do: tell the server which page is read, and where the visitor came from.
PROGRAM = """
const address = new URL("/event", document.currentScript.src);
fetch(address, { method: "POST", mode: "no-cors", body: `${location.pathname} from ${document.referrer}` });
"""
SWITCH = """
from clinicsite.clinics.models import ClinicSettings
row = ClinicSettings.objects.get(site__hostname="millside.localhost")
row.analytics_kind, row.analytics_script, row.analytics_site = {kind!r}, {script!r}, "millside.example"
row.save()
"""


LOOKS = """(button) => {
  const { color, backgroundColor, borderColor, font } = getComputedStyle(button);
  return [color, backgroundColor, borderColor, font];
}"""
#: How far the page has jumped while it loaded, as Core Web Vitals count it.
SHIFT = """() => new Promise((done) => {
  const add = (list) => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(0), 500);
})"""


class CountingServer(ThreadingHTTPServer):
    """A loopback host that stands for the clinic's own count of visits."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Counter)
        self.asked: list[str] = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class Counter(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self._answer(PROGRAM.encode(), "text/javascript")

    def do_POST(self):
        self.server.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(b"", "text/plain")

    def _answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """The test looks at what was asked; the screen need not."""


@pytest.fixture(scope="module")
def counting(server):
    """The counting server, connected to one clinic of the demo for the length of this module."""
    counter = CountingServer()
    threading.Thread(target=counter.serve_forever, daemon=True).start()
    server.run(SWITCH.format(kind="plausible", script=f"{counter.address}/js/script.js"))
    yield counter
    server.run(SWITCH.format(kind="", script=""))
    counter.shutdown()
    counter.server_close()


@pytest.fixture
def asked(counting):
    """What the counting server has been asked since the test began."""
    counting.asked.clear()
    return counting.asked


def visit(page, server, path):
    assert page.goto(server.url("millside", path)).status == 200
    page.wait_for_load_state("networkidle")


def accept(page, asked):
    """Say yes, and wait until the visit is counted."""
    page.get_by_role("button", name="Accept").click()
    wait_until_asked(page, asked, 2)


def wait_until_asked(page, asked, times):
    for _ in range(50):
        if len(asked) >= times:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"The counting server was asked {len(asked)} times: {asked}")


def bar(page):
    return page.get_by_role("region", name=QUESTION)


def test_nothing_is_asked_before_a_yes_and_once_after_it(server, open_page, asked):
    page = open_page(PHONE)
    visit(page, server, "/")
    expect(bar(page)).to_be_visible()
    visit(page, server, "/team/")
    assert asked == []
    accept(page, asked)
    expect(bar(page)).to_be_hidden()
    assert [line.split(" from ")[0] for line in asked] == ["/js/script.js", "/team/"]
    visit(page, server, "/")
    expect(bar(page)).to_be_hidden()
    wait_until_asked(page, asked, 3)
    assert "/" in [line.split(" from ")[0] for line in asked]
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == ["visitor-statistics"]
    assert page.watched.complaints == []


@pytest.mark.parametrize(
    "path", ["/treatments/dry-needling/", "/conditions/low-back-pain/", "/search/?q=sciatica"]
)
def test_what_tells_of_health_is_never_counted_nor_told_by_the_next_page(server, open_page, asked, path):
    page = open_page()
    visit(page, server, "/team/")
    accept(page, asked)
    asked.clear()
    visit(page, server, path)
    assert asked == []
    page.locator("header a[href='/team/']").first.click()
    wait_until_asked(page, asked, 1)
    page.wait_for_load_state("networkidle")
    told = " ".join(asked)
    assert f"/team/ from {server.url('millside')}" in told
    assert path.split("/")[1] not in told.replace("/team/", "")
    assert page.watched.complaints == []


def test_a_no_is_remembered_and_can_be_taken_back(server, open_page, asked):
    page = open_page()
    visit(page, server, "/")
    page.get_by_role("button", name="No thanks").click()
    visit(page, server, "/team/")
    expect(bar(page)).to_be_hidden()
    assert asked == []
    page.locator("footer").get_by_role("button", name="Privacy choices").click()
    accept(page, asked)
    assert len(asked) == 2
    page.locator("footer").get_by_role("button", name="Privacy choices").click()
    page.get_by_role("button", name="No thanks").click()
    page.wait_for_load_state("networkidle")
    asked.clear()
    visit(page, server, "/")
    assert asked == []


def test_both_answers_are_alike_and_work_by_keyboard(server, open_page, asked):
    page = open_page(PHONE)
    visit(page, server, "/")
    yes, no = page.get_by_role("button", name="Accept"), page.get_by_role("button", name="No thanks")
    assert yes.evaluate(LOOKS) == no.evaluate(LOOKS)
    assert yes.bounding_box()["height"] == no.bounding_box()["height"] >= 44
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Tab")
        if no.evaluate("(b) => b === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(bar(page)).to_be_hidden()
    assert page.evaluate("localStorage.getItem('visitor-statistics')") == "no"
    assert asked == []


@pytest.mark.parametrize("signal", ["globalPrivacyControl', {value: true}", "doNotTrack', {value: '1'}"])
def test_a_browser_that_asks_not_to_be_followed_has_answered(server, open_page, asked, signal):
    page = open_page()
    page.add_init_script(f"Object.defineProperty(navigator, '{signal})")
    visit(page, server, "/")
    expect(bar(page)).to_be_hidden()
    page.get_by_role("button", name="Privacy choices").click()
    expect(bar(page)).to_contain_text("Your browser asks websites not to follow you")
    expect(page.get_by_role("button", name="Accept")).to_be_hidden()
    page.get_by_role("button", name="Close").click()
    expect(bar(page)).to_be_hidden()
    assert asked == []
    assert page.evaluate("localStorage.length") == 0


def test_without_javascript_nothing_is_asked_or_loaded(server, open_page, asked):
    page = open_page(java_script_enabled=False)
    visit(page, server, "/")
    expect(page.locator("[data-consent]")).to_be_hidden()
    assert asked == []


def test_the_question_leaves_call_and_book_in_reach_and_moves_nothing(server, open_page, asked):
    page = open_page(PHONE)
    visit(page, server, "/")
    question, calling = bar(page).bounding_box(), page.locator(".action-bar").bounding_box()
    assert question["y"] + question["height"] <= calling["y"] + 1
    moved = page.evaluate(SHIFT)
    assert moved <= 0.02


def test_the_other_clinics_of_the_demo_are_not_counted(server, open_page, asked):
    page = open_page()
    page.goto(server.url("northgate"))
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-consent]").count() == 0
    assert asked == []
