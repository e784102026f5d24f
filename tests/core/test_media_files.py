"""What is private is given out by no address of a file, in development neither."""

import pytest
from django.http import Http404

from clinicsite.core.media_files import media_urls, public_file

WORDS = b"A form with a name on it."


@pytest.fixture
def folder(tmp_path):
    for name in ("images", "documents", "original_images", "wagtail_uploads", "avatar_images"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.txt").write_bytes(WORDS)
    return tmp_path


@pytest.mark.parametrize("path", ["images/one.txt", "avatar_images/one.txt"])
def test_cuts_of_pictures_are_given_out(rf, folder, path):
    answer = public_file(rf.get("/"), path, document_root=folder)
    assert b"".join(answer.streaming_content) == WORDS


@pytest.mark.parametrize(
    "path",
    [
        "documents/one.txt",
        "original_images/one.txt",
        "wagtail_uploads/one.txt",
        "/documents/one.txt",
        "./documents/one.txt",
        "images/../documents/one.txt",
        "images/..\\documents/one.txt",
        "images/../images/../documents/./one.txt",
        "DOCUMENTS/one.txt",
    ],
)
def test_what_is_private_is_not(rf, folder, path):
    with pytest.raises(Http404):
        public_file(rf.get("/"), path, document_root=folder)


def test_there_are_such_addresses_in_development_alone(settings):
    settings.DEBUG = True
    (pattern,) = media_urls()
    assert pattern.callback is public_file
    settings.DEBUG = False
    assert media_urls() == []
