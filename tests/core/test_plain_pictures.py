"""Pictures of every kind: what is shown of them, what is stored, what their owners are told."""

from io import BytesIO

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from clinicsite.clinics.pictures import is_a_clinics
from clinicsite.core.pictures import filter_of, filters_of
from clinicsite.core.pictures.forms import UNREADABLE
from clinicsite.core.pictures.making import made
from clinicsite.core.pictures.plain import HELD, plain
from clinicsite.media.models import CustomImage
from tests.factories import ImageFactory

NORTH = {1: "N", 2: (43.0, 46.0, 5.5), 3: "W", 4: (79.0, 24.0, 44.0)}
EXIF_ARTIST, EXIF_ORIENTATION, EXIF_GPS = 0x013B, 0x0112, 0x8825


@pytest.fixture(autouse=True)
def _no_renditions():
    """Renditions are kept by ids that tests reuse."""
    caches["renditions"].clear()


def content_of(image, kind="PNG", **options):
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def stored(content, name):
    """A picture whose file is just this, as one stored by an earlier version."""
    picture = ImageFactory()
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(content)
    with Image.open(BytesIO(content)) as opened:
        CustomImage.objects.filter(pk=picture.pk).update(width=opened.width, height=opened.height)
    return CustomImage.objects.get(pk=picture.pk)


def telling_jpeg(size=(1600, 1200)):
    """A red picture, blue at its left, which tells where it was taken, by whom, and which way up."""
    image = Image.new("RGB", size, "#c02020")
    image.paste("#2020c0", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[EXIF_ARTIST] = "A. Person"
    exif[EXIF_ORIENTATION] = 6
    exif.get_ifd(EXIF_GPS).update(NORTH)
    return content_of(image, "JPEG", exif=exif, comment=b"At home", quality=95)


def opened(rendition):
    with rendition.file.open() as file:
        image = Image.open(BytesIO(file.read()))
        image.load()
    return image


class TestModes:
    @pytest.mark.parametrize("name", ["jpeg", "webp", "avif"])
    def test_a_grey_of_sixteen_bits_is_the_same_grey_of_eight(self, db, name):
        picture = stored(content_of(Image.new("I;16", (1600, 1200), 30_000)), "ultrasound.png")
        (rendition,) = made(picture, [filter_of(f"width-640|format-{name}")]).values()
        # 30,000 of 65,535 is 116.7 of 255; a codec may be off by a shade.
        assert opened(rendition).convert("L").getpixel((300, 200)) == pytest.approx(117, abs=1)

    @pytest.mark.parametrize(
        ("mode", "colour", "shown"),
        [
            ("1", 1, (255,)),
            ("L", 90, (90,)),
            ("P", 0, (0, 0, 0)),
            ("LA", (90, 128), (90, 90, 90, 128)),
            ("PA", (0, 128), (0, 0, 0, 128)),
            ("RGBA", (1, 2, 3, 4), (1, 2, 3, 4)),
            ("CMYK", (0, 0, 0, 255), (0, 0, 0)),
            ("YCbCr", (90, 128, 128), (90, 90, 90)),
            ("HSV", (0, 0, 90), (90, 90, 90)),
            ("I;16", 65_535, (255,)),
            ("I;16B", 257, (1,)),
            ("I", 30_000, (117,)),
        ],
    )
    def test_each_mode_becomes_one_that_every_format_holds(self, mode, colour, shown):
        image = plain(Image.new(mode, (4, 4), colour))
        pixel = image.getpixel((1, 1))
        assert image.mode in HELD
        assert (pixel if isinstance(pixel, tuple) else (pixel,)) == shown

    def test_shades_without_ends_of_their_own_reach_from_black_to_white(self):
        image = Image.new("F", (2, 1), -1.5)
        image.putpixel((1, 0), 2.5)
        assert list(plain(image).tobytes()) == [0, 255]

    def test_a_colour_that_stands_for_nothing_becomes_transparent(self):
        image = Image.new("P", (4, 4), 0)
        image.info["transparency"] = 0
        assert plain(image).getpixel((1, 1))[3] == 0

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_png_is_shown_in_every_format(self, db, mode):
        picture = stored(content_of(Image.new(mode, (800, 600))), "one.png")
        assert len(made(picture, filters_of("card"))) == len(filters_of("card"))

    def test_an_animation_is_shown_by_its_first_picture(self, db):
        frames = [Image.new("RGB", (320, 240), colour) for colour in ("#00ff00", "#ff0000")]
        content = content_of(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
        (rendition,) = made(stored(content, "one.webp"), [filter_of("width-320|format-jpeg")]).values()
        red, green, _blue = opened(rendition).convert("RGB").getpixel((100, 100))
        assert green > 240
        assert red < 15


class TestNothingButTheProfile:
    @pytest.mark.parametrize("name", ["jpeg", "png", "webp", "avif"])
    def test_no_file_for_the_public_tells_where_it_was_taken_or_by_whom(self, db, name):
        picture = stored(telling_jpeg(), "portrait.jpg")
        (rendition,) = made(picture, [filter_of(f"max-640x640|format-{name}")]).values()
        image = opened(rendition)
        assert dict(image.getexif()) == {}
        assert {"exif", "xmp", "comment", "photoshop"} & set(image.info) == set()
        # Turned as its orientation says: the blue left is at the top.
        assert image.size == (480, 640)
        red, _green, blue = image.convert("RGB").getpixel((240, 60))
        assert blue > red

    def test_wagtail_makes_such_a_file_anew_without_telling_either(self, db):
        picture = stored(telling_jpeg(), "portrait.jpg")
        rendition = picture.get_rendition(filter_of("width-320|format-jpeg").spec)
        assert dict(opened(rendition).getexif()) == {}

    def test_a_file_of_the_projects_own_pages_is_another(self, db):
        picture = stored(telling_jpeg(), "portrait.jpg")
        theirs = picture.get_rendition("width-320|format-jpeg")
        (ours,) = made(picture, [filter_of("width-320|format-jpeg")]).values()
        assert opened(theirs).getexif()[EXIF_ARTIST] == "A. Person"
        assert ours.pk != theirs.pk

    def test_the_colour_profile_stays(self, db):
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        content = content_of(Image.new("RGB", (640, 480), "red"), "JPEG", icc_profile=profile)
        for rendition in made(stored(content, "one.jpg"), filters_of("thumb")).values():
            assert opened(rendition).info["icc_profile"] == profile

    def test_a_profile_for_other_colours_does_not(self):
        image = Image.new("RGB", (4, 4))
        image.info["icc_profile"] = b"\0" * 16 + b"CMYK"
        assert plain(image).info == {}

    def test_a_damaged_profile_of_a_printers_colours_leaves_them_as_they_stand(self):
        image = Image.new("CMYK", (4, 4), (0, 0, 0, 255))
        image.info["icc_profile"] = b"\0" * 16 + b"CMYK"
        assert plain(image).getpixel((1, 1)) == (0, 0, 0)


class TestUploads:
    def uploaded(self, content, name):
        picture = CustomImage(title="One", file=ContentFile(content, name=name))
        picture.save()
        picture.refresh_from_db()
        return picture

    def test_the_original_tells_nothing_either_and_stands_upright(self, db):
        picture = self.uploaded(telling_jpeg(), "portrait.jpg")
        image = opened(picture)
        assert dict(image.getexif()) == {}
        assert "comment" not in image.info
        assert (picture.width, picture.height) == image.size == (1200, 1600)
        assert picture.file_size == picture.file.size

    def test_a_picture_that_tells_nothing_is_stored_as_it_came(self, db):
        content = content_of(Image.new("RGB", (640, 480), "red"), "JPEG", quality=50)
        with self.uploaded(content, "one.jpg").file.open() as file:
            assert file.read() == content

    def test_a_telephones_picture_of_48_megapixels_is_stored_smaller(self, db):
        content = content_of(Image.new("RGB", (8064, 6048), "#c02020"), "JPEG", quality=30)
        picture = self.uploaded(content, "large.jpg")
        # 12 million pixels in 4 to 3 are 4,000 by 3,000.
        assert (picture.width, picture.height) == (4000, 3000)

    def test_a_telephones_own_format_is_stored_as_jpeg(self, db):
        picture = self.uploaded(content_of(Image.new("RGB", (640, 480), "red"), "HEIF"), "IMG_0001.heic")
        assert picture.file.name.endswith(".jpg")
        assert opened(picture).format == "JPEG"

    def test_what_is_transparent_stays_so(self, db):
        info = {"exif": Image.Exif()}
        info["exif"][EXIF_ARTIST] = "A. Person"
        content = content_of(Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "PNG", **info)
        image = opened(self.uploaded(content, "logo.png"))
        assert (image.format, image.mode, image.getpixel((1, 1))[3]) == ("PNG", "RGBA", 0)
        assert dict(image.getexif()) == {}

    def test_one_that_was_stored_before_its_row_is_tidied_too(self, db):
        # As Wagtail does where the first form of an upload of many lacks something.
        picture = CustomImage(title="One")
        picture.file.save("portrait.jpg", ContentFile(telling_jpeg()), save=False)
        before = picture.file.name
        picture.save()
        assert dict(opened(picture).getexif()) == {}
        assert not picture.file.storage.exists(before) or picture.file.name == before

    def test_one_that_is_no_clinics_and_has_another_model_is_left_alone(self, clinic):
        theirs = CustomImage(title="One", collection=Collection.get_first_root_node())
        own = CustomImage(title="One", collection=clinic.collection)
        assert [is_a_clinics(picture) for picture in (theirs, own)] == [False, True]


class TestWords:
    @pytest.fixture
    def form_for(self, db):
        def bound(content, name):
            form_class = get_image_form(CustomImage)
            data = {"title": "One", "collection": Collection.get_first_root_node().pk}
            return form_class(data, {"file": SimpleUploadedFile(name, content)})

        return bound

    def test_a_telephones_pictures_are_taken(self, form_for):
        heic = content_of(Image.new("RGB", (640, 480)), "HEIF")
        large = content_of(Image.new("RGB", (8160, 6144)), "JPEG", quality=20)
        assert form_for(heic, "IMG_0001.heic").errors == {}
        assert form_for(large, "large.jpg").errors == {}

    def test_more_pixels_than_memory_allows_are_refused_in_words(self, form_for, settings):
        settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 300_000
        (words,) = form_for(content_of(Image.new("L", (640, 480))), "one.png").errors["file"]
        assert words.startswith("This picture has more than the 300,000 pixels")

    def test_a_damaged_picture_is_refused_in_words(self, form_for):
        (words,) = form_for(telling_jpeg()[:9_000], "half.jpg").errors["file"]
        assert words.startswith("This picture cannot be read to its end")

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
    def test_a_file_damaged_at_its_beginning_is_too(self, form_for, kind):
        content = content_of(Image.effect_noise((80, 60), 40), kind)
        damaged = [content[:length] for length in (1, 12, 20, 30)]
        damaged += [content[:n] + b"\xff" + content[n + 1 :] for n in range(4, 30)]
        shown = [
            form_for(one, f"one.{kind.lower()}").errors.get("file", [""])[0] for one in [*damaged, b"Dear"]
        ]
        # A byte that matters to nobody leaves a picture that can be read.
        in_words = ("This picture ", UNREADABLE)
        assert [words for words in shown if words and not words.startswith(in_words)] == []
        assert all(shown[:4])
        assert shown[-1] == UNREADABLE

    @pytest.mark.parametrize("kind", ["JPEG2000", "PPM", "TGA"])
    def test_a_picture_in_a_rarer_format_is_not_said_to_be_damaged(self, form_for, kind):
        content = content_of(Image.new("RGB", (80, 60)), kind)
        assert form_for(content, "one.png").errors["file"] == [UNREADABLE]

    def test_an_animated_png_is_not_said_to_be_damaged(self, form_for):
        frames = [Image.new("RGB", (80, 60), colour) for colour in ("#00ff00", "#ff0000")]
        content = content_of(frames[0], save_all=True, append_images=frames[1:])
        assert form_for(content, "one.png").errors["file"] == [UNREADABLE]

    def test_a_picture_of_which_nothing_is_seen_is_refused_in_words(self, form_for):
        (words,) = form_for(content_of(Image.new("L", (1, 30_000))), "line.png").errors["file"]
        assert words.startswith("This picture measures 1 × 30,000 pixels.")

    def test_its_own_screen_says_what_pages_show_a_picture_without(self, db):
        picture = stored(content_of(Image.new("L", (200, 17_000))), "screenshot.png")
        words = get_image_form(CustomImage)(instance=picture).fields["file"].help_text
        assert words.startswith("This picture cannot be made as WEBP:")

    def test_the_words_stand_on_the_screen(self, admin_client_of, owner, clinic):
        picture = stored(content_of(Image.new("L", (200, 17_000))), "screenshot.png")
        CustomImage.objects.filter(pk=picture.pk).update(collection=clinic.collection)
        response = admin_client_of(owner).get(reverse("wagtailimages:edit", args=[picture.pk]))
        assert "cannot be made as WEBP" in response.text

    def test_its_own_screen_says_that_a_file_is_lost(self, db):
        picture = ImageFactory()
        picture.file.storage.delete(picture.file.name)
        words = get_image_form(CustomImage)(instance=picture).fields["file"].help_text
        assert words.startswith("Pages cannot show this picture")

    def test_a_sound_picture_has_no_more_words_than_before(self, db):
        words = get_image_form(CustomImage)(instance=ImageFactory()).fields["file"].help_text
        assert words.startswith("Supported formats")
