"""A picture is cut once a size, and its files are those that Wagtail makes one by one."""

from io import BytesIO

import pytest
from PIL import Image
from wagtail.images.rect import Rect
from willow.plugins.pillow import PillowImage

from clinicsite.core.pictures.cutting import Decoded
from clinicsite.core.pictures.making import made
from clinicsite.core.pictures.shapes import filters_of
from tests.factories import ImageFactory

LEFT, RIGHT = Rect(0, 0, 40, 30), Rect(40, 0, 80, 30)


@pytest.fixture
def half_red():
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (80, 30), "blue")
    image.paste("red", (0, 0, 40, 30))
    return image


def test_a_part_in_a_size_is_cut_once(half_red):
    decoded = Decoded(half_red)
    first = decoded.auto_orient().crop(LEFT).resize((20, 15))
    assert decoded.auto_orient().crop(Rect(0, 0, 40, 30)).resize((20, 15)) is first


def test_other_parts_and_sizes_are_cut_as_ever(half_red):
    decoded = Decoded(half_red)
    for part in (LEFT, RIGHT, LEFT):
        for size in ((20, 15), (8, 6), (20, 15)):
            cut = decoded.crop(part).resize(size).image
            assert cut == PillowImage(half_red).crop(part).resize(size).image
            assert cut.getpixel((0, 0)) == ((255, 0, 0) if part is LEFT else (0, 0, 255))


@pytest.mark.django_db
def test_every_file_is_as_wagtail_makes_it_alone():
    picture = ImageFactory()
    filters = filters_of("portrait")
    files = made(picture, filters)
    assert list(files) == [one.spec for one in filters]
    for one in filters:
        if "avif" in one.spec:
            # Ours is written faster, so in other bytes.
            continue
        alone = BytesIO()
        one.run(picture, alone)
        with files[one.spec].file.open() as file:
            assert file.read() == alone.getvalue()
