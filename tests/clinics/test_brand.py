"""A clinic's colours stay readable whatever it chose."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from clinicsite.clinics.brand import Brand, brand_css, dark_palette, light_palette
from clinicsite.clinics.colours import contrast
from clinicsite.clinics.fonts import PAIRS
from clinicsite.clinics.look import FontPair, Mood, Opening
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
PALETTES = [light_palette, dark_palette]
#: Any colour at all, also one the form refuses: an import or an old address may hold it.
any_colour = st.integers(0, 0xFFFFFF).map("#{:06x}".format)

TEXT_ON = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("ink", "accent-tint"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "tint"),
    ("muted", "accent-tint"),
    ("brand", "paper"),
    ("brand", "surface"),
    ("brand", "tint"),
    ("brand", "accent-tint"),
    ("brand-strong", "surface"),
    ("brand-strong", "tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("accent-text", "paper"),
    ("accent-text", "surface"),
    ("accent-text", "tint"),
    ("accent-text", "accent-tint"),
    ("on-band", "band"),
    ("on-band-muted", "band"),
    ("band", "on-band"),
    ("band", "on-band-muted"),
]
EDGES_ON = [
    (front, back) for front in ("edge", "accent") for back in ("paper", "surface", "tint", "accent-tint")
]


def faint_pairs(palette):
    """(front, back, ratio) of what a palette makes hard to see."""
    return [
        (front, back, round(contrast(palette[front], palette[back]), 2))
        for pairs, least in ((TEXT_ON, 4.5), (EDGES_ON, 3))
        for front, back in pairs
        if contrast(palette[front], palette[back]) < least
    ]


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("mood", Mood.values)
@example("#9818a6", "#319646")
@given(any_colour, any_colour)
def test_any_two_colours_give_text_4_5_to_1_and_edges_3_to_1_on_each_background(
    palette, mood, primary, accent
):
    assert faint_pairs(palette(primary, accent, mood)) == []


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("mood", Mood.values)
@pytest.mark.parametrize(("primary", "accent"), CHOICES)
def test_the_most_awkward_colours_of_the_form_stay_readable(palette, mood, primary, accent):
    assert faint_pairs(palette(primary, accent, mood)) == []


def test_a_brand_colour_that_is_readable_already_is_kept_as_chosen():
    assert light_palette("#1f5f6b", "#b4572f")["brand"] == "#1f5f6b"


def test_a_colour_survives_the_way_through_oklch():
    colours = [colour for pair in CHOICES for colour in pair]
    assert [from_hex(colour).as_hex() for colour in colours] == colours


def test_both_schemes_define_the_same_properties():
    assert light_palette("#1f5f6b", "#b4572f").keys() == dark_palette("#1f5f6b", "#b4572f").keys()


def test_each_font_pair_a_clinic_can_choose_is_kept_with_the_project():
    assert set(PAIRS) == set(FontPair.values)


def test_each_mood_and_opening_a_clinic_can_choose_has_its_rules():
    css = Path(settings.BASE_DIR) / "static/clinicsite/css"
    openings = (css / "components/opening.css").read_text()
    assert set(Mood.values) == {path.stem for path in (css / "moods").glob("*.css")}
    # Words beside the picture is how every page begins, so that opening needs no rules of its own.
    assert {name for name in Opening.values if f".opening-{name} " not in openings} == {"split"}


@pytest.mark.parametrize("mood", Mood.values)
def test_a_moods_file_speaks_of_that_mood_alone(mood):
    text = (Path(settings.BASE_DIR) / f"static/clinicsite/css/moods/{mood}.css").read_text()
    assert set(re.findall(r"\.mood-(\w+)", text)) == {mood}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_of_fonts_loads_its_own_files_alone_and_weighs_less_than_80_kilobytes(pair):
    css = brand_css(Brand(font_pair=pair))
    paths = [settings.BASE_DIR / "static" / found for found in re.findall(r'url\("/static/([^"]+)"\)', css)]
    folders = {PAIRS[pair].headings.folder, PAIRS[pair].text.folder}
    assert {path.parent.name for path in paths} == folders
    assert sum(path.stat().st_size for path in paths) < 80_000
    assert all((path.parent / "LICENSE").is_file() for path in paths)


def test_fonts_show_a_stand_in_of_the_same_measure_while_they_load():
    css = brand_css(Brand(font_pair="lora-source-sans"))
    assert css.count("font-display:swap") == 3
    assert '"Lora","Lora stand-in 1","Lora stand-in 2",serif' in css
    assert "size-adjust:119.02%" in css


def test_every_property_that_the_stylesheet_reads_is_defined():
    folder = Path(settings.BASE_DIR) / "static/clinicsite/css"
    # The admin's own sheets read Wagtail's properties, and no clinic's page loads them.
    of_sites = (path for path in folder.rglob("*.css") if path.parent.name != "admin")
    css = "\n".join(path.read_text() for path in of_sites)
    defined = set(re.findall(r"(--[\w-]+):", css + brand_css(None)))
    # A property with a value to fall back on may be missing.
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) - defined == set()


def tokens(scheme):
    """The colours that tokens.css gives every clinic, in a scheme."""
    text = (Path(settings.BASE_DIR) / "static/clinicsite/css/tokens.css").read_text()
    both = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", text)
    return {name: light if scheme == "light" else dark for name, light, dark in both}


#: Text in a colour of its own: on its tint, and on every ground a clinic's pages have.
TONES = ["information", "warning", "urgent"]


@pytest.mark.parametrize(("scheme", "palette"), [("light", light_palette), ("dark", dark_palette)])
@pytest.mark.parametrize("mood", Mood.values)
@given(any_colour, any_colour)
def test_notes_are_readable_on_their_tints_and_states_on_every_ground(scheme, palette, mood, primary, accent):
    tones, colours = tokens(scheme), palette(primary, accent, mood)
    grounds = {name: colours[name] for name in ("paper", "surface", "tint")}
    pairs = [(tones[tone], tones[f"{tone}-tint"]) for tone in TONES]
    pairs += [
        (colours[front], tones[f"{tone}-tint"])
        for front in ("ink", "brand", "brand-strong")
        for tone in TONES
    ]
    pairs += [(tones[tone], ground) for tone in ("urgent", "closed") for ground in grounds.values()]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    marks = [(tones[tone], ground) for tone in ("open", "closed", *TONES) for ground in grounds.values()]
    assert [pair for pair in marks if contrast(*pair) < 3] == []


@pytest.mark.parametrize("palette", PALETTES)
@given(any_colour, any_colour)
def test_the_mark_of_an_open_place_is_seen_on_the_deep_band(palette, primary, accent):
    text = (Path(settings.BASE_DIR) / "static/clinicsite/css/tokens.css").read_text()
    mark = re.search(r"--open-on-band: (#\w{6})", text)[1]
    assert contrast(mark, palette(primary, accent)["band"]) >= 3
