"""The moods in a real browser: nothing hidden, nothing too wide, nothing too small for a thumb."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.visits import overflow

pytestmark = pytest.mark.browser

#: One clinic of each mood, and both crisp openings.
CLINICS = {"calm": "northgate", "crisp": "harbour", "crisp on colour": "millside", "warm": "stillwater"}
NARROWEST = {"width": 320, "height": 640}
PATHS = ("/", "/treatments/dry-needling/", "/conditions/low-back-pain/", "/team/", "/locations/", "/blog/")

FOCUSED = """() => {
  const bar = document.querySelector(".action-bar").getBoundingClientRect();
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  return {
    name: one.outerHTML.slice(0, 90),
    inBar: one.closest(".action-bar") !== null,
    last: one === document.body,
    hidden: box.bottom > bar.top + 1 && box.top < bar.bottom - 1,
  };
}"""

TOO_SMALL = """(selectors) => [...document.querySelectorAll(selectors)]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5)"""


LONG_WORD = "Sternocleidomastoid" * 4
#: Puts a long word wherever somebody's own title or summary stands.
WRITE = """([selectors, word]) => document.querySelectorAll(selectors).forEach((one) => {
  one.textContent = word;
})"""


@pytest.mark.parametrize(
    ("path", "selectors"),
    [
        ("/blog/", "h1, .card__title a"),
        ("/blog/desk-work-and-your-neck/", "h1, .post__summary, .breadcrumb li:last-child"),
        ("/treatments/dry-needling/", "h1, .hero__text, .breadcrumb li:last-child"),
        ("/search/?q=neck", ".search-result__title a, .search-result__extract"),
    ],
)
def test_a_long_word_widens_no_page(server, open_page, path, selectors):
    page = open_page(NARROWEST)
    page.goto(server.url("northgate", path))
    assert page.locator(selectors).count()
    page.evaluate(WRITE, [selectors, LONG_WORD])
    assert overflow(page) <= 0


@pytest.mark.parametrize("mood", CLINICS)
def test_no_mood_scrolls_sideways(server, open_page, mood):
    page = open_page(NARROWEST)
    for path in PATHS:
        page.set_viewport_size(NARROWEST)
        page.goto(server.url(CLINICS[mood], path))
        for size in (NARROWEST, DESKTOP):
            page.set_viewport_size(size)
            spare = overflow(page)
            assert spare <= 0, f"{path} is {spare} px too wide on {size['width']}"


@pytest.mark.parametrize("path", ["/", "/conditions/low-back-pain/"])
def test_what_is_focused_never_lies_behind_the_bar_to_call_and_book(server, open_page, path):
    page = open_page(PHONE, reduced_motion="reduce")
    page.goto(server.url("northgate", path))
    seen = []
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["last"]:
            break
        seen.append(focused)
    assert len(seen) > 20
    assert [one["name"] for one in seen if one["hidden"] and not one["inBar"]] == []


@pytest.mark.parametrize("mood", CLINICS)
def test_what_a_thumb_presses_is_44_pixels_high(server, open_page, mood):
    page = open_page(PHONE, has_touch=True)
    for path in ("/", "/blog/"):
        page.goto(server.url(CLINICS[mood], path))
        pressed = ".header a:not(.brand-mark), summary, .button, .tag, .condition-list a, .footer a"
        assert page.evaluate(TOO_SMALL, pressed) == []


@pytest.mark.parametrize("mood", CLINICS)
def test_round_corners_cut_no_word_of_a_comparison(server, open_page, mood):
    page = open_page(PHONE)
    page.goto(server.url(CLINICS[mood], "/treatments/dry-needling/"))
    corner = "(box) => getComputedStyle(box).borderStartStartRadius"
    assert set(page.locator(".comparison").evaluate_all(f"(all) => all.map({corner})")) == {"0px"}


@pytest.mark.parametrize("mood", CLINICS)
def test_icons_are_seen(server, open_page, mood):
    page = open_page(DESKTOP)
    page.goto(server.url(CLINICS[mood]))
    box = page.locator(".header-contact__phone .icon use").first.evaluate("(use) => use.getBBox().width")
    assert box > 10


@pytest.mark.parametrize("mood", CLINICS)
def test_fonts_come_from_the_clinics_own_host_and_move_nothing(server, open_page, mood):
    page = open_page(PHONE)
    page.goto(server.url(CLINICS[mood]), wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    shift = """() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 400);
    })"""
    assert page.evaluate(shift) <= 0.02
    fonts = [url for url in page.watched.requests if url.endswith(".woff2")]
    assert fonts
    assert page.watched.strangers(f"{CLINICS[mood]}.localhost") == []
