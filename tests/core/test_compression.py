"""Pages travel compressed, wherever the install runs."""

import gzip

import pytest

ACCEPTED = {"accept-encoding": "gzip"}


def test_a_page_is_compressed_for_a_browser_that_can_read_it(clinic, visit):
    plain = visit("/")
    small = visit("/", headers=ACCEPTED)
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize("path", ["/manifest.webmanifest", "/service-worker.js"])
def test_other_texts_are_compressed_too(clinic, visit, path):
    assert visit(path, headers=ACCEPTED)["Content-Encoding"] == "gzip"


def test_a_picture_is_sent_as_it_is(clinic, visit):
    response = visit("/apple-touch-icon.png", headers=ACCEPTED)
    assert response["Content-Type"] == "image/png"
    assert len(response.content) > 200
    assert "Content-Encoding" not in response
