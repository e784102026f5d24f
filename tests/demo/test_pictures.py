"""The demo's pictures are files: each one that the data ask for is there, small, and as the manifest says."""

import pytest
from PIL import Image, ImageStat

from clinicsite.demo import data, pictures
from clinicsite.media.models import CustomImage

#: What a cheap phone loads in a moment, and a clone of the project does not notice.
AMPLE_BYTES = 60_000
#: Kind of picture -> (format of the file, its mode, its size in pixels).
KINDS = {
    "picture": ("WEBP", "RGB", (1600, 1000)),
    "portrait": ("WEBP", "RGB", (900, 1100)),
    "logo": ("PNG", "RGBA", (512, 512)),
}
MANIFEST = data.pictures()


def keys_wanted_by_the_library():
    """The keys of all pictures that the library's pages name."""
    for kind in ("conditions", "modalities", "posts"):
        for entry in data.library(kind).values():
            yield from (f"library/picture/{name}" for name in pictures_named_in(entry))


def keys_wanted_by(clinic):
    """The keys of a clinic's mark, its people's portraits and all pictures that its pages name."""
    entry = data.clinic(clinic)
    yield f"{clinic}/logo"
    yield f"{clinic}/picture/{entry['hero_picture']}"
    yield from (f"{clinic}/portrait/{person.slug}" for person in data.spec(clinic).people)
    for part in (entry, *data.posts(clinic).values()):
        yield from (f"{clinic}/picture/{name}" for name in pictures_named_in(part))


def pictures_named_in(part):
    """Every value under the name `picture`, however deep: a hero, or a block of a section."""
    if isinstance(part, list):
        for item in part:
            yield from pictures_named_in(item)
    elif isinstance(part, dict):
        if "picture" in part:
            yield part["picture"]
        for value in part.values():
            yield from pictures_named_in(value)


def test_the_manifest_has_every_picture_that_the_data_name_and_no_other():
    wanted = set(keys_wanted_by_the_library())
    for clinic in data.CLINICS:
        wanted |= set(keys_wanted_by(clinic))
    assert wanted == set(MANIFEST)


def test_every_file_is_named_once():
    files = sorted(path.name for path in data.PICTURES.iterdir())
    assert sorted(entry["file"] for entry in MANIFEST.values()) == files


@pytest.mark.parametrize("key", MANIFEST)
def test_a_picture_is_a_small_file_of_its_kind_and_not_blank(key):
    entry = MANIFEST[key]
    path = data.PICTURES / entry["file"]
    assert path.stat().st_size <= AMPLE_BYTES
    with Image.open(path) as picture:
        assert (picture.format, picture.mode, picture.size) == KINDS[entry["kind"]]
        assert list(picture.size) == entry["size"]
        assert max(ImageStat.Stat(picture).stddev) > 12


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("active-release", "shoulder blade"),
        ("shockwave-therapy", "lower leg"),
        ("sports-injuries", "knee"),
        ("muscle-spasm", "lower leg"),
        ("clinic-room", "chest of drawers"),
        ("running-shoes", "A pair of running shoes."),
        ("hands", "one laid on the other"),
        ("team", "Five people"),
    ],
)
def test_the_words_for_a_picture_say_what_an_eye_sees_on_it_for_every_owner(name, shown):
    words = {entry["alt"] for key, entry in MANIFEST.items() if key.endswith(f"/picture/{name}")}
    assert len(words) == 1
    assert shown in words.pop()


@pytest.mark.parametrize("key", MANIFEST)
def test_a_picture_says_what_it_shows(key):
    entry = MANIFEST[key]
    assert entry["title"]
    # A mark stands beside the clinic's name, so it says nothing itself.
    assert (entry["alt"] == "") == (entry["kind"] == "logo")
    assert entry["kind"] == "logo" or entry["alt"].endswith(".")


def test_no_two_pictures_are_the_same():
    files = [path.read_bytes() for path in data.PICTURES.iterdir()]
    assert len(set(files)) == len(files)


@pytest.mark.django_db
def test_a_picture_is_stored_as_it_is_and_only_once():
    where = pictures.collection("harbour", "Harbour Health Services")
    stored = pictures.picture("harbour/logo", where)
    with stored.file.open() as file:
        assert file.read() == (data.PICTURES / "harbour-logo.png").read_bytes()
    assert (stored.title, stored.alt_text, stored.credit) == (
        MANIFEST["harbour/logo"]["title"],
        "",
        "",
    )
    assert (stored.width, stored.height, stored.collection) == (512, 512, where)
    assert pictures.picture("harbour/logo", where) == stored
    assert CustomImage.objects.count() == 1
