"""Draft and staging sites, and the agency's host, are closed to robots everywhere at once."""

import pytest
from django.test import Client

from clinicsite.clinics.models import SiteState
from tests.factories import BlogIndexPageFactory, ImageFactory, StandardPageFactory

CLOSED = "noindex, nofollow"
META = f'<meta name="robots" content="{CLOSED}">'
NOT_LIVE = [SiteState.DRAFT, SiteState.STAGING]


@pytest.fixture
def set_state(clinic):
    def change(state):
        clinic.settings.state = state
        clinic.settings.save()

    return change


def test_a_live_site_is_open_and_names_its_sitemap(clinic, visit):
    response = visit("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (f"User-agent: *\nAllow: /\n\nSitemap: {clinic.site.root_url}/sitemap.xml\n")
    assert "X-Robots-Tag" not in response


@pytest.mark.parametrize("state", NOT_LIVE)
def test_robots_txt_closes_a_site_that_is_not_live(set_state, visit, state):
    set_state(state)
    assert visit("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("state", NOT_LIVE)
def test_every_answer_of_a_site_that_is_not_live_says_so_in_its_head(clinic, set_state, visit, state):
    BlogIndexPageFactory(parent=clinic.home)
    icon = "/clinicsite/icons/old/96.png"
    paths = [
        "/",
        "/blog/",
        "/blog/feed/",
        "/nothing-here/",
        "/robots.txt",
        "/favicon.ico",
        icon,
        "/media/no.jpg",
    ]
    assert [path for path in paths if "X-Robots-Tag" in visit(path)] == []
    set_state(state)
    assert [visit(path).get("X-Robots-Tag") for path in paths] == [CLOSED] * len(paths)


@pytest.mark.parametrize("state", NOT_LIVE)
def test_every_page_of_a_site_that_is_not_live_says_so_in_itself(clinic, set_state, visit, state):
    StandardPageFactory(parent=clinic.home, title="About us")
    assert all(META not in visit(path).text for path in ("/", "/about-us/"))
    set_state(state)
    assert all(visit(path).text.count(META) == 1 for path in ("/", "/about-us/", "/nothing-here/"))


def test_going_live_opens_everything_at_once(clinic, set_state, visit):
    set_state(SiteState.DRAFT)
    assert META in visit("/").text
    set_state(SiteState.LIVE)
    response = visit("/")
    assert 'name="robots"' not in response.text
    assert "X-Robots-Tag" not in response
    assert "Disallow" not in visit("/robots.txt").text


def test_a_site_without_settings_is_closed(clinic, visit):
    clinic.settings.delete()
    assert visit("/")["X-Robots-Tag"] == CLOSED
    assert META in visit("/").text
    assert "Disallow: /" in visit("/robots.txt").text


def test_one_clinics_state_closes_no_other(clinic, other_clinic, set_state):
    set_state(SiteState.DRAFT)
    response = Client(HTTP_HOST=other_clinic.host).get("/")
    assert "X-Robots-Tag" not in response
    assert 'name="robots"' not in response.text


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/robots.txt", "/nothing-here/"])
def test_the_agencys_host_is_closed(clinic, client, path):
    assert client.get(path, HTTP_HOST="localhost")["X-Robots-Tag"] == CLOSED


def test_the_agencys_list_and_its_robots_txt_say_so_too(clinic, client):
    assert META in client.get("/", HTTP_HOST="localhost").text
    assert client.get("/robots.txt", HTTP_HOST="localhost").text == "User-agent: *\nDisallow: /\n"


def test_files_on_a_host_of_no_clinic_stay_open(clinic, client):
    """A host for media alone serves live clinics' pictures."""
    image = ImageFactory()
    assert "X-Robots-Tag" not in client.get(f"/media/{image.file.name}", HTTP_HOST="media.example")


def test_a_page_of_a_live_site_that_is_hidden_says_so_alone(clinic, visit):
    StandardPageFactory(parent=clinic.home, title="Hidden", is_hidden_from_search_engines=True)
    assert '<meta name="robots" content="noindex">' in visit("/hidden/").text
    assert 'name="robots"' not in visit("/").text
