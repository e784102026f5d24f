"""WCAG 2.2 AA with a keyboard: everything is reached, and seen to be reached."""

import pytest

from clinicsite.demo.data import CLINICS
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

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
