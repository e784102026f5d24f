"""Pictures: the formats and sizes a page offers, the first one early, all of them made ahead."""

from io import BytesIO, StringIO

import html5lib
import pytest
from django.core.cache import caches
from django.core.management import call_command
from django_tasks import task_backends
from PIL import AvifImagePlugin, Image

from clinicsite.clinics.look import Opening
from clinicsite.core.pictures import SHAPES, SHARED, avif, filters_of, front_shape, making
from clinicsite.core.pictures.operations import PLAIN
from clinicsite.core.pictures.preparing import left_for_later, prepare_picture, shapes_of
from clinicsite.media.models import CustomImage
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ImageFactory,
    PractitionerPageFactory,
    StandardPageFactory,
)
from tests.factories.everything import EVERY_PAGE_TYPE, Everything
from tests.factories.sections import section
from tests.library.pages import follower_of, library_treatment

pytestmark = pytest.mark.indexed


@pytest.fixture(autouse=True)
def _no_renditions():
    """Renditions are kept by ids that tests reuse."""
    caches["renditions"].clear()


@pytest.fixture
def image():
    return ImageFactory(file__width=1600, file__height=1200)


@pytest.fixture
def see(visit):
    """A page as it is once its pictures are made, which its first view asks for."""

    def seen(path):
        visit(path)
        return page_of(visit, path)

    return seen


def page_of(visit, path):
    return html5lib.parse(visit(path).text, namespaceHTMLElements=False)


def preloads(tree):
    links = tree.iter("link")
    return [link for link in links if (link.get("rel"), link.get("as")) == ("preload", "image")]


def files_of(srcset):
    return [part.split()[0] for part in srcset.split(", ")]


def test_a_picture_comes_as_avif_and_webp_and_as_jpeg_for_old_browsers(clinic, image, see):
    StandardPageFactory(parent=clinic.home, title="About", hero_image=image)
    (picture,) = see("/about/").iter("picture")
    avif, webp = picture.findall("source")
    fallback = picture.find("img")
    assert (avif.get("type"), webp.get("type")) == ("image/avif", "image/webp")
    assert fallback.get("src").endswith(".jpg")
    for source in (avif, webp, fallback):
        assert source.get("sizes") == SHAPES["hero"].sizes
        assert [part.split()[1] for part in source.get("srcset").split(", ")] == ["640w", "1280w"]
    assert (fallback.get("width"), fallback.get("height")) == ("640", "480")


def test_the_files_are_what_their_names_say(clinic, image, see):
    StandardPageFactory(parent=clinic.home, title="About", hero_image=image)
    see("/about/")
    for rendition in image.renditions.all():
        with rendition.file.open() as file:
            assert Image.open(file).format.lower() == rendition.filter_spec.split("|")[1].removeprefix(
                "format-"
            )


def test_the_first_picture_is_loaded_at_once_and_before_the_text_is_read(clinic, image, see):
    StandardPageFactory(parent=clinic.home, title="About", hero_image=image)
    tree = see("/about/")
    shown = tree.find(".//picture/img")
    assert shown.get("fetchpriority") == "high"
    assert shown.get("loading") is None
    (preload,) = preloads(tree.find("head"))
    avif = tree.find(".//picture/source[@type='image/avif']")
    assert (preload.get("as"), preload.get("type")) == ("image", "image/avif")
    assert (preload.get("imagesrcset"), preload.get("imagesizes")) == (avif.get("srcset"), avif.get("sizes"))


def test_a_page_without_a_picture_on_top_loads_none_early(clinic, visit):
    StandardPageFactory(parent=clinic.home, title="About")
    assert preloads(page_of(visit, "/about/")) == []


def test_a_picture_whose_file_is_lost_is_not_loaded_early(clinic, image, visit):
    StandardPageFactory(parent=clinic.home, title="About", hero_image=image)
    image.file.storage.delete(image.file.name)
    assert preloads(page_of(visit, "/about/")) == []


@pytest.mark.parametrize("opening", Opening.values)
def test_the_front_pages_picture_is_wide_enough_for_how_the_page_begins(clinic, image, see, opening):
    clinic.home.hero_image = image
    clinic.home.save()
    clinic.settings.opening = opening
    clinic.settings.save()
    tree = see("/")
    (preload,) = preloads(tree)
    shown = tree.find(".//picture/img")
    assert preload.get("imagesizes") == shown.get("sizes") == SHAPES[front_shape(opening)].sizes
    is_wide = shown.get("srcset").endswith("1600w")
    assert is_wide == (opening == "panorama")


@pytest.fixture
def everything(clinic):
    return Everything(clinic, several=2)


def test_on_every_page_one_picture_at_most_is_early_and_all_others_wait(everything, see):
    for model in EVERY_PAGE_TYPE:
        tree = see(everything.pages[model].get_url_parts()[2])
        shown = [image for picture in tree.iter("picture") for image in picture.iter("img")]
        early = [image for image in shown if image.get("fetchpriority") == "high"]
        assert len(early) <= 1, model
        assert all(one in early or one.get("loading") == "lazy" for one in shown), model
        hinted = [link.get("imagesrcset") for link in preloads(tree)]
        sources = [
            picture.find("source").get("srcset")
            for picture in tree.iter("picture")
            if picture.find("img") in early
        ]
        assert hinted == sources, model


def test_a_picture_that_is_cut_keeps_what_its_editor_marked(clinic, image, visit):
    image.focal_point_x, image.focal_point_y = 1500, 600
    image.focal_point_width = image.focal_point_height = 100
    image.save()
    red = Image.new("RGB", (1600, 1200), "#2020c0")
    red.paste("#c02020", (1400, 0, 1600, 1200))
    with image.file.storage.open(image.file.name, "wb") as file:
        red.save(file, "JPEG")
    portrait = next(one for one in filters_of("portrait") if "jpeg" in one.spec)
    with image.get_rendition(portrait).file.open() as file:
        pixel = Image.open(file).convert("RGB").getpixel((300, 180))
    assert pixel[0] > 150 > pixel[2]


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    def published(page):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return published


def made(image):
    return {rendition.filter_spec for rendition in image.renditions.all()}


def all_of(*shapes):
    return {one.spec for shape in shapes for one in filters_of(shape)}


def test_publishing_a_page_makes_the_files_of_its_pictures(clinic, image, publish, visit):
    inside = ImageFactory(file__width=1600, file__height=1200)
    body = [{"type": "picture", "value": {"image": inside.pk, "alt": "A room."}}]
    page = StandardPageFactory(
        parent=clinic.home, title="About", hero_image=image, sections=[section("Rooms", body=body)]
    )
    assert made(image) == set()
    publish(page)
    assert made(image) == all_of("hero") | {SHARED.spec}
    assert made(inside) == all_of("text")


def test_the_shapes_are_those_of_the_fields_that_name_the_picture(clinic, library, image):
    assert shapes_of(image) == []
    PractitionerPageFactory(parent__parent=clinic.home, portrait=image)
    assert shapes_of(image) == ["portrait", "thumb"]
    BlogPageFactory(parent=BlogIndexPageFactory(parent=clinic.home), hero_image=image)
    assert shapes_of(image) == ["card", "portrait", "thumb", "wide"]


def test_a_library_picture_is_made_once_for_all_clinics(clinic, other_clinic, library, image, publish, visit):
    treatment = library_treatment(library, hero_image=image)
    publish(treatment)
    ready = made(image)
    for one in (clinic, other_clinic):
        publish(follower_of(treatment, one))
    visit("/treatments/dry-needling/")
    assert made(image) == ready


def test_a_picture_that_gets_another_focal_point_is_made_anew(
    clinic, image, publish, django_capture_on_commit_callbacks
):
    publish(PractitionerPageFactory(parent__parent=clinic.home, portrait=image))
    image = CustomImage.objects.get(pk=image.pk)
    image.focal_point_x = image.focal_point_y = image.focal_point_width = image.focal_point_height = 90
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    keys = image.renditions.values_list("focal_point_key", flat=True)
    assert len(set(keys)) == 2
    assert len(keys) == 2 * len([SHARED, *filters_of("portrait"), *filters_of("thumb")])


def test_a_picture_is_prepared_when_it_is_new_and_when_it_changes(
    db, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    queue = task_backends["default"]
    with django_capture_on_commit_callbacks(execute=True):
        image = ImageFactory()
    # No page names a new picture yet: a file is made for any that may be the first to show it.
    first = [
        "fill-1200x630|format-jpeg",
        "fill-320x360|format-jpeg",
        "fill-400x267|format-jpeg",
        "fill-640x480|format-jpeg",
        "fill-720x405|format-jpeg",
        "fill-800x500|format-jpeg",
        "fill-88x88|format-jpeg",
        "width-640|format-jpeg",
    ]
    plain = [f"{spec}|{PLAIN}" for spec in first]
    assert [one.args for one in queue.results if one.task == prepare_picture] == [[image.pk, sorted(plain)]]
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    assert [one.args for one in queue.results if one.task == prepare_picture][1:] == [[image.pk]]


def test_no_visitor_waits_for_a_picture_that_was_prepared_when_it_was_handed_in(
    clinic, visit, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        image = ImageFactory(file__width=700, file__height=525)
    prepared = made(image)
    assert SHARED.spec in prepared
    # From now on what is asked for is not done.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    StandardPageFactory(parent=clinic.home, slug="about", hero_image=image)
    tree = page_of(visit, "/about/")
    (picture,) = tree.iter("picture")
    assert picture.find("img").get("src")
    assert made(image) == prepared


def test_a_lost_file_stops_nobody_from_publishing(clinic, image, publish):
    page = StandardPageFactory(parent=clinic.home, hero_image=image)
    image.file.storage.delete(image.file.name)
    publish(page)
    assert made(image) == set()


def test_a_picture_deleted_meanwhile_is_passed_over(db):
    assert prepare_picture.func(999_999) is None


def test_many_pages_at_once_leave_their_pictures_to_the_command(clinic, image, publish):
    page = StandardPageFactory(parent=clinic.home, hero_image=image)
    with left_for_later():
        publish(page)
    assert made(image) == set()
    said = StringIO()
    call_command("prepare_pictures", stdout=said)
    assert made(image) == all_of("hero") | {SHARED.spec}
    assert said.getvalue() == "1 picture is ready.\n"


def test_avif_is_written_at_the_speed_that_nobody_waits_for(monkeypatch):
    speeds = []
    encoder = AvifImagePlugin._avif.AvifEncoder
    monkeypatch.setattr(
        AvifImagePlugin._avif, "AvifEncoder", lambda *given: speeds.append(given[3]) or encoder(*given)
    )
    with avif.fast():
        Image.new("RGB", (64, 64)).save(BytesIO(), "AVIF")
        Image.new("RGB", (64, 64)).save(BytesIO(), "AVIF", speed=10)
    assert speeds == [8, 10]


def test_avif_of_the_project_around_is_written_as_ever(monkeypatch):
    speeds = []
    encoder = AvifImagePlugin._avif.AvifEncoder
    monkeypatch.setattr(
        AvifImagePlugin._avif, "AvifEncoder", lambda *given: speeds.append(given[3]) or encoder(*given)
    )
    Image.new("RGB", (64, 64)).save(BytesIO(), "AVIF")
    assert speeds == [6]


def test_the_pictures_that_pages_show_are_written_at_our_speed(clinic, image, monkeypatch):
    speeds = set()
    encoder = AvifImagePlugin._avif.AvifEncoder
    monkeypatch.setattr(
        AvifImagePlugin._avif, "AvifEncoder", lambda *given: speeds.add(given[3]) or encoder(*given)
    )
    making.made(image, filters_of("hero"))
    assert speeds == {avif.SPEED}
