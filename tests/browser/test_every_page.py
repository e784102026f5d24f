"""Each page type of each clinic: WCAG 2.2 AA as far as a machine can tell, and what it weighs.

A class for each clinic, so that the processes of a run share the clinics; all its tests ask the same visits.
"""

import pytest

from clinicsite.demo.data import CLINICS
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.pages import page_types
from tests.browser.visits import AXE, violations, visit

pytestmark = pytest.mark.browser

#: Kind of file -> the most bytes of it that a page may load, compressed.
BUDGETS = {"document": 20_000, "stylesheet": 20_000, "script": 10_000, "font": 80_000}


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
