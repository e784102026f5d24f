"""A clinic's mark for tabs and home screens, and its web manifest."""

from io import BytesIO

import html5lib
import pytest
from django.test import Client
from PIL import Image

from clinicsite.clinics.icons import SHAPES, icon_digest, icon_png
from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import rendering_for
from tests.factories import ImageFactory


def picture(**file):
    """A picture whose colours are exact."""
    return ImageFactory(file__format="PNG", **file)


def pixels_of(content):
    return Image.open(BytesIO(content)).convert("RGBA")


def icon_of(clinic, name):
    with rendering_for(clinic.site):
        return pixels_of(icon_png(profile_for(clinic.site), name))


def digest_of(clinic):
    with rendering_for(clinic.site):
        return icon_digest(profile_for(clinic.site))


def links_on(html):
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return {
        link.get("rel"): link.get("href") for link in tree.iter("link") if link.get("rel") != "stylesheet"
    }


@pytest.fixture
def red_square(clinic):
    """The clinic's favicon."""
    clinic.settings.favicon = picture(file__color="#ff0000", file__width=400, file__height=400)
    clinic.settings.save()


@pytest.mark.parametrize("name", SHAPES)
def test_an_icon_has_the_size_that_it_is_asked_for_in(clinic, red_square, name):
    side = SHAPES[name].side
    icon = icon_of(clinic, name)
    assert icon.size == (side, side)
    assert icon.getpixel((side // 2, side // 2)) == (255, 0, 0, 255)


@pytest.mark.parametrize("name", SHAPES)
def test_a_clinic_without_a_mark_has_its_letter_on_its_colour(clinic, name):
    clinic.settings.brand_primary = "#123456"
    clinic.settings.save()
    icon = icon_of(clinic, name)
    assert icon.getpixel((0, 0)) == (0x12, 0x34, 0x56, 255)
    assert (255, 255, 255, 255) in dict(map(reversed, icon.getcolors(maxcolors=1_000_000)))


def test_a_phones_icon_has_room_around_the_mark_and_no_hole(clinic, red_square):
    for name in ("touch", "maskable"):
        assert icon_of(clinic, name).getpixel((0, 0)) == (255, 255, 255, 255)


def test_a_small_mark_is_enlarged_and_a_wide_one_keeps_its_shape(clinic):
    clinic.settings.favicon = picture(file__color="#ff0000", file__width=20, file__height=10)
    clinic.settings.save()
    icon = icon_of(clinic, "192")
    assert icon.getbbox() == (0, 48, 192, 144)


def test_a_square_logo_stands_in_for_a_favicon_and_a_wide_one_does_not(clinic):
    clinic.settings.logo = picture(file__color="#00ff00", file__width=100, file__height=100)
    clinic.settings.save()
    assert icon_of(clinic, "96").getpixel((48, 48)) == (0, 255, 0, 255)
    clinic.settings.logo = picture(file__color="#00ff00", file__width=400, file__height=100)
    clinic.settings.save()
    assert icon_of(clinic, "96").getpixel((0, 0)) == (0x1F, 0x5F, 0x6B, 255)


def test_a_mark_whose_file_is_lost_leaves_the_letter(clinic, red_square):
    favicon = clinic.settings.favicon
    favicon.file.storage.delete(favicon.file.name)
    assert icon_of(clinic, "96").getpixel((0, 0)) == (0x1F, 0x5F, 0x6B, 255)


def test_a_changed_mark_has_another_address_and_an_unchanged_one_the_same(clinic, red_square):
    before = digest_of(clinic)
    clinic.settings.tagline = "New words."
    clinic.settings.save()
    assert digest_of(clinic) == before
    clinic.settings.favicon = picture(file__color="#0000ff")
    clinic.settings.save()
    assert digest_of(clinic) != before


def test_the_head_leads_to_icons_and_manifest_that_are_there(clinic, red_square, visit):
    links = links_on(visit("/").text)
    icon, touch = visit(links["icon"]), visit(links["apple-touch-icon"])
    assert icon["Content-Type"] == touch["Content-Type"] == "image/png"
    assert pixels_of(touch.content).size == (180, 180)
    assert "immutable" in icon["Cache-Control"]
    assert visit(links["manifest"]).status_code == 200


def test_browsers_that_ask_for_favicon_ico_get_the_small_sizes(clinic, red_square, visit):
    response = visit("/favicon.ico")
    icon = Image.open(BytesIO(response.content))
    assert icon.format == "ICO"
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_an_old_address_gets_the_present_icon_but_not_for_ever(clinic, red_square, visit):
    response = visit("/clinicsite/icons/000000000000/96.png")
    assert pixels_of(response.content).getpixel((48, 48)) == (255, 0, 0, 255)
    assert "immutable" not in response["Cache-Control"]
    assert visit("/apple-touch-icon.png").status_code == 200


def test_there_is_no_icon_of_another_name(clinic, visit):
    assert visit(f"/clinicsite/icons/{digest_of(clinic)}/9999.png").status_code == 404


def test_another_clinics_address_shows_no_mark_of_that_clinic(clinic, other_clinic, red_square):
    response = Client(HTTP_HOST=other_clinic.host).get(f"/clinicsite/icons/{digest_of(clinic)}/96.png")
    assert pixels_of(response.content).getpixel((48, 48)) != (255, 0, 0, 255)
    assert "immutable" not in response["Cache-Control"]


def test_the_manifest_names_the_clinic_its_colours_and_icons_that_are_there(clinic, visit):
    clinic.settings.brand_primary = "#123456"
    clinic.settings.save()
    response = visit("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert (manifest["name"], manifest["short_name"]) == ("North Clinic", "North Clinic")
    assert manifest["theme_color"] == "#123456"
    for icon in manifest["icons"]:
        width, height = pixels_of(visit(icon["src"]).content).size
        assert icon["sizes"] == f"{width}x{height}"
    assert [icon["purpose"] for icon in manifest["icons"]] == ["any", "any", "maskable"]


def test_a_long_name_is_not_offered_to_stand_under_an_icon(clinic, visit):
    clinic.settings.name = "North Clinic of the Whole Province"
    clinic.settings.save()
    assert "short_name" not in visit("/manifest.webmanifest").json()


def test_the_head_of_a_page_costs_no_query_for_its_icons(
    clinic, red_square, visit, django_assert_num_queries
):
    visit("/")
    with rendering_for(clinic.site):
        profile = profile_for(clinic.site)
        with django_assert_num_queries(0):
            icon_digest(profile)


def test_the_agencys_host_has_no_clinics_icon(clinic, client):
    assert client.get("/favicon.ico", HTTP_HOST="localhost").status_code == 404
    assert client.get("/manifest.webmanifest", HTTP_HOST="localhost").status_code == 404
