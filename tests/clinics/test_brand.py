"""A clinic's colours stay readable whatever it chose."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from clinicsite.clinics.brand import Brand, brand_css, dark_palette, light_palette
from clinicsite.clinics.colours import contrast
from clinicsite.clinics.fonts import PAIRS
from clinicsite.clinics.models import FontPair
from clinicsite.clinics.oklch import from_hex

#: (main colour, second colour): common ones, and the most awkward that the form accepts.
CHOICES = [
    ("#1f5f6b", "#b4572f"),
    ("#000000", "#000000"),
    ("#0000ff", "#ff00ff"),
    ("#767676", "#949494"),
    ("#b30000", "#008a00"),
    ("#6f4e1c", "#2c789b"),
    ("#4b0082", "#c27c00"),
]
MOODS = ["calm", "crisp", "warm"]
PALETTES = [light_palette, dark_palette]

TEXT_ON = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("ink", "accent-tint"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "tint"),
    ("brand", "paper"),
    ("brand", "surface"),
    ("brand", "tint"),
    ("brand-strong", "tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("accent-text", "paper"),
    ("accent-text", "tint"),
    ("accent-text", "accent-tint"),
    ("on-band", "band"),
    ("on-band-muted", "band"),
    ("band", "on-band"),
    ("band", "on-band-muted"),
]
EDGES_ON = [("edge", "paper"), ("edge", "surface"), ("edge", "tint"), ("accent", "paper"), ("accent", "tint")]


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize(("primary", "accent"), CHOICES)
def test_text_reaches_4_5_to_1_and_edges_3_to_1_on_each_background(palette, mood, primary, accent):
    colours = palette(primary, accent, mood)
    faint = [
        (front, back, round(contrast(colours[front], colours[back]), 2))
        for pairs, least in ((TEXT_ON, 4.5), (EDGES_ON, 3))
        for front, back in pairs
        if contrast(colours[front], colours[back]) < least
    ]
    assert faint == []


def test_a_brand_colour_that_is_readable_already_is_kept_as_chosen():
    assert light_palette("#1f5f6b", "#b4572f")["brand"] == "#1f5f6b"


def test_a_colour_survives_the_way_through_oklch():
    colours = [colour for pair in CHOICES for colour in pair]
    assert [from_hex(colour).as_hex() for colour in colours] == colours


def test_both_schemes_define_the_same_properties():
    assert light_palette("#1f5f6b", "#b4572f").keys() == dark_palette("#1f5f6b", "#b4572f").keys()


def test_each_font_pair_a_clinic_can_choose_is_kept_with_the_project():
    assert set(PAIRS) == set(FontPair.values)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_of_fonts_loads_its_own_files_alone_and_weighs_less_than_80_kilobytes(pair):
    css = brand_css(Brand(font_pair=pair))
    paths = [settings.ASSETS_DIR / "static" / found for found in re.findall(r'url\("/static/([^"]+)"\)', css)]
    folders = {PAIRS[pair].headings.folder, PAIRS[pair].text.folder}
    assert {path.parent.name for path in paths} == folders
    assert sum(path.stat().st_size for path in paths) < 80_000
    assert all((path.parent / "LICENSE").is_file() for path in paths)


def test_fonts_show_a_stand_in_of_the_same_measure_while_they_load():
    css = brand_css(Brand(font_pair="lora-source-sans"))
    assert css.count("font-display:swap") == 3
    assert '"Lora","Lora stand-in 1","Lora stand-in 2",serif' in css
    assert "size-adjust:115.2%" in css


def test_every_property_that_the_stylesheet_reads_is_defined():
    folder = Path(settings.ASSETS_DIR) / "static" / "css"
    # The admin's own sheets read Wagtail's properties, and no clinic's page loads them.
    of_sites = (path for path in folder.rglob("*.css") if path.parent.name != "admin")
    css = "\n".join(path.read_text() for path in of_sites)
    defined = set(re.findall(r"(--[\w-]+):", css + brand_css(None)))
    assert set(re.findall(r"var\((--[\w-]+)", css)) - defined == set()
