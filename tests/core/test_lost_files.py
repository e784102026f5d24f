"""Files without a row are found and removed; those of anybody else are left alone."""

import os
import time
from io import StringIO

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from PIL import Image

from clinicsite.core.pictures import SHARED, filters_of
from clinicsite.core.pictures.making import made
from clinicsite.media.models import CustomDocument, CustomImage
from tests.core.test_plain_pictures import EXIF_ORIENTATION, content_of, stored, telling_jpeg
from tests.factories import ImageFactory

TWO_DAYS = 2 * 24 * 60 * 60


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    """A folder with nothing in it, and no rendition kept by an id that tests reuse."""
    settings.MEDIA_ROOT = tmp_path
    caches["renditions"].clear()


def put(name):
    return default_storage.save(name, ContentFile(b"words"))


def age(name):
    then = time.time() - TWO_DAYS
    os.utime(default_storage.path(name), (then, then))


def run(command, *options):
    said = StringIO()
    call_command(command, *options, stdout=said)
    return said.getvalue()


@pytest.fixture
def files(db):
    """(lost, kept): files of two days ago that no row names, and those of rows."""
    picture = ImageFactory(file__width=200, file__height=150)
    (cut, *_) = made(picture, filters_of("thumb")).values()
    document = CustomDocument.objects.create(title="Form", file=ContentFile(b"words", name="form.pdf"))
    lost = [put("original_images/lost.jpg"), put("images/lost.avif"), put("documents/old/lost.pdf")]
    kept = [picture.file.name, cut.file.name, document.file.name]
    for name in (*lost, *kept):
        age(name)
    return lost, kept


def test_files_without_a_row_are_named_and_stay(files):
    lost, kept = files
    said = run("remove_lost_files")
    assert sorted(said.splitlines()[:-1]) == sorted(lost)
    assert said.splitlines()[-1] == "3 files found. Add --delete to remove them."
    assert all(default_storage.exists(name) for name in (*lost, *kept))


def test_files_without_a_row_are_removed_and_no_others(files):
    lost, kept = files
    elsewhere = put("theirs/one.jpg")
    age(elsewhere)
    assert run("remove_lost_files", "--delete").endswith("3 files removed.\n")
    assert not any(default_storage.exists(name) for name in lost)
    assert all(default_storage.exists(name) for name in (*kept, elsewhere))


def test_a_file_of_today_may_be_waiting_for_its_row(db):
    name = put("original_images/new.jpg")
    run("remove_lost_files", "--delete")
    assert default_storage.exists(name)


def test_a_file_whose_row_was_undone_is_found(db):
    with transaction.atomic():
        picture = ImageFactory()
        age(picture.file.name)
        transaction.set_rollback(True)
    assert run("remove_lost_files").splitlines()[0] == picture.file.name


def test_pictures_of_before_are_made_silent_and_their_cuts_with_them(db):
    picture = stored(telling_jpeg(), "portrait.jpg")
    before = picture.file.name
    cut = picture.get_rendition(SHARED.spec.rpartition("|")[0])
    theirs = picture.get_rendition("width-300|format-jpeg")
    assert run("tidy_pictures") == "Pictures stored anew: 1. Old cuts removed: 0.\n"
    picture = CustomImage.objects.get(pk=picture.pk)
    with picture.file.open() as file:
        image = Image.open(file)
        assert dict(image.getexif()) == {}
        assert image.size == (picture.width, picture.height) == (1200, 1600)
    assert not default_storage.exists(before)
    assert not picture.renditions.filter(pk__in=[cut.pk, theirs.pk]).exists()
    assert run("tidy_pictures") == "Pictures stored anew: 0. Old cuts removed: 0.\n"


def test_cuts_that_tell_are_removed_from_silent_pictures_too(db):
    picture = ImageFactory()
    picture.get_rendition(SHARED.spec.rpartition("|")[0])
    made(picture, [SHARED])
    assert run("tidy_pictures") == "Pictures stored anew: 0. Old cuts removed: 1.\n"
    assert [cut.filter_spec for cut in picture.renditions.all()] == [SHARED.spec]


@pytest.mark.parametrize(("orientation", "focus"), [(1, (2000, 1500)), (6, (None, None))])
def test_a_focal_point_goes_with_what_it_marks(db, orientation, focus):
    """From 8,000 to 4,000 pixels it halves; in a picture that is turned it would mark something else."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    picture = stored(content_of(Image.new("RGB", (8000, 6000)), "JPEG", exif=exif), "large.jpg")
    CustomImage.objects.filter(pk=picture.pk).update(focal_point_x=4000, focal_point_y=3000)
    run("tidy_pictures")
    picture = CustomImage.objects.get(pk=picture.pk)
    assert max(picture.width, picture.height) == 4000
    assert (picture.focal_point_x, picture.focal_point_y) == focus
