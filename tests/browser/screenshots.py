"""Takes the pictures that README and docs show: `make screenshots`.

With `--all FOLDER`, takes every page type of every clinic at phone and desktop width instead, for looking at.
"""

import argparse
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from clinicsite.provisioning.demo.data import CLINICS
from tests.browser.chromium import launch, sign_in
from tests.browser.server import PASSWORD, ROOT, demo_server

IMAGES = ROOT / "docs" / "images"
#: Widest a picture in the docs is, in pixels: small enough to be committed.
DOC_WIDTH = 1000
VIEWPORTS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
PATHS = {
    "home": "/",
    "treatments": "/treatments/",
    "treatment": "/treatments/dry-needling/",
    "conditions": "/conditions/",
    "condition": "/conditions/low-back-pain/",
    "team": "/team/",
    "locations": "/locations/",
    "blog": "/blog/",
    "about": "/about/",
    "contact": "/contact/",
}
#: Name of a picture -> (clinic, or "" for the admin as Northgate's owner; path).
DOC_PICTURES = {
    "clinic-page": ("northgate", "/treatments/dry-needling/"),
    "admin": ("", "/admin/"),
    "admin-locations": ("", "/admin/locations/"),
    "admin-settings": ("", "/admin/settings/clinics/clinicsettings/"),
}


def main():
    """Read the arguments, build the demo and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--all", type=Path, metavar="FOLDER", help="Take every page of every clinic into FOLDER."
    )
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="clinicsite-") as folder,
        demo_server(Path(folder) / "shared", Path(folder) / "own") as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        if arguments.all:
            take_all(browser, server, arguments.all)
        else:
            take_for_docs(browser, server)
        browser.close()


def take_for_docs(browser, server):
    """The few pictures that the docs name, as small palette PNGs."""
    page = browser.new_context(viewport=VIEWPORTS["desktop"]).new_page()
    sign_in(page, server, "northgate-owner", PASSWORD)
    IMAGES.mkdir(exist_ok=True)
    for name, (clinic, path) in DOC_PICTURES.items():
        page.goto(server.url(clinic, path) if clinic else server.agency_url(path))
        page.wait_for_load_state("networkidle")
        shot = Image.open(BytesIO(page.screenshot()))
        shot.thumbnail((DOC_WIDTH, DOC_WIDTH))
        shot.quantize(128).save(IMAGES / f"{name}.png", optimize=True)


def take_all(browser, server, folder):
    """Every page type of every clinic at both widths, whole pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, viewport in VIEWPORTS.items():
        page = browser.new_context(viewport=viewport).new_page()
        for clinic in CLINICS:
            for name, path in PATHS.items():
                page.goto(server.url(clinic, path))
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{clinic}-{name}-{width}.png", full_page=True)


if __name__ == "__main__":
    main()
