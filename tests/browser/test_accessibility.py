"""WCAG 2.2 AA, as far as a machine can tell: axe-core on each page type, keyboard, zoom, contrast, motion."""

from pathlib import Path

import pytest

from clinicsite.demo.data import CLINICS
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.pages import page_types

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parents[1] / "data/axe/axe.min.js").read_text(encoding="utf-8")
WIDTHS = (320, 390, 768, 1280)
SCHEMES = ("light", "dark")
RUN_AXE = """
(rules) => axe.run(document, {resultTypes: ["violations"], rules}).then(found => found.violations.map(
    violation => `${violation.id}: ` + violation.nodes.map(node => node.target.join(" ")).join(", ")))
"""
#: What the keyboard reaches next: whether it is seen, and what hides it where something does.
FOCUSED = """
() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    // The first line of a link that runs over two.
    const [box] = element.getClientRects();
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
    const isRinged = (one) => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    // The link of a card has its ring around the card.
    const around = element.parentElement.closest(".card, .person-card, .location-card");
    // A region of the body map shows on two figures, with nothing of it between them, and has no ring.
    const isDrawn = element instanceof SVGElement;
    const top = isDrawn ? null : document.elementFromPoint(x, y);
    const edge = () => getComputedStyle(element.querySelector("[clip-path] path")).strokeWidth;
    const changes = () => {
        const focused = edge();
        element.blur();
        const isOther = edge() !== focused;
        element.focus();
        return isOther;
    };
    return {
        name: [element.tagName, element.getAttribute("class"), element.textContent.trim()].join(" "),
        isMarked: isDrawn ? changes() : isRinged(element) || (!!around && isRinged(around)),
        isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        isCovered: !!top && !element.contains(top) && !top.contains(element),
        covering: top ? `${top.tagName} ${top.className}` : "",
    };
}
"""
MOST_STOPS = 200


@pytest.fixture
def still(open_page):
    """A window in which nothing moves, so that colours are looked at when they have arrived."""
    return open_page(DESKTOP, reduced_motion="reduce")


def violations(page, without=()):
    """What axe-core finds wrong with the page as it is shown now, by all its rules but some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # At the end of the page the bar to call and book lies over nothing.
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    # Axe-core leaves the one rule that WCAG 2.2 added, 2.5.8, to those who ask for it.
    rules = {"target-size": {"enabled": True}} | {rule: {"enabled": False} for rule in without}
    return page.evaluate(RUN_AXE, rules)


@pytest.mark.parametrize("clinic", CLINICS)
def test_axe_finds_nothing_on_any_page_type_light_or_dark_at_any_width(server, still, clinic):
    """Nor is a page too wide at any of these widths."""
    found = []
    for path in page_types(server, clinic).values():
        still.goto(server.url(clinic, path))
        for scheme in SCHEMES:
            still.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width in WIDTHS:
                still.set_viewport_size({"width": width, "height": 900})
                found += [f"{path} {scheme} {width}: {one}" for one in violations(still)]
                found += [f"{path} {width}: scrolls sideways"] if _overflow(still) > 0 else []
    assert found == []


def test_axe_sees_what_is_wrong(server, still):
    still.goto(server.url("northgate"))
    still.evaluate("document.querySelector('img').removeAttribute('alt')")
    assert any(one.startswith("image-alt") for one in violations(still))


@pytest.mark.parametrize("clinic", CLINICS)
def test_nothing_is_lost_in_forced_colours(server, open_page, clinic):
    page = open_page(PHONE, forced_colors="active", reduced_motion="reduce")
    for path in page_types(server, clinic).values():
        page.goto(server.url(clinic, path))
        # The colours are the reader's own, and axe-core reads those that the page would have had.
        assert violations(page, without=["color-contrast"]) == [], path
        bare = page.evaluate(
            """[...document.querySelectorAll(".button")].filter(one => one.checkVisibility()
                && getComputedStyle(one).borderStyle === "none").map(one => one.outerHTML.slice(0, 120))"""
        )
        assert bare == [], f"{path}: buttons without an edge"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390", "1280"])
@pytest.mark.parametrize("clinic", CLINICS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(server, open_page, clinic, viewport):
    page = open_page(viewport, reduced_motion="reduce")
    for path in ("/", "/conditions/", "/treatments/dry-needling/", "/contact/"):
        page.goto(server.url(clinic, path))
        stops = list(_walk(page))
        assert len(stops) > 5, path
        assert [stop for stop in stops if not stop["isMarked"] or not stop["isInView"]] == [], path
        assert [stop for stop in stops if stop["isCovered"]] == [], path


def _walk(page):
    """Every stop of the Tab key, until it leaves the page."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return
        yield stop
    raise AssertionError(f"The Tab key does not get through the page in {MOST_STOPS} steps.")


@pytest.mark.parametrize("clinic", CLINICS)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390", "1280"])
def test_text_of_twice_the_size_fits(server, open_page, clinic, viewport):
    page = open_page(viewport)
    for path in page_types(server, clinic).values():
        page.goto(server.url(clinic, path))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert _overflow(page) <= 0, path
        assert page.evaluate(CLIPPED) == [], path


#: Text that is cut off where nobody can scroll to the rest of it.
CLIPPED = """
[...document.querySelectorAll("main *, header *, footer *")].filter(one => {
    const style = getComputedStyle(one);
    const isClipping = style.overflowX === "hidden" || style.overflowX === "clip";
    const isSeen = one.checkVisibility() && !one.closest(".visually-hidden") && one.clientWidth > 1;
    return isClipping && isSeen && one.innerText?.trim() && one.scrollWidth > one.clientWidth + 1;
}).map(one => one.outerHTML.slice(0, 120))
"""


@pytest.mark.parametrize("clinic", CLINICS)
def test_four_times_zoom_needs_no_sideways_scrolling(server, open_page, clinic):
    page = open_page({"width": 320, "height": 256})
    for path in page_types(server, clinic).values():
        page.goto(server.url(clinic, path))
        assert _overflow(page) <= 0, path


def _overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_nothing_moves_for_those_who_ask_for_it(server, open_page):
    page = open_page(PHONE, reduced_motion="reduce")
    for path in page_types(server, "northgate").values():
        page.goto(server.url("northgate", path))
        moving = page.evaluate(
            """[...document.querySelectorAll("*")].filter(one => {
                const style = getComputedStyle(one);
                return [style.transitionDuration, style.animationDuration].some(
                    times => times.split(",").some(time => parseFloat(time) > 0.01));
            }).map(one => `${one.tagName} ${one.className}`)"""
        )
        assert moving == [], path
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
