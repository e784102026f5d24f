"""Takes the pictures that README and docs show: `make screenshots`.

With `--all FOLDER`, takes every page type of every clinic at phone and desktop width instead, for looking at.
"""

import argparse
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from clinicsite.demo.data import CLINICS
from tests.browser.chromium import launch, sign_in
from tests.browser.pages import page_types
from tests.browser.server import PASSWORD, ROOT, fresh_demo_server

IMAGES = ROOT / "docs" / "images"
#: Widest a picture in the docs is, in pixels: small enough to be committed.
DOC_WIDTH = 1000
VIEWPORTS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
#: Tall enough for the longest screen: a picture of a part is cut out of it.
TALL = 6000
#: Pixels left free around a part.
MARGIN = 8
TREATMENTS = "/admin/clinicsite/treatments/"
RELEASES, MATRIX = "/admin/clinicsite/library/releases/", "/admin/clinicsite/library/matrix/"
UPDATES = "/admin/clinicsite/library/updates/"
HIDDEN = ".composed__section--hidden"
PANEL = "#panel-child-content-what_patients_read-section"


@dataclass(frozen=True)
class Picture:
    """One picture of the docs: whose screen, how to come there, and which part of it."""

    name: str
    #: A clinic, for its public site, or the login of somebody in the admin.
    seen_by: str
    path: str
    #: The links to follow from there, each by the beginning of its text.
    follow: tuple[str, ...] = ()
    #: Where a picture of a part begins, `height` pixels tall; empty for the whole window.
    part: str = ""
    height: int = 700
    viewport: str = "desktop"


DOC_PICTURES = (
    Picture("clinic-page", "northgate", "/treatments/dry-needling/"),
    Picture("admin", "northgate-owner", "/admin/"),
    Picture("admin-locations", "northgate-owner", "/admin/clinicsite/locations/"),
    Picture("admin-settings", "northgate-owner", "/admin/settings/clinicsite_clinics/clinicsettings/"),
    Picture("library-updates", "harbour-owner", UPDATES, part="main", height=624),
    Picture("library-compare", "harbour-owner", UPDATES, ("See what changed: Dry",), "main", 860),
    Picture("library-answer", "harbour-owner", UPDATES, ("See what changed: Dry",), ".compare__answers", 720),
    Picture("library-panel", "prairie-haven-owner", TREATMENTS, ("Dry needling",), HIDDEN, 690),
    Picture("library-held", "millside-owner", TREATMENTS, ("Dry needling",), PANEL, 400),
    Picture(
        name="library-phone",
        seen_by="stillwater-owner",
        path=TREATMENTS,
        follow=("Massage therapy",),
        part=".composed__section--hidden_changed",
        height=236,
        viewport="phone",
    ),
    Picture("library-add", "harbour-owner", "/admin/clinicsite/library/add/", part="main", height=700),
    Picture(
        name="library-pilot",
        seen_by="release-manager",
        path=RELEASES,
        follow=("Low back pain", "What will this change?"),
        part="main",
    ),
    Picture("library-releases", "release-manager", RELEASES, part="main", height=640),
    Picture(
        name="library-preview",
        seen_by="library-editor",
        path=RELEASES,
        follow=("Low back pain", "What will this change?", "Preview as clinic", "Northgate"),
    ),
    Picture("library-matrix", "release-manager", MATRIX, part="main", height=900),
)


def main():
    """Read the arguments, build the demo and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--all", type=Path, metavar="FOLDER", help="Take every page of every clinic into FOLDER."
    )
    arguments = parser.parse_args()
    with fresh_demo_server() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        if arguments.all:
            take_all(browser, server, arguments.all)
        else:
            take_for_docs(browser, server)
        browser.close()


def take_for_docs(browser, server):
    """The few pictures that the docs name, as small palette PNGs."""
    IMAGES.mkdir(exist_ok=True)
    for picture in DOC_PICTURES:
        page = browser.new_context(viewport=VIEWPORTS[picture.viewport]).new_page()
        open_screen(page, server, picture)
        shot = Image.open(BytesIO(take(page, picture)))
        shot.thumbnail((DOC_WIDTH, DOC_WIDTH))
        shot.quantize(128).save(IMAGES / f"{picture.name}.png", optimize=True)
        page.context.close()


def open_screen(page, server, picture):
    """Go where a picture is taken, as the person who sees it."""
    if picture.seen_by in CLINICS:
        page.goto(server.url(picture.seen_by, picture.path))
    else:
        sign_in(page, server, picture.seen_by, PASSWORD)
        page.goto(server.agency_url(picture.path))
    for name in picture.follow:
        page.locator("main a").filter(has_text=re.compile(rf"^\s*{re.escape(name)}")).first.click()
        page.wait_for_load_state()
    page.wait_for_load_state("networkidle")


def take(page, picture) -> bytes:
    """The window, or the part of the screen that the picture is about."""
    if not picture.part:
        return page.screenshot()
    page.set_viewport_size({"width": page.viewport_size["width"], "height": TALL})
    box = page.locator(picture.part).first.bounding_box()
    main_left = page.locator("main").bounding_box()["x"]
    left, top = max(main_left, box["x"] - MARGIN), max(0, box["y"] - MARGIN)
    right = min(page.viewport_size["width"], box["x"] + box["width"] + MARGIN)
    return page.screenshot(clip={"x": left, "y": top, "width": right - left, "height": picture.height})


def take_all(browser, server, folder):
    """Every page type of every clinic at both widths, whole pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, viewport in VIEWPORTS.items():
        page = browser.new_context(viewport=viewport).new_page()
        for clinic in CLINICS:
            for name, path in page_types(server, clinic).items():
                page.goto(server.url(clinic, path))
                page.wait_for_load_state("networkidle")
                _load_what_is_below(page)
                page.screenshot(path=folder / f"{clinic}-{name}-{width}.png", full_page=True)


def _load_what_is_below(page):
    """Pictures below the fold load when somebody comes near them."""
    page.evaluate(
        """() => {
            document.querySelectorAll("img[loading=lazy]").forEach(one => { one.loading = "eager"; });
            return Promise.all([...document.images].map(one => one.decode()));
        }"""
    )


if __name__ == "__main__":
    main()
