"""What holds for every public template."""

import re
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.refusals import page_not_found
from clinicsite.core.rendering import rendering_for
from clinicsite.styleguide.samples import samples
from clinicsite.styleguide.views import component_names

TEMPLATES = Path(settings.BASE_DIR) / "templates/clinicsite"
STYLEGUIDE = Path(settings.PACKAGE_DIR) / "styleguide" / "templates"
PUBLIC = [path for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts]
PUBLIC += STYLEGUIDE.rglob("*.html")


def name_of(path):
    return str(path.relative_to(STYLEGUIDE if path.is_relative_to(STYLEGUIDE) else TEMPLATES))


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
@pytest.mark.parametrize("name", component_names())
def test_a_component_is_valid_html(name):
    html = render_to_string(f"clinicsite/components/{name}.html", {"clinic": None, **samples()[name]})
    # A list item or a row is valid inside its list or table alone; links of the head inside the head.
    holders = {"reference": "ol", "comparison_row": "tbody", "head_of_page": "head", "head_of_site": "head"}
    holder = holders.get(name, "main")
    parser = html5lib.HTMLParser()
    parser.parseFragment(html, container=holder)
    assert [error for _, error, _ in parser.errors] == []
    assert html.strip() or name in ("picture", "figure")


@pytest.mark.parametrize(
    "name", ["clinicsite/400.html", "clinicsite/500.html", "clinicsite/503.html", "clinicsite/offline.html"]
)
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
    html = render_to_string("clinicsite/clinics/clinic_settings_preview.html", {"object": tried}, request)
    assert re.search(r'href="/clinicsite/123456-[0-9a-f]{6}-lora-source-sans-warm-[0-9a-f]{12}\.css"', html)
    assert 'class="mood-warm opening-arch"' in html
    assert "None" not in html
    assert "Sample Clinic" in html
