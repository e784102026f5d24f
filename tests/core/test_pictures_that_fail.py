"""The last guard: whatever goes wrong with a picture, pages, lists and feeds are served without it."""

import errno
import json
import re
from io import BytesIO

import html5lib
import pytest
from django.core.cache import cache, caches
from django.core.files.storage import FileSystemStorage
from django_tasks import task_backends
from PIL import Image

from clinicsite.core.pictures import SHARED, fallback_of, filters_of, wanted
from clinicsite.core.pictures.making import PATIENCE, made, shown
from clinicsite.core.pictures.preparing import prepare_picture
from clinicsite.core.pictures.printing import files_in_shape
from clinicsite.core.rendering import rendering_for
from tests.factories import BlogIndexPageFactory, BlogPageFactory, ImageFactory, StandardPageFactory

pytestmark = pytest.mark.indexed


@pytest.fixture(autouse=True)
def _no_renditions():
    """Renditions are kept, and missing ones noted, by ids that tests reuse."""
    caches["renditions"].clear()
    wanted.taken()


@pytest.fixture
def image():
    return ImageFactory(file__width=700, file__height=525)


@pytest.fixture
def blog(clinic, image):
    """A blog with one post, whose picture is `image`."""
    blog = BlogIndexPageFactory(parent=clinic.home, title="Blog", slug="blog")
    BlogPageFactory(parent=blog, title="Knees", slug="knees", hero_image=image)
    return blog


def damage(image):
    """Leave the first half of a picture's file, as a full disk does."""
    with image.file.storage.open(image.file.name, "rb") as file:
        content = file.read()
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(content[: len(content) // 2])


def replace(image, picture):
    content = BytesIO()
    picture.save(content, "PNG")
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(content.getvalue())
    type(image).objects.filter(pk=image.pk).update(width=picture.width, height=picture.height)


def no_space(*given):
    raise OSError(errno.ENOSPC, "No space left on device")


def read_only(*given):
    raise OSError(errno.EROFS, "Read-only file system")


@pytest.fixture(params=[no_space, read_only])
def full_disk(monkeypatch, request):
    """A disk that takes no file."""
    monkeypatch.setattr(FileSystemStorage, "_save", request.param)


#: All that shows, names or lists a page's picture.
OUTPUTS = ["/blog/", "/blog/knees/", "/blog/feed/", "/sitemap.xml", "/"]


@pytest.mark.parametrize("path", OUTPUTS)
def test_half_a_file_takes_nothing_down(blog, image, visit, path):
    damage(image)
    assert visit(path).status_code == 200


@pytest.mark.parametrize("path", OUTPUTS)
@pytest.mark.parametrize(
    ("mode", "size"),
    [
        ("RGB", (1, 30_000)),
        ("RGB", (30_000, 1)),
        ("RGB", (1200, 17_000)),
        ("I;16", (700, 525)),
        ("P", (1, 1)),
    ],
    ids=str,
)
def test_no_measures_and_no_mode_take_anything_down(blog, image, visit, path, mode, size):
    replace(image, Image.new(mode, size))
    assert visit(path).status_code == 200


@pytest.mark.parametrize("path", OUTPUTS)
def test_a_full_disk_takes_nothing_down(blog, image, visit, path, full_disk):
    assert visit(path).status_code == 200


def test_a_page_that_is_shared_has_a_card_without_its_picture(blog, image, visit):
    damage(image)
    page = visit("/blog/knees/").text
    card = re.search(r'property="og:image" content="[^"]*?(/clinicsite/cards/[^"]+)"', page)
    response = visit(card[1])
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")


def test_the_words_stand_for_a_picture_of_which_nothing_can_be_made(blog, image, visit):
    damage(image)
    tree = html5lib.parse(visit("/blog/knees/").text, namespaceHTMLElements=False)
    assert list(tree.iter("picture")) == []
    (words,) = [one.text for one in tree.iter("span") if one.get("class") == "missing-picture"]
    assert words == "A plain test picture."


def test_a_page_says_nothing_to_machines_of_a_picture_that_is_not_there(blog, image, visit):
    damage(image)
    data = re.search(
        r'<script type="application/ld\+json"[^>]*>(.*?)</script>', visit("/blog/knees/").text, re.S
    )
    (post,) = [node for node in json.loads(data[1])["@graph"] if node["@type"] == "BlogPosting"]
    assert "image" not in post


def test_a_format_that_cannot_hold_a_picture_is_left_out_alone(clinic, image):
    # WebP ends at 16,383 pixels, which the larger of the two sizes passes.
    replace(image, Image.new("L", (1200, 17_000)))
    image.refresh_from_db()
    made(image, filters_of("text"))
    files = files_in_shape(image, "text")
    assert [spec.split("|")[1] for spec in files] == ["format-avif"] * 2 + ["format-jpeg"] * 2


def test_a_fault_is_logged_once(blog, image, visit, caplog):
    damage(image)
    for path in OUTPUTS * 2:
        visit(path)
    assert [record.message for record in caplog.records if "cannot be shown" in record.message] == [
        f"Picture {image.pk} cannot be shown ({fallback_of('card').spec})."
    ]


def test_a_disk_that_has_room_again_heals_the_page(blog, image, visit, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(FileSystemStorage, "_save", no_space)
        assert "missing-picture" in visit("/blog/knees/").text
    # Ten minutes later.
    cache.clear()
    assert "missing-picture" not in visit("/blog/knees/").text


def test_a_logo_that_cannot_be_made_takes_no_page_down(clinic, image, visit):
    clinic.settings.logo = image
    clinic.settings.save()
    damage(image)
    assert visit("/").status_code == 200
    assert visit("/favicon.ico").status_code == 200


def test_nobody_waits_longer_than_a_moment_for_pictures(clinic, image):
    with rendering_for(clinic.site) as rendering:
        rendering.seconds_for_pictures = PATIENCE
        assert shown(image, [SHARED], at_once=SHARED) == {}
        rendering.seconds_for_pictures = 0
        assert list(shown(image, [SHARED], at_once=SHARED)) == [SHARED.spec]
        assert rendering.seconds_for_pictures > 0


@pytest.fixture
def queue(settings):
    """What is asked for, and not done."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    return task_backends["default"]


def asked_for(queue):
    return [one for one in queue.results if one.task == prepare_picture]


def test_a_first_view_shows_one_file_and_asks_for_the_rest(clinic, image, visit, queue):
    StandardPageFactory(parent=clinic.home, title="About", hero_image=image)
    tree = html5lib.parse(visit("/about/").text, namespaceHTMLElements=False)
    (picture,) = tree.iter("picture")
    assert picture.findall("source") == []
    assert picture.find("img").get("srcset") is None
    there = set(image.renditions.values_list("filter_spec", flat=True))
    # On a slow machine the one for shared links is not made while somebody waits.
    assert {fallback_of("hero").spec} <= there <= {fallback_of("hero").spec, SHARED.spec}
    (asked,) = asked_for(queue)
    assert asked.task == prepare_picture
    assert asked.args == [image.pk, sorted({SHARED.spec, *(one.spec for one in filters_of("hero"))} - there)]


def test_what_is_missing_is_asked_for_once(clinic, image, visit, queue):
    StandardPageFactory(parent=clinic.home, title="About", hero_image=image)
    visit("/about/")
    visit("/about/")
    assert len(asked_for(queue)) == 1


def test_what_is_missing_is_made_when_the_page_is_sent(clinic, image, visit):
    StandardPageFactory(parent=clinic.home, title="About", hero_image=image)
    visit("/about/")
    specs = set(image.renditions.values_list("filter_spec", flat=True))
    assert specs == {SHARED.spec, *(one.spec for one in filters_of("hero"))}
