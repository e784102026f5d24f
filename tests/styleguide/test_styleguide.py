"""The style guide shows everything there is to show."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory

from clinicsite.clinics.look import Mood, Opening
from clinicsite.core.checks import our_blocks
from clinicsite.styleguide.samples import samples
from clinicsite.styleguide.views import PAGES, component_names, styleguide

TEMPLATES = Path(settings.BASE_DIR) / "templates/clinicsite"


@pytest.mark.django_db
def test_the_styleguide_leaves_no_component_out():
    assert set(samples()) == set(component_names())


@pytest.mark.django_db
def test_the_styleguide_shows_every_component_block_and_opening_in_every_mood_light_and_dark():
    text = styleguide(RequestFactory().get("/styleguide/?all=yes")).content.decode()
    looks = re.split(r'<section class="styleguide__look ', text)[1:]
    moods = {path.stem for path in (Path(settings.BASE_DIR) / "static/clinicsite/css/moods").glob("*.css")}
    assert moods == set(Mood.values)
    assert [look.partition('"')[0] for look in looks] == [
        f"mood-{mood} opening-split scheme-{scheme}" for mood in Mood.values for scheme in ("light", "dark")
    ]
    for look in looks:
        shown = re.findall(r'<section class="styleguide__item[^"]*" aria-label="([^"]+)"', look)
        assert [name for name in shown if "," not in name] == [
            *component_names(),
            *(type(block).__name__ for block in our_blocks()),
            *(f"opening {opening}" for opening in Opening.values),
            *(f"page {page}" for page in PAGES),
        ]
    assert "There is no sample" not in text


def test_the_styleguide_leaves_out_no_page_that_stands_in_place_of_another():
    # What the pages extend is none of them.
    others = {"base", "plain"}
    assert {path.stem for path in TEMPLATES.glob("*.html")} - others == set(PAGES)


@pytest.mark.django_db
def test_the_styleguide_shows_those_pages_with_the_clinics_phone_and_their_icons():
    text = styleguide(RequestFactory().get("/styleguide/")).content.decode()
    for page in PAGES:
        shown = text.partition(f'aria-label="page {page}"')[2].partition("</section>\n")[0]
        assert "<h1" in shown
        icons = set(re.findall(r'<use href="#([\w-]+)"', shown))
        assert all(f'<symbol id="{icon}"' in shown for icon in icons)
    assert text.count("How to reach us") > len(["400", "500", "503", "offline"])


@pytest.mark.django_db
def test_the_styleguide_shows_one_look_that_its_address_names():
    asked = "/styleguide/?mood=warm&scheme=dark&font_pair=dm-sans&brand_primary=%23AA0000&opening=bleed"
    text = styleguide(RequestFactory().get(asked)).content.decode()
    assert '<html lang="en-CA" class="mood-warm opening-bleed scheme-dark">' in text
    assert re.search(r'href="/clinicsite/aa0000-[0-9a-f]{6}-dm-sans-warm-[0-9a-f]{12}\.css"', text)
    assert text.count('class="styleguide__look') == 1


@pytest.mark.django_db
def test_the_styleguide_ignores_a_look_that_does_not_exist():
    asked = "/styleguide/?mood=sad&scheme=pink&font_pair=comic&brand_primary=red"
    text = styleguide(RequestFactory().get(asked)).content.decode()
    assert '<html lang="en-CA" class="mood-calm opening-split">' in text


def test_the_styleguide_has_an_address_on_a_clinics_host(client, clinic):
    response = client.get("/styleguide/", headers={"host": clinic.site.hostname})
    assert response.status_code == 200
    assert "<h1>Styleguide</h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("variables", "answers"),
    [
        ({"DJANGO_SETTINGS_MODULE": "clinicsite.settings.base"}, "wagtail_serve"),
        ({"DJANGO_SETTINGS_MODULE": "clinicsite.settings.development"}, "clinicsite_styleguide"),
        ({"DJANGO_SETTINGS_MODULE": "clinicsite.settings.development", "DEBUG": "no"}, "wagtail_serve"),
    ],
    ids=["any install", "development", "development without DEBUG"],
)
def test_only_whoever_develops_has_such_an_address(variables, answers):
    look = (
        "import django; from django.urls import resolve; django.setup(); "
        "print(resolve('/styleguide/', 'clinicsite.urls').url_name)"
    )
    finished = subprocess.run(
        [sys.executable, "-c", look],
        cwd=settings.BASE_DIR,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout.strip() == answers
