"""One visit to a page, in which everything is looked at that a machine can tell of any page.

Loading a page costs more than looking at it, so each page type of each clinic is loaded once, with nothing
kept from before: what the server sent and what it weighs is noted as it arrives, and then it is seen at each
width, light and dark, in forced colours, with text of twice the size and at four times the zoom. What the
page asks for, complains about and leaves in the browser is noted until the end of all that.
"""

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.conftest import DESKTOP, PHONE, Watched

AXE = (Path(__file__).parents[1] / "data/axe/axe.min.js").read_text(encoding="utf-8")
#: The widest and the narrowest first: between them they show almost every text there is.
WIDTHS = (1280, 320, 390, 768)
#: What a window of 1280 pixels shows at four times the zoom.
ZOOMED = {"width": 320, "height": 256}
#: The rules of axe-core whose outcome follows from the colours of a scheme.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
#: Kinds of file whose weight is noted.
WEIGHED = ("document", "stylesheet", "script", "font")
#: Axe-core need not load the stylesheets once more: only a rule that is not in use reads them.
RUN_AXE = """
(options) => axe.run(document, {resultTypes: ["violations"], preload: false, ...options})
    .then(found => found.violations.map(
        violation => `${violation.id}: ` + violation.nodes.map(node => node.target.join(" ")).join(", ")))
"""
#: Whether a text looks otherwise than whenever this was asked before: hidden then, or another in colour,
#: ground, or in being large enough for less contrast.
TEXT_LOOKS_NEW = """
() => {
    const known = window.looksOfText ??= new WeakMap();
    const grounds = new Map();
    const groundOf = (one) => {
        if (!one) return "";
        if (!grounds.has(one)) {
            const {backgroundColor, backgroundImage, opacity, clip, clipPath} = getComputedStyle(one);
            const box = one.getBoundingClientRect();
            const isOut = box.width <= 1 || box.height <= 1 || box.right <= 0 || box.left >= innerWidth;
            const own = [backgroundColor, backgroundImage, opacity, clip, clipPath, isOut];
            grounds.set(one, `${groundOf(one.parentElement)} > ${own}`);
        }
        return grounds.get(one);
    };
    const hasText = (one) => one.matches("input, select, textarea")
        || [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const isShown = (one) => one.checkVisibility({opacityProperty: true, visibilityProperty: true});
    let isNew = false;
    for (const one of [...document.querySelectorAll("body, body *")].filter(hasText).filter(isShown)) {
        const {color, fontSize, fontWeight, textDecorationLine, textShadow} = getComputedStyle(one);
        const isLarge = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
        // Among other words a link is told by its weight as well.
        const weight = one.closest("a") ? fontWeight : "";
        const look = `${[color, weight, textDecorationLine, textShadow]} on ${groundOf(one)}`;
        const wasLarge = known.get(one)?.get(look);
        isNew ||= wasLarge === undefined || (wasLarge && !isLarge);
        known.set(one, (known.get(one) ?? new Map()).set(look, (wasLarge ?? true) && isLarge));
    }
    return isNew;
}
"""
#: Text that is cut off where nobody can scroll to the rest of it.
CLIPPED = """
[...document.querySelectorAll("main *, header *, footer *")].filter(one => {
    const style = getComputedStyle(one);
    const isClipping = style.overflowX === "hidden" || style.overflowX === "clip";
    const isSeen = one.checkVisibility() && !one.closest(".visually-hidden") && one.clientWidth > 1;
    return isClipping && isSeen && one.innerText?.trim() && one.scrollWidth > one.clientWidth + 1;
}).map(one => one.outerHTML.slice(0, 120))
"""
BUTTONS_WITHOUT_AN_EDGE = """
[...document.querySelectorAll(".button")].filter(one => one.checkVisibility()
    && getComputedStyle(one).borderStyle === "none").map(one => one.outerHTML.slice(0, 120))
"""
#: What moves although the reader has asked for nothing to move.
MOVING = """
[...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    return [style.transitionDuration, style.animationDuration].some(
        times => times.split(",").some(time => parseFloat(time) > 0.01));
}).map(one => `${one.tagName} ${one.className}`)
"""


@dataclass
class Visit:
    """What one page of a clinic was found to be like; each list names what is wrong, and is empty."""

    path: str
    status: int = 0
    document: str = ""
    weights: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    lost_in_forced_colours: list[str] = field(default_factory=list)
    lost_at_twice_the_size: dict[int, list[str]] = field(default_factory=dict)
    too_wide_when_zoomed: int = 0
    moving: list[str] = field(default_factory=list)
    scrolling: str = ""
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)


def visit(page, address, path) -> Visit:
    """Load a page in a new window of a phone's size, and look at it in every way."""
    seen = Visit(path)
    watched = Watched(page)
    _load(page, address, seen)
    page.evaluate(AXE)
    seen.moving = page.evaluate(MOVING)
    seen.scrolling = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    see_at_each_width(page, seen)
    _see_in_forced_colours(page, seen)
    _see_at_twice_the_size(page, seen)
    page.set_viewport_size(ZOOMED)
    seen.too_wide_when_zoomed = overflow(page)
    seen.complaints = watched.complaints
    seen.strangers = watched.strangers(urlsplit(address).netloc)
    seen.cookies = [f"{cookie['domain']} {cookie['name']}" for cookie in page.context.cookies()]
    return seen


def violations(page, *, without=(), only=()):
    """What axe-core finds wrong with a page as it is shown now.

    Args:
        page: A window that has `AXE` loaded.
        without: Rules that are left out.
        only: The rules that are asked; without it, all.
    """
    # At the end of the page the bar to call and book lies over nothing.
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    if only:
        return page.evaluate(RUN_AXE, {"runOnly": {"type": "rule", "values": list(only)}})
    # Axe-core leaves the one rule that WCAG 2.2 added, 2.5.8, to those who ask for it.
    rules = {"target-size": {"enabled": True}} | {rule: {"enabled": False} for rule in without}
    return page.evaluate(RUN_AXE, {"rules": rules})


def overflow(page) -> int:
    """By how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def _load(page, address, seen):
    """Note what the server sent, and for each kind of file the bytes on the way, all files of it together."""
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    sent = page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    seen.status, seen.document = sent.status, sent.text()
    seen.weights = dict.fromkeys(WEIGHED, 0)
    for answer in answers:
        kind = answer.request.resource_type
        if kind in seen.weights:
            seen.weights[kind] += _size(kind, answer.body())


def _size(kind, body):
    # A font is compressed by its own format; a server compresses the rest.
    return len(body) if kind == "font" else len(gzip.compress(body, 6))


def see_at_each_width(page, seen):
    """Every rule in the light, and in the dark those that follow from colours: no other can differ.

    In the dark, a width at which every text looks as at another one is not asked again.
    """
    for scheme, only in (("light", ()), ("dark", COLOUR_RULES)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            is_asked = scheme == "light" or page.evaluate(TEXT_LOOKS_NEW)
            found = violations(page, only=only) if is_asked else []
            seen.violations += [f"{seen.path} {scheme} {width}: {one}" for one in found]
            seen.too_wide += [f"{seen.path} {scheme} {width}"] if overflow(page) > 0 else []


def _see_in_forced_colours(page, seen):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce", forced_colors="active")
    # The colours are the reader's own, and axe-core reads those that the page would have had.
    seen.lost_in_forced_colours = violations(page, without=["color-contrast"])
    seen.lost_in_forced_colours += page.evaluate(BUTTONS_WITHOUT_AN_EDGE)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference", forced_colors="none")


def _see_at_twice_the_size(page, seen):
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        lost = page.evaluate(CLIPPED) + ([f"{overflow(page)} pixels too wide"] if overflow(page) > 0 else [])
        seen.lost_at_twice_the_size[size["width"]] = lost
    page.evaluate("document.documentElement.style.fontSize = ''")
