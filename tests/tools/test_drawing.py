"""The drawing of the demo's pictures: the same every time, in a clinic's colours, and refused in words."""

import pytest
from PIL import Image, ImageChops, ImageStat

from clinicsite.demo import data
from tools.drawing import LOGO_MARKS, Palette, draw, draw_logo, draw_portrait
from tools.drawing.__main__ import drawing_of

BLUE = Palette.from_brand("#1f5f8b", "#d9822b")
APPEARANCE = {"skin": "#c98d63", "hair": "#241c1b", "hair_style": "short", "top": "#2f6f6a"}


@pytest.mark.parametrize(
    "key", ["northgate/picture/calendar", "library/picture/needle-tray", "harbour/portrait/linh-daomorris"]
)
def test_a_picture_drawn_again_is_the_one_in_the_demo(key):
    with Image.open(data.PICTURES / data.pictures()[key]["file"]) as stored:
        difference = ImageChops.difference(drawing_of(key), stored)
    # The file has lost a little in being made small.
    assert max(ImageStat.Stat(difference).mean) < 2


def test_a_mark_drawn_again_is_the_one_in_the_demo():
    with Image.open(data.PICTURES / "harbour-logo.png") as stored:
        assert stored.tobytes() == drawing_of("harbour/logo").tobytes()


def test_drawing_a_picture_again_gives_the_same_picture():
    assert draw("calendar").tobytes() == draw("calendar").tobytes()


def test_clinics_brand_changes_the_colours_of_its_picture():
    assert draw("calendar", BLUE).tobytes() != draw("calendar").tobytes()


def test_unknown_picture_is_refused_with_the_known_keys():
    with pytest.raises(ValueError, match=r"no picture 'moon-base'.*maple-street"):
        draw("moon-base")


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
