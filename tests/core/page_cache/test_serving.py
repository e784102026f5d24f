"""The WSGI application by itself: before a small one of the test's, with real files and versions."""

import gzip
import threading
import time

import pytest

from clinicsite.core import page_reading
from clinicsite.core.page_cache.serving import PageCache
from clinicsite.core.page_reading import CARRIED, OF_A_CLINIC
from tests.core.page_cache.conftest import ask

HTML = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Vary", "Cookie, Accept-Encoding"),
    ("X-Frame-Options", "DENY"),
]


class Site:
    """Answers with a number that counts how often it was asked, as a live clinic's page."""

    def __init__(self):
        self.asked = 0
        self.status = "200 OK"
        self.headers = HTML
        self.until = time.time() + 1000
        self.is_to_be_kept = self.is_a_clinics = True
        self.while_rendering = lambda: None

    def __call__(self, environ, start_response):
        self.asked += 1
        number = self.asked
        environ[OF_A_CLINIC] = self.is_a_clinics
        self.while_rendering()
        if self.is_to_be_kept and CARRIED in environ:
            environ[CARRIED].site_id, environ[CARRIED].until = 7, self.until
            environ[CARRIED].tables.add("phones")
        start_response(self.status, self.headers)
        return [f"answer {number} ".encode() * 50]


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def served(site, slots, tmp_path):
    return PageCache(site, tmp_path / "kept", "one", slots)


def test_a_page_is_rendered_once_and_then_given_out(served, site):
    first, second = ask(served), ask(served)
    assert (first.state, second.state) == ("miss", "hit")
    assert first.body == second.body == b"answer 1 " * 50
    assert second.status == "200 OK"
    assert second.headers["X-Frame-Options"] == "DENY"
    assert second.headers["Content-Length"] == "450"
    assert site.asked == 1


def test_another_process_of_the_machine_has_it_too(served, site, slots, tmp_path):
    ask(served)
    other = PageCache(site, tmp_path / "kept", "one", slots)
    assert ask(other).state == "hit"


@pytest.mark.parametrize("name", ["site:7", "outside", "table:phones", "table:wagtailcore_site"])
def test_what_it_was_made_from_has_changed(served, site, slots, name):
    ask(served)
    slots.renew(name, 42)
    assert (ask(served).body, ask(served).body) == (b"answer 2 " * 50, b"answer 2 " * 50)


@pytest.mark.parametrize("name", ["site:8", "table:sessions"])
def test_what_it_was_not_made_from_may_change(served, slots, name):
    ask(served)
    slots.renew(name, 42)
    assert ask(served).state == "hit"


def test_what_changes_while_a_page_is_rendered_is_not_missed(served, site, slots):
    site.while_rendering = lambda: slots.renew("site:7", 42)
    assert ask(served).state == "miss; not kept: changed meanwhile"
    site.while_rendering = lambda: None
    assert ask(served).body == b"answer 2 " * 50


def test_a_page_is_given_out_until_its_time(served, site):
    site.until = time.time() + 0.2
    ask(served)
    assert ask(served).state == "hit"
    time.sleep(0.25)
    assert ask(served).body == b"answer 2 " * 50


def test_another_release_renders_anew(served, site, slots, tmp_path):
    ask(served)
    assert ask(PageCache(site, tmp_path / "kept", "two", slots)).state == "miss"


def test_files_of_versions_that_were_lost_count_for_nothing(served, site, slots):
    ask(served)
    slots.path.unlink()
    slots.reopen_if_replaced()
    assert ask(served).state == "miss"


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("/", "/?utm_source=mail&utm_medium=x", True),
        ("/", "/?gclid=1&fbclid=2", True),
        ("/blog/?tag=knee&page=2", "/blog/?page=2&tag=knee", True),
        ("/blog/?page=2", "/blog/?page=3", False),
        ("/blog/", "/blog/?page=2", False),
        ("/a/", "/b/", False),
    ],
)
def test_which_addresses_are_one(served, first, second, is_one):
    ask(served, first)
    assert ask(served, second).state == ("hit" if is_one else "miss")


def test_what_a_header_puts_before_an_address_makes_it_another(served):
    ask(served, "/contact/")
    got = ask(served, "/", SCRIPT_NAME="/contact")
    assert got.state == "miss"
    assert ask(served, "/contact/").body == b"answer 1 " * 50


def test_an_address_with_a_line_break_is_never_kept(served):
    assert ask(served, "/a\nb/").state == "bypass; address"


def test_hosts_and_schemes_are_told_apart(served, settings):
    ask(served)
    assert ask(served, host="south.localhost").state == "miss"
    assert ask(served, host="NORTH.localhost").state == "hit"
    assert ask(served, **{"wsgi.url_scheme": "https"}).state == "miss"


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/?q=knee", {}),
        ("/?page=1&page=2", {}),
        ("/static/site.css", {}),
        ("/", {"method": "POST"}),
        ("/", {"method": "PURGE"}),
        ("/", {"HTTP_COOKIE": "a=b; sessionid=abc"}),
        ("/", {"HTTP_COOKIE": "clinicsite_visit=abc"}),
        ("/", {"HTTP_RANGE": "bytes=0-10"}),
        ("/", {"HTTP_AUTHORIZATION": "Basic abc"}),
    ],
)
def test_what_goes_to_django_each_time(served, site, path, more):
    from clinicsite.clinics.visits import WORD

    if "clinicsite_visit" in more.get("HTTP_COOKIE", ""):
        more = {"HTTP_COOKIE": f"{WORD}=abc"}
    ask(served, path.partition("?")[0])
    asked = site.asked
    assert ask(served, path, **more).state.startswith("bypass; ")
    assert site.asked == asked + 1


def test_other_cookies_change_nothing(served):
    ask(served)
    assert ask(served, HTTP_COOKIE="consent=yes").state == "hit"


def test_what_sets_a_cookie_is_not_kept(served, site):
    site.headers = [*HTML, ("Set-Cookie", "csrftoken=abc")]
    assert ask(served).state == "miss; not kept: sets a cookie"
    assert ask(served).body == b"answer 2 " * 50


@pytest.mark.parametrize(
    "status", ["500 Internal Server Error", "503 Service Unavailable", "302 Found", "422 Unprocessable"]
)
def test_only_pages_and_that_there_is_none_are_kept(served, site, status):
    site.status = status
    ask(served)
    assert ask(served).body == b"answer 2 " * 50


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_an_address_without_a_page_is_kept_in_one_process_for_a_while(served, site, slots, tmp_path, status):
    site.status = status
    ask(served)
    assert (ask(served).state, ask(served).status) == ("hit", status)
    assert ask(PageCache(site, tmp_path / "kept", "one", slots)).state == "miss"


def test_what_is_no_clinics_page_is_passed_on_as_it_came(served, site):
    site.is_to_be_kept = False
    got = ask(served)
    assert got.headers["Vary"] == "Cookie, Accept-Encoding"
    assert "ETag" not in got.headers
    assert got.state == "miss; not kept: not a clinic's page"


def test_of_a_projects_own_page_nothing_is_said(served, site):
    site.is_to_be_kept = site.is_a_clinics = False
    assert ask(served).state is None
    assert ask(served, "/?q=knee").state is None


def test_a_page_that_was_passed_on_is_asked_for_again(served, site):
    site.is_to_be_kept = False
    ask(served)
    assert ask(served).body == b"answer 2 " * 50


def test_head_is_answered_from_what_is_kept_and_keeps_nothing(served, site):
    assert ask(served, method="HEAD").state.startswith("miss; not kept")
    ask(served)
    got = ask(served, method="HEAD")
    assert (got.state, got.body, got.headers["Content-Length"]) == ("hit", b"", "450")


def test_a_browser_that_has_it_is_told_so(served):
    etag = ask(served).headers["ETag"]
    got = ask(served, HTTP_IF_NONE_MATCH=f'"other", {etag}')
    assert (got.status, got.body) == ("304 Not Modified", b"")
    assert got.headers["ETag"] == etag
    assert "Content-Length" not in got.headers
    assert ask(served, HTTP_IF_NONE_MATCH='"other"').status == "200 OK"
    assert ask(served, HTTP_IF_NONE_MATCH=f"W/{etag}").status == "304 Not Modified"


def test_the_first_answer_of_a_page_can_be_that_too(served, site, slots):
    site.asked = 5
    etag = ask(served).headers["ETag"]
    site.asked = 5
    slots.renew("site:7", 1)
    assert ask(served, HTTP_IF_NONE_MATCH=etag).status == "304 Not Modified"


def test_a_feed_reader_that_asks_by_date_is_told_so(served, site):
    site.headers = [*HTML, ("Last-Modified", "Mon, 30 Nov 2026 20:21:24 GMT")]
    ask(served)
    assert ask(served, HTTP_IF_MODIFIED_SINCE="Mon, 30 Nov 2026 20:21:24 GMT").status.startswith("304")
    assert ask(served, HTTP_IF_MODIFIED_SINCE="Mon, 30 Nov 2026 20:21:23 GMT").status.startswith("200")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", None),
        ("*", "gzip"),
        ("identity", None),
    ],
)
def test_it_is_sent_as_the_browser_takes_it(served, accepted, encoding):
    ask(served)
    got = ask(served, HTTP_ACCEPT_ENCODING=accepted)
    assert got.headers.get("Content-Encoding") == encoding
    assert got.headers["Vary"] == "Accept-Encoding"
    assert int(got.headers["Content-Length"]) == len(got.body)
    if encoding == "gzip":
        assert gzip.decompress(got.body) == b"answer 1 " * 50
    assert (encoding or '0"') in got.headers["ETag"] or encoding is None


def test_proxies_may_keep_it_for_a_moment_and_browsers_ask_each_time(served, site):
    ask(served)
    assert ask(served).headers["Cache-Control"] == "public, max-age=0, s-maxage=10, stale-while-revalidate=30"


def test_no_proxy_keeps_it_past_its_time(served, site):
    site.until = time.time() + 5
    ask(served)
    shared = ask(served).headers["Cache-Control"]
    assert "s-maxage=4," in shared or "s-maxage=5," in shared


def test_one_renders_while_the_others_wait(served, site):
    site.while_rendering = lambda: time.sleep(0.3)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(served).body)) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"answer 1 " * 50] * 6


def test_nobody_waits_for_what_is_not_kept(served, site):
    site.is_to_be_kept = False
    ask(served)
    both = threading.Barrier(2, timeout=5)
    site.while_rendering = both.wait
    threads = [threading.Thread(target=ask, args=(served,)) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.asked == 3


def test_a_damaged_file_is_rendered_anew(served, site, slots, tmp_path):
    ask(served)
    (path,) = (path for path in (tmp_path / "kept" / "pages").rglob("*") if path.is_file())
    stored = bytearray(path.read_bytes())
    stored[14:20] = b"######"
    path.write_bytes(stored)
    other = PageCache(site, tmp_path / "kept", "one", slots)
    assert ask(other).body == b"answer 2 " * 50


def test_without_room_for_files_the_process_keeps_pages_for_itself(served, site, tmp_path, caplog):
    (tmp_path / "kept" / "pages").write_text("not a folder")
    assert ask(served).state == "miss"
    assert ask(served).state == "hit"
    assert "cannot be kept for other processes" in caplog.text


def test_answers_are_counted(served, slots):
    for _time in range(3):
        ask(served)
    assert slots.counted(7) == (2, 1)


def test_an_error_of_the_application_reaches_the_server(served, site):
    def fail():
        raise RuntimeError("broken")

    site.while_rendering = fail
    with pytest.raises(RuntimeError, match="broken"):
        ask(served)
    site.while_rendering = lambda: None
    assert ask(served).status == "200 OK"


def test_the_application_hears_when_its_answer_was_sent(slots, tmp_path):
    closed = []

    class Answered(list):
        def close(self):
            closed.append(True)

    def application(environ, start_response):
        environ[CARRIED].site_id, environ[CARRIED].until = 7, time.time() + 100
        start_response("200 OK", HTML)
        return Answered([b"one"])

    ask(PageCache(application, tmp_path / "kept", "one", slots))
    assert closed == [True]


def test_tables_are_read_from_queries():
    class Request:
        META = {CARRIED: page_reading.Reading()}

    with page_reading.noted(Request, None):
        page_reading.note_query(
            'SELECT "a"."id" FROM "phones" AS "a" INNER JOIN "places" ON (1) '
            'WHERE EXISTS(SELECT 1 FROM "hours")'
        )
    assert Request.META[CARRIED].tables == {"phones", "places", "hours", *page_reading.ALWAYS_READ}
