"""What holds for every public template."""

import re
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import page_not_found

from clinicsite.clinics.brand import MOODS, OPENINGS
from clinicsite.clinics.models import ClinicSettings, Mood
from clinicsite.core.checks import our_blocks
from clinicsite.core.rendering import rendering_for
from clinicsite.core.styleguide import PAGES, component_names, styleguide
from clinicsite.core.styleguide_samples import samples

TEMPLATES = Path(settings.ASSETS_DIR) / "templates"
PUBLIC = [path for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts]


def name_of(path):
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_no_template_holds_inline_style_or_script(path):
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"<[^>]*\s(style|on[a-z]+)=", text) == []
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)", text) == []


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_no_template_is_longer_than_120_lines(path):
    assert len(path.read_text().splitlines()) <= 120


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=name_of)
def test_a_component_begins_by_naming_its_variables(path):
    assert path.read_text().startswith("{# Variables: ")


@pytest.mark.django_db
def test_the_styleguide_leaves_no_component_out():
    assert set(samples()) == set(component_names())


@pytest.mark.django_db
def test_the_styleguide_shows_every_component_block_and_opening_in_every_mood_light_and_dark():
    text = styleguide(RequestFactory().get("/styleguide/?all=yes")).content.decode()
    looks = re.split(r'<section class="styleguide__look ', text)[1:]
    moods = {path.stem for path in (Path(settings.ASSETS_DIR) / "static/css/moods").glob("*.css")}
    assert moods == set(Mood.values) == set(MOODS)
    assert [look.partition('"')[0] for look in looks] == [
        f"mood-{mood} opening-split scheme-{scheme}" for mood in MOODS for scheme in ("light", "dark")
    ]
    for look in looks:
        shown = re.findall(r'<section class="styleguide__item[^"]*" aria-label="([^"]+)"', look)
        assert [name for name in shown if "," not in name] == [
            *component_names(),
            *(type(block).__name__ for block in our_blocks()),
            *(f"opening {opening}" for opening in OPENINGS),
            *(f"page {page}" for page in PAGES),
        ]
    assert "There is no sample" not in text


def test_the_styleguide_leaves_out_no_page_that_stands_in_place_of_another():
    # What the pages extend, and what is the styleguide itself, is none of them.
    others = {"base", "plain", "styleguide"}
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
    assert re.search(r'href="/assets/aa0000-[0-9a-f]{6}-dm-sans-warm-[0-9a-f]{12}\.css"', text)
    assert text.count('class="styleguide__look') == 1


@pytest.mark.django_db
def test_the_styleguide_ignores_a_look_that_does_not_exist():
    asked = "/styleguide/?mood=sad&scheme=pink&font_pair=comic&brand_primary=red"
    text = styleguide(RequestFactory().get(asked)).content.decode()
    assert '<html lang="en-CA" class="mood-calm opening-split">' in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", component_names())
def test_a_component_is_valid_html(name):
    html = render_to_string(f"components/{name}.html", {"clinic": None, **samples()[name]})
    # A list item or a row is valid inside its list or table alone; links of the head inside the head.
    holders = {"reference": "ol", "comparison_row": "tbody", "head_of_page": "head", "head_of_site": "head"}
    holder = holders.get(name, "main")
    parser = html5lib.HTMLParser()
    parser.parseFragment(html, container=holder)
    assert [error for _, error, _ in parser.errors] == []
    assert html.strip() or name in ("picture", "figure")


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html", "offline.html"])
def test_a_page_for_when_things_fail_needs_nothing_to_be_shown(name):
    html = render_to_string(name)
    assert html5lib.HTMLParser(strict=True).parse(html) is not None
    assert "<h1" in html


def test_a_lost_visitor_meets_the_clinics_look_and_its_menu(clinic):
    with rendering_for(clinic.site):
        response = page_not_found(RequestFactory().get("/nowhere/"), None)
    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()
    assert clinic.settings.name in response.content.decode()


@pytest.mark.django_db
def test_the_preview_of_a_clinics_settings_shows_the_colours_being_tried():
    tried = ClinicSettings(
        name="Sample Clinic",
        brand_primary="#123456",
        font_pair="lora-source-sans",
        mood="warm",
        opening="arch",
        has_direct_billing=True,
    )
    request = RequestFactory().get("/")
    html = render_to_string("clinics/clinic_settings_preview.html", {"object": tried}, request)
    assert re.search(r'href="/assets/123456-[0-9a-f]{6}-lora-source-sans-warm-[0-9a-f]{12}\.css"', html)
    assert 'class="mood-warm opening-arch"' in html
    assert "None" not in html
    assert "Sample Clinic" in html
