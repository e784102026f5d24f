"""Requests that no browser sends: they are refused or answered like any other, and none is an error."""

from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from clinicsite.home.models import ContactMessage
from tests.factories import ContactPageFactory, StandardPageFactory
from tests.home.contact.contact_forms import MESSAGE, stamp_of

#: What servers hand on as a header: any character of Latin-1.
VALUES = [
    "http://[::1",
    "//[",
    "]",
    "http://[v1.x]/",
    "http://a:99999999/",
    "http://a:b/",
    "a\x00b",
    "%00",
    "é",
    "x" * 5000,
    ",,,;;;===",
    "bytes=-",
    "bytes=abc-99999999999999999999",
    "en;q=1e999",
    "a" * 300 + "-b",
    "9" * 400,
]
HEADERS = [
    "Host",
    "Origin",
    "Referer",
    "Accept-Language",
    "Accept-Encoding",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "Range",
    "Cookie",
    "If-Modified-Since",
    "If-None-Match",
    "X-Requested-With",
]
#: Codecs that Python knows and no text is written in, and some in which half an emoji can be written.
CODECS = [
    "unicode_escape",
    "utf-7",
    "utf-16",
    "rot13",
    "hex",
    "zlib",
    "base64",
    "idna",
    "punycode",
    "undefined",
]


@pytest.fixture
def page(clinic, settings):
    settings.CLINICSITE = settings.CLINICSITE | {"TRUSTED_PROXY_COUNT": 1}
    return ContactPageFactory(parent=clinic.home)


def fields_of(page):
    return {"stamp": stamp_of(page)} | MESSAGE


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_is_an_error(clinic, page, header):
    browser = Client(HTTP_HOST=clinic.host)
    name = f"HTTP_{header.upper().replace('-', '_')}"
    for value in VALUES:
        # Where nothing is, redirects, gone pages and what was meant are asked as well.
        assert browser.get("/nothing/", **{name: value}).status_code < 500
        assert browser.post("/contact/", fields_of(page), **{name: value}).status_code < 500


@pytest.mark.parametrize("field", [*MESSAGE, "stamp", "location", "subject"])
def test_no_field_is_an_error(clinic, page, field):
    browser = Client(HTTP_HOST=clinic.host)
    for value in VALUES:
        assert browser.post("/contact/", fields_of(page) | {field: value}).status_code < 500


@pytest.mark.parametrize("raw", [b"\x00", b"\xed\xa0\x80", b"\xff\xfe"], ids=repr)
@pytest.mark.parametrize("field", ["name", "email", "message", "stamp"])
def test_no_bytes_in_a_field_are_an_error(clinic, page, field, raw):
    values = {name: value.encode() for name, value in fields_of(page).items()} | {field: raw}
    sent = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in values.items())
    kind = "application/x-www-form-urlencoded"
    browser = Client(HTTP_HOST=clinic.host)
    assert browser.generic("POST", "/contact/", sent, content_type=kind).status_code < 500
    for kept in ContactMessage.objects.values_list("name", "message"):
        assert "\x00" not in "".join(kept)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=B", "application/x-www-form-urlencoded"])
def test_other_letters_than_those_of_our_pages_are_refused(clinic, page, codec, kind):
    sent = '--B\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--B--\r\n'
    browser = Client(HTTP_HOST=clinic.host)
    for method, path in (("POST", "/contact/"), ("GET", "/search/")):
        response = browser.generic(method, path, sent, content_type=f"{kind}; charset={codec}")
        assert response.status_code == 400


def test_the_letters_of_our_pages_are_read_under_each_of_their_names(clinic, page):
    browser = Client(HTTP_HOST=clinic.host)
    parts = [
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields_of(page).items()
    ]
    for charset in ("UTF-8", "utf8", "no-such-letters"):
        kind = f"multipart/form-data; boundary=B; charset={charset}"
        response = browser.generic("POST", "/contact/", "".join([*parts, "--B--\r\n"]), content_type=kind)
        assert response.status_code == 302


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ED%A0%80", "page=%00", "page=-1", f"page={'9' * 40}", "in=%00", "%00=1", "q=%"]
)
@pytest.mark.parametrize(
    "path", ["/", "/search/", "/contact/", "/%00/", "/%ED%A0%80/", "/documents/99999999999999999999/x", "//"]
)
def test_no_address_is_an_error(clinic, page, path, query):
    assert Client(HTTP_HOST=clinic.host).get(f"{path}?{query}").status_code < 500


TOO_LARGE = "9" * 20


@pytest.mark.parametrize("person", ["owner", "admin_user"])
@pytest.mark.parametrize(
    "address",
    [
        f"pages/{TOO_LARGE}/edit/",
        f"pages/{TOO_LARGE}/delete/",
        f"bulk/wagtailcore/page/delete/?id={TOO_LARGE}",
        "bulk/wagtailcore/page/delete/?id=abc",
        "bulk/wagtailcore/page/delete/?id=%00",
        "bulk/no/such/thing/?id=1",
    ],
)
def test_no_key_in_an_address_of_the_admin_is_an_error(request, admin_client_of, person, address):
    browser = admin_client_of(request.getfixturevalue(person))
    assert browser.get(f"/admin/{address}").status_code == 404
    assert browser.post(f"/admin/{address}").status_code == 404


def test_a_bulk_action_on_all_of_a_list_is_asked_as_ever(clinic, owner, admin_client_of):
    StandardPageFactory(parent=clinic.home)
    address = f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={clinic.home.pk}"
    assert admin_client_of(owner).get(address).status_code == 200
