"""The stylesheet's address and what it serves."""

import re

from django.test import RequestFactory

from clinicsite.clinics.brand import Brand
from clinicsite.clinics.stylesheets import slug_of, stylesheet_view


def answer(slug):
    return stylesheet_view(RequestFactory().get("/"), slug)


def test_the_present_address_may_be_kept_for_ever():
    slug = slug_of(Brand("#2d5f3f", "#b4532a", "figtree"))
    response = answer(slug)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "text/css; charset=utf-8"


def test_each_clinic_gets_its_own_colours_and_fonts():
    text = answer(slug_of(Brand("#2d5f3f", "#b4532a", "lora-source-sans"))).content.decode()
    assert "--brand:#2d5f3f" in text
    assert "Lora" in text
    assert "Figtree" not in text


def test_each_clinic_loads_the_rules_of_its_own_mood_alone():
    text = answer(slug_of(Brand(mood="warm"))).content.decode()
    assert ".mood-warm .card" in text
    assert ".mood-crisp" not in text


def test_an_outdated_address_gets_the_present_stylesheet_for_a_minute():
    response = answer("2d5f3f-b4532a-figtree-warm-000000000000")
    assert response["Cache-Control"] == "public, max-age=60"
    text = response.content.decode()
    assert ":root,.mood-warm{" in text
    assert "--brand:#2d5f3f" in text


def test_an_address_nobody_made_gets_the_default_look():
    response = answer("nonsense")
    assert response.status_code == 200
    assert "--brand:#1f5f6b" in response.content.decode()


def test_the_address_changes_with_the_mood():
    assert "-figtree-warm-" in slug_of(Brand(mood="warm"))


def test_the_address_changes_with_the_colour():
    assert slug_of(Brand("#2d5f3f")) != slug_of(Brand("#1f5f6b"))


def test_a_page_loads_the_font_of_its_words_ahead_and_that_is_the_stylesheets(clinic, visit):
    page = visit("/").text
    ahead = re.search(r'<link rel="preload" as="font" type="font/woff2" href="([^"]+)" crossorigin>', page)
    stylesheet = visit(re.search(r'<link rel="stylesheet" href="([^"]+)">', page)[1]).text
    assert f'url("{ahead[1]}")' in stylesheet
