"""Any public address, asked for in any way, is answered, and never by an error of the server's.

What is asked is drawn by lot from what there is: addresses of every page type and pattern, methods, query
strings, headers, bodies. `FUZZ=20` asks twenty times as often.
"""

import os
from urllib.parse import quote_from_bytes

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinicsite.core.page_reading import known_parameters
from tests.factories import ClinicFactory
from tests.factories.everything import EVERY_PAGE_TYPE, Everything

TIMES = int(os.environ.get("FUZZ", "1"))
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "\u0130"]
#: Beside those of pages.
ADDRESSES = [
    "/sitemap.xml",
    "/llms.txt",
    "/search/",
    "/robots.txt",
    "/favicon.ico",
    "/site.webmanifest",
    "/admin/",
    "/_util/login/",
    "/documents/1/a.pdf",
    "/blog/feed/",
    "/clinicsite/abc.css",
    "/.well-known/clinicsite-host/abc",
    "/.well-known/security.txt",
    "/nothing/here/",
    "//",
    "/a/../b/",
]
raw = st.binary(max_size=12) | st.sampled_from(
    [
        b"",
        b"0",
        b"1",
        b"-1",
        b"9" * 30,
        b"\x00",
        b"\xff\xfe",
        "é".encode(),
        b"\xed\xa0\x80",
        b"%",
        b"'\"<>",
        b"../",
        b"\r\n",
    ]
)
texts = raw.map(lambda value: value.decode("latin-1"))
names = (
    st.sampled_from([*sorted(known_parameters()), "q", "page", "topic", "day", "csrfmiddlewaretoken"]) | texts
)
queries = st.lists(st.tuples(names, raw), max_size=4).map(
    lambda pairs: "&".join(
        f"{quote_from_bytes(name.encode('latin-1', 'replace'))}={quote_from_bytes(value)}"
        for name, value in pairs
    )
)
#: Whatever a server hands on.
HEADERS = [
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_ORIGIN",
    "HTTP_RANGE",
    "HTTP_REFERER",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REQUESTED_WITH",
    "CONTENT_TYPE",
    "REMOTE_ADDR",
]
headers = st.dictionaries(st.sampled_from(HEADERS), texts, max_size=3)
CONTENT_TYPES = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
]
bodies = st.binary(max_size=60) | st.sampled_from(
    [
        b"name=%00",
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nPat\r\n--x--',
        b"--x",
        b"{",
        b"name=Pat&email=a@b",
    ]
)


@pytest.fixture(scope="module")
def world(kept_database):
    """A clinic with everything, and the paths of all its pages."""
    everything = Everything(ClinicFactory(hostname="fuzzed.localhost"))
    return [everything.pages[model].get_url_parts()[2] for model in EVERY_PAGE_TYPE]


@pytest.fixture
def ask(world):
    """Ask once, of the clinic's host unless another is named, and undo what came of it."""

    def once(method, path, query="", host="fuzzed.localhost", content_type="", body=b"", **headers):
        client = Client(raise_request_exception=False, HTTP_HOST=host)
        environ = {"QUERY_STRING": query} | headers | ({"CONTENT_TYPE": content_type} if content_type else {})
        with transaction.atomic():
            response = client.generic(method, path, body, **environ)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        cache.clear()
        return response

    return once


def given_requests(test):
    """Run a test with requests drawn by lot."""
    drawn = given(
        number=st.integers(0, len(EVERY_PAGE_TYPE) + len(ADDRESSES) - 1),
        tail=st.just(b"") | raw,
        method=st.sampled_from(METHODS),
        query=queries | texts,
        content_type=st.just("") | st.sampled_from(CONTENT_TYPES),
        body=bodies,
        headers=headers,
    )
    return settings(
        max_examples=150 * TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )(drawn(test))


@given_requests
def test_every_request_is_answered(ask, world, number, tail, method, query, content_type, body, headers):
    path = [*world, *ADDRESSES][number] + quote_from_bytes(tail)
    response = ask(method, path, query, content_type=content_type, body=body, **headers)
    assert response.status_code < 500, (method, path, query, headers)


@settings(max_examples=60 * TIMES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    host=texts
    | st.sampled_from(["fuzzed.localhost:", "FUZZED.localhost.", "[::1]", "fuzzed.localhost:99999", "xn--"])
)
def test_every_host_is_answered(ask, host):
    assert ask("GET", "/", host=host).status_code < 500
