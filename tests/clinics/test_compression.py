"""Pages travel compressed, wherever the install runs."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from clinicsite.clinics.compression import TextCompressionMiddleware
from clinicsite.clinics.middleware import CurrentSiteMiddleware

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


@pytest.mark.parametrize(
    ("kind", "is_small"),
    [
        ("image/svg+xml", True),
        ("text/css; charset=utf-8", True),
        ("text/csv", True),
        ("application/json", True),
        ("application/xml", True),
        ("application/atom+xml; charset=utf-8", True),
        ("application/manifest+json", True),
        ("image/avif", False),
        ("font/woff2", False),
        ("application/pdf", False),
        ("application/zip", False),
    ],
)
def test_what_shrinks_is_compressed_and_what_is_small_already_is_not(kind, is_small):
    answer = TextCompressionMiddleware(lambda request: HttpResponse("<path/>" * 100, content_type=kind))
    agency = {"host": "localhost"} | ACCEPTED
    response = CurrentSiteMiddleware(answer)(RequestFactory().get("/", headers=agency))
    assert response.has_header("Content-Encoding") == is_small


def test_a_picture_is_sent_as_it_is(clinic, visit):
    response = visit("/apple-touch-icon.png", headers=ACCEPTED)
    assert response["Content-Type"] == "image/png"
    assert len(response.content) > 200
    assert "Content-Encoding" not in response


def test_a_host_of_the_projects_own_is_left_as_it_is(db, settings):
    settings.CLINICSITE = {}
    response = Client(HTTP_HOST="agency.example").get("/admin/login/", headers=ACCEPTED)
    assert response.status_code == 200
    assert "Content-Encoding" not in response
