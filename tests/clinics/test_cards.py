"""The card of a page: the picture shown with its link, in the clinic's look."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image, ImageChops
from wagtail.models import PageViewRestriction

from clinicsite.clinics.brand import Brand, light_palette
from clinicsite.clinics.cards import HEIGHT, WIDTH, Card, card_of
from clinicsite.clinics.cards.drawing import MOST_BYTES, card_jpeg, drawn
from clinicsite.clinics.cards.lettering import Lettering
from clinicsite.clinics.cards.shapes import ROOM
from clinicsite.clinics.fonts import PAIRS
from clinicsite.clinics.look import Mood, Opening
from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import rendering_for
from tests.factories import ImageFactory, LocationPageFactory, PractitionerPageFactory, StandardPageFactory

MARK = Image.new("RGBA", (96, 96), "#1f5f6b")


@pytest.fixture
def page(clinic):
    return StandardPageFactory(parent=clinic.home, title="About", hero_image=ImageFactory())


@pytest.fixture
def card(clinic):
    """The card of a page as its clinic would link it now."""

    def made(page):
        with rendering_for(clinic.site):
            return card_of(type(page).objects.get(pk=page.pk), profile_for(clinic.site))

    return made


def a_card(title="Dry needling", **fields):
    given = {
        "page_id": 1,
        "title": title,
        "subtitle": "",
        "name": "North Clinic",
        "place": "Maplewood · (416) 555-0100",
        "brand": Brand(),
        "opening": "split",
        "mark": "m",
    }
    return Card(**(given | fields))


def opened(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert len(response.content) <= MOST_BYTES
    return Image.open(BytesIO(response.content))


def is_cached_for_ever(response):
    return "immutable" in response["Cache-Control"]


def test_a_card_has_the_size_that_networks_ask_for_and_may_be_kept_for_ever(page, card, visit):
    response = visit(card(page).url)
    assert opened(response).size == (WIDTH, HEIGHT) == (1200, 630)
    assert is_cached_for_ever(response)


def test_a_card_is_drawn_once_and_not_while_a_page_is_read(page, card, visit, monkeypatch):
    drawings = []
    monkeypatch.setattr(
        "clinicsite.clinics.cards.views.card_jpeg", lambda *given: drawings.append(1) or card_jpeg(*given)
    )
    visit("/about/")
    assert drawings == []
    first, second = visit(card(page).url), visit(card(page).url)
    assert len(drawings) == 1
    assert first.content == second.content


def test_what_is_on_a_card_decides_its_address(clinic, page, card):
    before = card(page).url
    assert card(page).url == before
    seen = {before}
    for change in ("title", "picture", "name", "colour", "place"):
        if change == "title":
            page.title = "About us"
        if change == "picture":
            page.hero_image = ImageFactory()
        if change == "name":
            clinic.settings.name = "Northern Clinic"
        if change == "colour":
            clinic.settings.brand_primary = "#5a2d82"
        if change == "place":
            LocationPageFactory(parent__parent=clinic.home, is_primary=True).save_revision().publish()
        page.save()
        clinic.settings.save()
        seen.add(card(page).url)
    assert len(seen) == 6


def test_an_old_address_shows_the_present_card_for_a_while(page, card, visit):
    old = card(page).url
    page.title = "About our rooms"
    page.save()
    response = visit(old)
    assert response.content == visit(card(page).url).content
    assert not is_cached_for_ever(response)


def test_only_the_newest_card_of_a_page_is_kept(page, card, visit, monkeypatch):
    kept = {}
    monkeypatch.setattr(
        "clinicsite.clinics.cards.views.cache.set", lambda key, *values: kept.update({key: values})
    )
    visit(card(page).url)
    page.title = "About our rooms"
    page.save()
    visit(card(page).url)
    assert [values[0][0] for key, values in kept.items() if key.startswith("clinicsite:card:")] == [
        card(page).digest
    ]


def test_another_clinics_page_has_no_card_here(page, card, other_clinic):
    assert Client(HTTP_HOST=other_clinic.host).get(card(page).url).status_code == 404


@pytest.mark.parametrize("host", ["localhost", "nobody.example"])
def test_a_host_without_a_clinic_has_no_cards(page, card, host):
    assert Client(HTTP_HOST=host).get(card(page).url).status_code == 404


def test_a_draft_has_no_card(page, card, visit):
    address = card(page).url
    page.unpublish()
    assert visit(address).status_code in (404, 410)


@pytest.mark.parametrize("above", [False, True], ids=["the page", "the clinic"])
def test_a_page_behind_a_password_has_no_card(clinic, page, card, visit, above):
    address = card(page).url
    assert visit(address).status_code == 200
    PageViewRestriction.objects.create(
        page=clinic.home if above else page, restriction_type="password", password="open sesame"
    )
    assert visit(address).status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40])
def test_a_page_that_there_is_not_has_no_card(clinic, visit, number):
    assert visit(f"/clinicsite/cards/{number}-abc.jpg").status_code == 404


def test_a_library_page_has_no_card_on_any_clinics_host(clinic, library, visit):
    assert visit(f"/clinicsite/cards/{library.pk}-abc.jpg").status_code == 404


def test_a_page_whose_picture_is_lost_has_the_card_of_one_without(page, card, visit):
    image = page.hero_image
    image.file.storage.delete(image.file.name)
    corner = opened(visit(card(page).url)).getpixel((4, HEIGHT - 4))
    assert sum(corner) < 3 * 100, "The deep colour of the clinic is behind a title without a picture."


def test_the_card_shows_the_pages_own_picture_around_its_focal_point(clinic, card, visit):
    image = ImageFactory(file__width=1600, file__height=700)
    left, right = Image.new("RGB", (800, 700), "#c01010"), Image.new("RGB", (800, 700), "#1010c0")
    with image.file.storage.open(image.file.name, "wb") as file:
        both = Image.new("RGB", (1600, 700))
        both.paste(left, (0, 0))
        both.paste(right, (800, 0))
        both.save(file, "JPEG")
    image.focal_point_x, image.focal_point_y = 1400, 350
    image.focal_point_width = image.focal_point_height = 100
    image.save()
    page = StandardPageFactory(parent=clinic.home, hero_image=image)
    red, _green, blue = opened(visit(card(page).url)).getpixel((920, 315))
    assert blue > 150 > red


def test_a_person_is_named_with_their_profession(clinic, card):
    person = PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale")
    assert (card(person).title, card(person).subtitle) == ("Robin Vale", "Registered physiotherapist")
    assert card(person).alt == "Robin Vale. North Clinic"


def test_the_front_pages_card_says_what_the_front_page_says(clinic, card):
    assert card(clinic.home).title == clinic.home.hero_heading
    clinic.home.seo_title = "Physiotherapy in Maplewood"
    clinic.home.save()
    assert card(clinic.home).title == "Physiotherapy in Maplewood"


@pytest.mark.parametrize("opening", Opening.values)
@pytest.mark.parametrize("mood", Mood.values)
@pytest.mark.parametrize("has_picture", [True, False], ids=["picture", "plain"])
def test_every_look_is_drawn_in_the_clinics_colours(mood, opening, has_picture):
    brand = Brand("#7a2f2f", "#2f6f9f", "bitter-public-sans", mood)
    picture = Image.new("RGB", ROOM[opening][2:], "#00ff00") if has_picture else None
    image = drawn(a_card(brand=brand, opening=opening), picture, MARK)
    palette = light_palette(brand.primary, brand.accent, mood)
    assert _written(image.getpixel((4, HEIGHT - 4))) == palette["tint" if has_picture else "band"]
    assert (_written(image.getpixel((920, 320))) == "#00ff00") == has_picture


def _written(pixel):
    return "#{:02x}{:02x}{:02x}".format(*pixel)


def test_the_busiest_picture_makes_no_heavy_card():
    noise = Image.effect_noise(ROOM["bleed"][2:], 90).convert("RGB")
    assert len(card_jpeg(a_card(opening="bleed"), noise, MARK)) <= MOST_BYTES


@pytest.mark.parametrize("pair", PAIRS.values(), ids=list(PAIRS))
def test_french_and_other_western_names_are_drawn_as_they_are_written(pair):
    name = "Éloïse Bœuf-Lefèvre: “cœur” Ñandú Åse – Çaÿ…"
    for font in (pair.headings, pair.text):
        assert Lettering(font, 500).drawable(name) == name


def test_letters_beyond_the_fonts_lose_their_marks_or_are_left_out():
    letters = Lettering(PAIRS["figtree"].headings, 700)
    assert letters.drawable("Łódź Žižka Nguyễn") == "Lódz Zizka Nguyen"
    assert letters.drawable("Dry needling 針 🙂 now") == "Dry needling now"
    assert letters.drawable("one\u00a0two\nthree") == "one two three"


def test_a_title_of_no_letter_that_can_be_drawn_gives_way_to_the_clinics_name():
    named = drawn(a_card("North Clinic"), None, MARK)
    assert not ImageChops.difference(drawn(a_card("針灸"), None, MARK), named).getbbox()


@pytest.mark.parametrize("title", ["Боль: Łódź", "Dry needling 針灸"])
def test_a_title_of_which_only_a_part_can_be_drawn_gives_way_too(title):
    named = drawn(a_card("North Clinic"), None, MARK)
    assert not ImageChops.difference(drawn(a_card(title), None, MARK), named).getbbox()


def test_signs_and_marks_that_cannot_be_drawn_take_no_title_away():
    plain = drawn(a_card("Lódz now"), None, MARK)
    assert not ImageChops.difference(drawn(a_card("Łódź 🙂 now"), None, MARK), plain).getbbox()


def test_where_the_clinics_name_cannot_be_drawn_either_its_place_stands_there():
    image = drawn(a_card("針灸", name="東京クリニック"), None, MARK)
    empty = drawn(a_card("針灸", name="東京クリニック", place=""), None, MARK)
    top = (0, 100, WIDTH, 400)
    assert ImageChops.difference(image.crop(top), empty.crop(top)).getbbox()
