"""The demo's drawings: complete, the right size, the same every time, and in the clinic's colours."""

from io import BytesIO

import pytest
from PIL import Image, ImageStat

from clinicsite.provisioning.demo.drawing import (
    HAIR_STYLES,
    LOGO_MARKS,
    NEUTRAL,
    PICTURES,
    Palette,
    draw,
    draw_logo,
    draw_portrait,
    file_suffix,
    to_bytes,
)

HERO_KEYS = ["maple-street", "harbour-view", "mill-stream", "prairie", "cedar-forest"]
TREATMENT_KEYS = [
    *("dry-needling", "clinical-acupuncture", "shockwave-therapy"),
    *("massage-therapy", "active-release", "chiropractic-care"),
]
CONDITION_KEYS = [
    *("low-back-pain", "neck-and-shoulder-pain", "sciatica", "muscle-spasm", "tension-headache", "migraine"),
    *("tennis-elbow", "plantar-heel-pain", "carpal-tunnel-syndrome", "whiplash", "myofascial-pain"),
    "sports-injuries",
]
POST_KEYS = [
    *("reading-chair", "desk-worker", "walking-path", "water-glass", "clinic-room", "running-shoes"),
    *("winter-road", "hands", "needle-tray", "neck-stretch", "calendar", "sleep", "team"),
]
CONTENT_KEYS = [*HERO_KEYS, *TREATMENT_KEYS, *CONDITION_KEYS, *POST_KEYS]
BLUE = Palette.from_brand("#1f5f8b", "#d9822b")
APPEARANCE = {"skin": "#c98d63", "hair": "#241c1b", "hair_style": "short", "top": "#2f6f6a"}


@pytest.fixture(scope="module")
def drawn():
    return {key: draw(key) for key in PICTURES}


def test_every_picture_that_the_content_may_name_can_be_drawn():
    assert sorted(PICTURES) == sorted(CONTENT_KEYS)


@pytest.mark.parametrize("key", CONTENT_KEYS)
def test_picture_has_the_right_size_and_is_not_blank(key, drawn):
    picture = drawn[key]
    assert (picture.size, picture.mode) == ((1600, 1000), "RGB")
    assert max(ImageStat.Stat(picture).stddev) > 12


@pytest.mark.parametrize("key", CONTENT_KEYS)
def test_picture_is_a_small_file_that_opens_again(key, drawn):
    content = to_bytes(drawn[key])
    assert len(content) <= 60_000
    assert Image.open(BytesIO(content)).size == (1600, 1000)


def test_no_two_pictures_are_the_same(drawn):
    assert len({picture.tobytes() for picture in drawn.values()}) == len(PICTURES)


@pytest.mark.parametrize("key", CONTENT_KEYS)
def test_drawing_a_picture_again_gives_the_same_picture(key, drawn):
    assert draw(key, NEUTRAL).tobytes() == drawn[key].tobytes()


def test_clinics_brand_changes_the_colours_of_its_hero(drawn):
    assert draw("harbour-view", BLUE).tobytes() != drawn["harbour-view"].tobytes()


def test_unknown_picture_is_refused_with_the_known_keys():
    with pytest.raises(ValueError, match=r"no picture 'moon-base'.*maple-street"):
        draw("moon-base")


@pytest.mark.parametrize("hair_style", HAIR_STYLES)
def test_portrait_shows_each_hair_style_differently_but_repeatably(hair_style):
    appearance = {**APPEARANCE, "hair_style": hair_style}
    portrait = draw_portrait(appearance, BLUE)
    others = [style for style in HAIR_STYLES if style != hair_style]
    assert portrait.size == (900, 1100)
    assert portrait.tobytes() == draw_portrait(appearance, BLUE).tobytes()
    assert portrait.tobytes() != draw_portrait({**APPEARANCE, "hair_style": others[0]}, BLUE).tobytes()


@pytest.mark.parametrize("feature", ["glasses", "beard"])
def test_portrait_shows_glasses_and_beard_only_where_asked(feature):
    plain = draw_portrait({**APPEARANCE, feature: False})
    assert plain.tobytes() == draw_portrait(APPEARANCE).tobytes()
    assert plain.tobytes() != draw_portrait({**APPEARANCE, feature: True}).tobytes()


def test_portrait_wears_the_skin_and_top_it_was_given():
    portrait = draw_portrait(APPEARANCE)
    assert portrait.getpixel((450, 440)) == (0xC9, 0x8D, 0x63)
    assert portrait.getpixel((450, 1000)) == (0x2F, 0x6F, 0x6A)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"hair_style": "mohawk"}, "not a hair style. Choose one of short"),
        ({"skin": "brown"}, "Write it as #rrggbb"),
    ],
)
def test_portrait_refuses_what_it_cannot_draw_and_says_what_to_write(wrong, message):
    with pytest.raises(ValueError, match=message):
        draw_portrait({**APPEARANCE, **wrong})


@pytest.mark.parametrize("mark", LOGO_MARKS)
def test_logo_is_one_colour_on_a_transparent_ground(mark):
    logo = draw_logo(mark, "#1f5f8b")
    colours = {colour[:3] for _, colour in logo.getcolors(maxcolors=100_000)}
    assert (logo.size, logo.mode) == ((512, 512), "RGBA")
    assert colours == {(0x1F, 0x5F, 0x8B)}
    assert logo.getchannel("A").getextrema() == (0, 255)
    assert logo.getpixel((2, 2))[3] == 0


def test_unknown_logo_mark_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"not a logo mark\. Choose one of leaf"):
        draw_logo("comet", "#1f5f8b")


def test_logo_keeps_its_transparency_as_a_png_and_a_picture_becomes_webp(drawn):
    logo, picture = draw_logo("leaf", "#1f5f8b"), drawn["calendar"]
    saved = Image.open(BytesIO(to_bytes(logo)))
    assert (saved.format, saved.mode, file_suffix(logo)) == ("PNG", "RGBA", ".png")
    assert (Image.open(BytesIO(to_bytes(picture))).format, file_suffix(picture)) == ("WEBP", ".webp")


@pytest.mark.parametrize("brand", [("#000000", "#ffffff"), ("#ff00ff", "#00ff00"), ("#6b3f73", "#c4704f")])
def test_palette_of_any_brand_holds_only_colours_a_screen_can_show(brand):
    palette = Palette.from_brand(*brand)
    families = (palette.main, palette.warm, palette.gold, palette.leaf, palette.sky, palette.sand)
    for family in families:
        for step in range(11):
            assert all(0 <= channel <= 255 for channel in family(step / 10))
        assert sum(family(0.2)) < sum(family(0.5)) < sum(family(0.9))


@pytest.mark.parametrize("brand", ["#6b3f73", "#8b1f1f", "#1f5f8b", "#7a5c00"])
def test_leaves_stay_green_and_sky_stays_blue_whatever_the_brand(brand):
    palette = Palette.from_brand(brand, "#d9822b")
    red, green, blue = palette.leaf(0.6)
    assert green == max(red, green, blue)
    red, green, blue = palette.sky(0.8)
    assert blue == max(red, green, blue)


@pytest.mark.parametrize("value", ["", "#fff", "red", "#12345g", "#1234567"])
def test_malformed_brand_colour_is_refused_with_an_example(value):
    with pytest.raises(ValueError, match="Write it as #rrggbb"):
        Palette.from_brand(value, "#d9822b")
