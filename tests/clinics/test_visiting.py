"""A site that is not live is closed to strangers, and open to whoever works on it or got a link."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client

from clinicsite.clinics.models import SiteState
from clinicsite.clinics.visits import LASTS, WORD, link_to, word_for
from tests.factories import BlogIndexPageFactory, LocationIndexPageFactory, LocationPageFactory

pytestmark = pytest.mark.django_db

NOT_LIVE = [SiteState.DRAFT, SiteState.STAGING]
HEADING = "This website is not open yet"
FURTHER = (
    "/llms.txt",
    "/clinicsite/cards/1-x.jpg",
    "/clinicsite/nothing/",
    "/clinicsite/icons/nothing",
    "/media/no.jpg",
    "/documents/1/x.pdf",
    "/.well-known/security.txt",
)


@pytest.fixture
def set_state(clinic):
    def change(state):
        clinic.settings.state = state
        clinic.settings.save()

    return change


@pytest.fixture
def closed(set_state):
    set_state(SiteState.STAGING)


def open_with(browser, url):
    """Follow an address of a clinic's host, as a browser does."""
    parts = urlsplit(url)
    return browser.get(f"{parts.path}?{parts.query}", follow=True)


@pytest.mark.parametrize("state", NOT_LIVE)
def test_strangers_read_that_it_is_not_open_and_nothing_else(clinic, set_state, visit, state):
    BlogIndexPageFactory(parent=clinic.home, title="What we think")
    set_state(state)
    for path in (
        "/",
        "/blog/",
        "/blog/feed/",
        "/nothing-here/",
        "/search/?q=pain",
        "/sitemap.xml",
        "/llms.txt",
    ):
        answer = visit(path)
        assert (path, answer.status_code) == (path, 403)
        assert HEADING in answer.text
        assert "What we think" not in answer.text
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Cache-Control"] == "no-store"


def test_a_live_site_is_open_to_everybody(visit):
    assert visit("/").status_code == 200


def test_what_it_is_drawn_with_and_what_robots_ask_is_open(closed, visit):
    assert visit("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_who_needs_the_clinic_reads_its_number(clinic, closed, visit):
    LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home))
    answer = visit("/").text
    assert "please call" in answer
    assert "tel:" in answer


def test_a_form_is_not_taken(closed, clinic):
    assert Client(HTTP_HOST=clinic.host).post("/contact/", {"name": "Jo"}).status_code == 403


def test_a_link_lets_in_and_goes_on_letting_in(clinic, closed):
    browser = Client(HTTP_HOST=clinic.host)
    answer = open_with(browser, link_to(clinic.site))
    assert (answer.status_code, answer.redirect_chain) == (200, [("/", 302)])
    assert browser.get("/").status_code == 200
    assert Client(HTTP_HOST=clinic.host).get("/").status_code == 403


def test_the_word_is_taken_out_of_the_address_and_the_rest_stays(clinic, closed, visit):
    answer = visit(f"/search/?q=knee&{WORD}={word_for(clinic.site)}&page=2")
    assert answer.headers["Location"] == "/search/?q=knee&page=2"
    assert answer.cookies[WORD]["httponly"]


@pytest.mark.parametrize("word", ["", "made-up", "1:abc:def", "\x00", "x" * 5000])
def test_a_word_that_is_not_ours_opens_nothing(closed, visit, word):
    assert visit("/", {WORD: word}).status_code == 403


def test_nobody_is_sent_to_another_host_with_a_word(clinic, closed):
    browser = Client(HTTP_HOST=clinic.host)
    answer = browser.get(f"http://{clinic.host}//evil.example/?{WORD}={word_for(clinic.site)}")
    assert answer.headers["Location"] == "/evil.example/"


def test_what_somebody_sees_before_it_is_open_is_kept_by_nobody(clinic, closed, look_in):
    assert look_in("/")["Cache-Control"] == "private, no-store"


def test_the_word_of_a_neighbour_opens_nothing(clinic, closed, other_clinic, visit):
    assert visit("/", {WORD: word_for(other_clinic.site)}).status_code == 403


def test_after_two_weeks_it_opens_nothing(clinic, closed, visit):
    with time_machine.travel("2026-05-12T16:00:00Z", tick=False) as clock:
        word = word_for(clinic.site)
        clock.shift(LASTS)
        assert visit("/", {WORD: word}).status_code == 302
        clock.shift(1)
        assert visit("/", {WORD: word}).status_code == 403


def test_who_works_on_the_site_is_sent_in_by_the_agencys_host(clinic, closed, owner, admin_client_of, visit):
    page = visit("/blog/")
    way_in = f"http://localhost/admin/clinicsite/visit/{clinic.site.pk}/?to=%2Fblog%2F"
    assert way_in in page.text
    answer = admin_client_of(owner).get(f"/admin/clinicsite/visit/{clinic.site.pk}/?to=/blog/")
    parts = urlsplit(answer.headers["Location"])
    assert (parts.hostname, parts.path) == (clinic.host, "/blog/")
    assert visit("/", {WORD: parse_qs(parts.query)[WORD][0]}).status_code == 302


def test_a_live_site_needs_no_word(clinic, owner, admin_client_of):
    answer = admin_client_of(owner).get(f"/admin/clinicsite/visit/{clinic.site.pk}/")
    assert answer.headers["Location"] == f"{clinic.site.root_url}/"


def test_nobody_is_sent_into_a_neighbours_site(clinic, closed, other_owner, admin_client_of):
    browser = admin_client_of(other_owner)
    answers = [browser.get(f"/admin/clinicsite/visit/{pk}/") for pk in (clinic.site.pk, 999_999)]
    assert [answer.status_code for answer in answers] == [404, 404]
    told = [
        answer.text.replace(f"/visit/{pk}/", "")
        for answer, pk in zip(answers, (clinic.site.pk, 999_999), strict=True)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "blog/"])
def test_nobody_is_sent_elsewhere(clinic, closed, owner, admin_client_of, to):
    answer = admin_client_of(owner).get(f"/admin/clinicsite/visit/{clinic.site.pk}/", {"to": to})
    assert answer.status_code == 404


def test_the_settings_show_a_link_while_the_site_is_closed(clinic, set_state, owner, admin_client_of):
    browser = admin_client_of(owner)
    path = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
    assert WORD not in browser.get(path).text
    set_state(SiteState.DRAFT)
    assert f"{clinic.site.root_url}/?{WORD}=" in browser.get(path).text


def test_going_live_opens_it_at_once(clinic, closed, set_state, visit):
    assert visit("/").status_code == 403
    set_state(SiteState.LIVE)
    assert visit("/").status_code == 200


def test_an_open_site_costs_no_query_more(clinic, visit, django_assert_max_num_queries):
    """The state comes with the site, which the middleware before has read in its one query."""
    visit("/robots.txt")
    with django_assert_max_num_queries(1):
        visit("/robots.txt")
