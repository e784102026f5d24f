"""What a patient's phone pays for each page type of the demo: bytes on the way, and the first view.

`.venv/bin/python -m benchmarks.pages northgate` builds the demo, serves it, and opens each page three times
with nothing kept, as a mid-range phone over slow 4G: processor four times slower, 150 ms to the server and
back, 1.6 Mbit/s down, 0.75 up (the numbers of Lighthouse's mobile profile). It prints the median of each. It
needs Chromium, and a machine that does nothing else: the server and the browser share it.
"""

import argparse
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import sync_playwright

from clinicsite.demo.data import CLINICS
from tests.browser.chromium import launch
from tests.browser.pages import page_types
from tests.browser.server import fresh_demo_server

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
SLOWER = 4
ROUND_TRIP_MS = 150
DOWN_BYTES, UP_BYTES = 1_600_000 / 8, 750_000 / 8
VISITS = 3
#: Milliseconds left for what comes after the page has loaded.
SETTLE_MS = 800

OBSERVE = """
window.seen = {lcp: 0, cls: 0, longest: 0};
const watch = (type, note) => new PerformanceObserver(
    list => list.getEntries().forEach(note)).observe({type, buffered: true});
watch("largest-contentful-paint", entry => { window.seen.lcp = entry.startTime; });
watch("layout-shift", entry => { if (!entry.hadRecentInput) window.seen.cls += entry.value; });
watch("longtask", entry => { window.seen.longest = Math.max(window.seen.longest, entry.duration); });
"""
HEADINGS = ("html", "css", "js", "fonts", "pictures", "LCP ms", "CLS", "long task ms")
KINDS = {"document": "html", "stylesheet": "css", "script": "js", "font": "fonts", "image": "pictures"}


@dataclass
class Visit:
    """One opening of a page: bytes by kind, and what the browser saw."""

    bytes: dict[str, int]
    lcp: float
    cls: float
    longest: float

    @property
    def row(self):
        weights = [self.bytes[name] / 1000 for name in HEADINGS[:5]]
        return [*weights, self.lcp, self.cls, self.longest]


def main():
    """Read the arguments, build and serve the demo, and print a table for each clinic."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "clinics", nargs="*", default=list(CLINICS)[:1], help="Which clinics; the first of the demo."
    )
    arguments = parser.parse_args()
    with fresh_demo_server() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        for clinic in arguments.clinics:
            _print_table(browser, server, clinic)
        browser.close()


def _print_table(browser, server, clinic):
    print(f"\n{clinic}\n{'':20}" + "".join(f"{heading:>13}" for heading in HEADINGS))
    for name, path in page_types(server, clinic).items():
        # The first request of a page type fills the server's caches, as somebody before this patient did.
        server.get(clinic, path)
        visits = [_visit(browser, server.url(clinic, path)).row for _ in range(VISITS)]
        middle = [median(column) for column in zip(*visits, strict=True)]
        print(f"{name:20}" + "".join(_cell(*pair) for pair in zip(HEADINGS, middle, strict=True)))


def _cell(heading, value):
    digits = {"LCP ms": 0, "long task ms": 0, "CLS": 3}.get(heading, 1)
    return f"{value:13.{digits}f}"


def _visit(browser, address):
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(OBSERVE)
    weights = _weigh(context, page)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(SETTLE_MS)
    seen = page.evaluate("window.seen")
    context.close()
    return Visit(weights, **seen)


def _weigh(context, page):
    """Make the page a slow phone's, and count the bytes that it is sent, as they are on the way."""
    weights = dict.fromkeys(HEADINGS[:5], 0)
    kinds = {}
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    conditions = {"latency": ROUND_TRIP_MS, "downloadThroughput": DOWN_BYTES, "uploadThroughput": UP_BYTES}
    protocol.send("Network.emulateNetworkConditions", {"offline": False, **conditions})

    def begin(event):
        kinds[event["requestId"]] = KINDS.get(event["type"].lower())

    def end(event):
        if kind := kinds.get(event["requestId"]):
            weights[kind] += event["encodedDataLength"]

    protocol.on("Network.responseReceived", begin)
    protocol.on("Network.loadingFinished", end)
    return weights


if __name__ == "__main__":
    main()
