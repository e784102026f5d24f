"""Each page type of each clinic: WCAG 2.2 AA as far as a machine can tell, valid, small and quiet.

A class for each clinic, so that the processes of a run share the clinics; all its tests ask the same visits.
"""

import re

import html5lib
import pytest

from clinicsite.demo.data import CLINICS
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.pages import UNLISTED, page_types
from tests.browser.validator import problems
from tests.browser.visits import AXE, Visit, see_at_each_width, violations, visit

pytestmark = pytest.mark.browser

#: Kind of file -> the most bytes of it that a page may load, compressed.
BUDGETS = {"document": 20_000, "stylesheet": 20_000, "script": 10_000, "font": 80_000}
#: Bytes of a page without its pictures, uncompressed.
MOST_BYTES = 100_000
INLINE = re.compile(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))")
#: A page that complains, asks somebody else and leaves a cookie.
FAULTS = """
document.cookie = "kept=1";
addEventListener("load", () => {
    console.error("a complaint");
    new Image().src = "http://elsewhere.localhost:9/counted";
});
"""
#: A text that looks otherwise in the dark on a window of middle width.
PLANT_A_TEXT = """([elsewhere, there]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@media (prefers-color-scheme: dark) {
        .planted { ${elsewhere} }
        @media (600px < width < 1000px) { .planted { display: block; ${there} } }
    }`);
    document.adoptedStyleSheets.push(sheet);
    document.querySelector("main").insertAdjacentHTML("beforeend", "<p class=planted>Faint</p>");
}"""
#: Milliseconds since 1970.
MOMENT = re.compile(r"\b\d{13}\b")
NOT_THERE = UNLISTED["not-found"]


class EveryPage:
    """What holds for every page type of a clinic."""

    clinic = ""

    @pytest.fixture(scope="class")
    def visits(self, server, browser):
        """One visit to a page of each type, with nothing kept from the visit before."""
        seen = []
        for path in page_types(server, self.clinic).values():
            window = browser.new_context(viewport=PHONE, color_scheme="light", reduced_motion="reduce")
            page = window.new_page()
            page.set_default_timeout(15_000)
            seen.append(visit(page, server.url(self.clinic, path), path))
            window.close()
        assert len(seen) > 20
        return seen

    def test_axe_finds_nothing_on_any_page_type_light_or_dark_at_any_width(self, visits):
        """Nor is a page too wide at any of these widths."""
        assert [one for each in visits for one in each.violations] == []
        assert [one for each in visits for one in each.too_wide] == []

    def test_nothing_is_lost_in_forced_colours(self, visits):
        assert {one.path: one.lost_in_forced_colours for one in visits if one.lost_in_forced_colours} == {}

    @pytest.mark.parametrize("width", [PHONE["width"], DESKTOP["width"]])
    def test_text_of_twice_the_size_fits(self, visits, width):
        lost = {one.path: one.lost_at_twice_the_size[width] for one in visits}
        assert {path: found for path, found in lost.items() if found} == {}

    def test_four_times_zoom_needs_no_sideways_scrolling(self, visits):
        assert [one.path for one in visits if one.too_wide_when_zoomed > 0] == []

    def test_nothing_moves_for_those_who_ask_for_it(self, visits):
        assert {one.path: one.moving for one in visits if one.moving} == {}
        assert {one.scrolling for one in visits} == {"auto"}

    def test_no_page_weighs_more_than_its_budget(self, visits):
        for one in visits:
            assert one.weights["document"] > 1_000, one.path
            assert one.weights["stylesheet"] > 1_000, one.path
        weights = [(one.path, kind, one.weights[kind]) for one in visits for kind in BUDGETS]
        assert [(path, kind, weight) for path, kind, weight in weights if weight > BUDGETS[kind]] == []

    def test_pages_are_quiet_and_ask_nobody_else(self, visits):
        assert [one.path for one in visits if one.status != 200] == [NOT_THERE]
        # For a page that is not there the browser writes a message of its own.
        assert {one.path: one.complaints for one in visits if one.complaints}.keys() == {NOT_THERE}
        assert {one.path: one.strangers for one in visits if one.strangers} == {}

    def test_no_patient_gets_a_cookie(self, visits):
        assert {one.path: one.cookies for one in visits if one.cookies} == {}

    def test_every_page_is_valid(self, visits, tmp_path):
        assert problems({one.path: one.document for one in visits}, tmp_path) == []

    def test_every_page_is_small_and_free_of_inline_code(self, visits):
        for one in visits:
            assert len(one.document.encode()) < MOST_BYTES, one.path
            assert INLINE.findall(one.document) == [], one.path

    def test_every_page_has_one_main_heading_and_its_own_title(self, visits):
        titles = {}
        for one in visits:
            tree = html5lib.parse(one.document, namespaceHTMLElements=False)
            assert len(list(tree.iter("h1"))) == 1, one.path
            titles.setdefault(tree.find(".//title").text, []).append(one.path)
        assert [paths for paths in titles.values() if len(paths) > 1] == []

    def test_the_document_is_what_the_server_sent(self, visits, server):
        (home,) = [one for one in visits if one.path == "/"]
        # The hours carry the moment at which they were printed.
        noted, sent = (MOMENT.sub("", text) for text in (home.document, server.get(self.clinic).text))
        assert noted == sent


class TestNorthgate(EveryPage):
    clinic = "northgate"


class TestMillside(EveryPage):
    clinic = "millside"


class TestStillwater(EveryPage):
    clinic = "stillwater"


class TestPrairieHaven(EveryPage):
    clinic = "prairie-haven"


class TestHarbour(EveryPage):
    clinic = "harbour"


class TestTheLookItself:
    def test_no_clinic_of_the_demo_is_left_out(self):
        assert {each.clinic for each in EveryPage.__subclasses__()} == set(CLINICS)

    def test_axe_sees_what_is_wrong(self, server, open_page):
        page = open_page(DESKTOP, reduced_motion="reduce")
        page.goto(server.url("northgate"))
        page.evaluate("document.querySelector('img').removeAttribute('alt')")
        page.evaluate(AXE)
        assert any(one.startswith("image-alt") for one in violations(page))

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_sees_a_colour_that_is_too_faint_in_either_scheme(self, server, open_page, scheme):
        page = open_page(DESKTOP, reduced_motion="reduce", color_scheme=scheme)
        page.goto(server.url("northgate"))
        page.evaluate("document.querySelector('main p').style.color = 'light-dark(#ccc, #444)'")
        page.evaluate(AXE)
        found = violations(page, only=["color-contrast", "link-in-text-block"])
        assert any(one.startswith("color-contrast") for one in found)

    @pytest.mark.parametrize(
        ("elsewhere", "there"),
        [
            ("display: none", "color: #444"),
            ("color: #fff", "color: #444"),
            ("color: #fff", "background: #ddd"),
        ],
        ids=["shown", "fainter", "on another ground"],
    )
    def test_a_text_too_faint_at_one_width_alone_is_found_in_the_dark(
        self, server, open_page, elsewhere, there
    ):
        page = open_page(PHONE)
        page.goto(server.url("northgate", "/privacy/"))
        page.evaluate(AXE)
        page.evaluate(PLANT_A_TEXT, [elsewhere, there])
        seen = Visit("/privacy/")
        see_at_each_width(page, seen)
        (found,) = seen.violations
        assert found.startswith("/privacy/ dark 768: color-contrast: .planted")

    def test_what_is_not_valid_is_found(self, tmp_path):
        broken = "<!doctype html><html lang=en><title>A list</title><ul><div>Wrong</div></ul></html>"
        (found,) = problems({"broken": broken}, tmp_path)
        assert found.startswith("broken: Element “div” not allowed")

    def test_what_a_page_says_asks_and_leaves_is_noted(self, server, browser):
        window = browser.new_context(viewport=PHONE)
        page = window.new_page()
        page.add_init_script(FAULTS)
        seen = visit(page, server.url("northgate"), "/")
        window.close()
        assert any("a complaint" in one for one in seen.complaints)
        assert seen.strangers == ["http://elsewhere.localhost:9/counted"]
        assert seen.cookies == ["northgate.localhost kept"]
