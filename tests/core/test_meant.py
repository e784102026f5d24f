"""Addresses that are nearly right lead where they were meant to."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from tests.factories import StandardPageFactory

STRANGE = ["/%00", "/%ff%fe", "/a%25", "/?%00=1", "/b%5Fc/", "/a//[b"]


@pytest.fixture
def redirect(clinic):
    def made(old_path, link="/fees/", site=clinic.site):
        return Redirect.objects.create(
            old_path=Redirect.normalise_path(old_path), redirect_link=link, site=site
        )

    return made


@pytest.mark.parametrize("asked", ["/BookNow", "/booknow", "/BOOKNOW/", "/booknow?utm_source=x&gclid=1"])
def test_a_redirect_is_found_in_any_case_and_with_what_is_added(redirect, visit, asked):
    redirect("/BookNow")
    response = visit(asked)
    assert (response.status_code, response.headers["Location"]) == (301, "/fees/")


@pytest.mark.parametrize(
    ("asked", "link"),
    [
        ("/products?id=123", "/one/"),
        ("/products?id=123&utm_source=x", "/one/"),
        ("/products?utm_source=x&id=123", "/one/"),
        ("/Products/?fbclid=y&id=123&size=2", "/both/"),
    ],
)
def test_a_redirect_with_parameters_is_for_whoever_gives_them_among_others(redirect, visit, asked, link):
    redirect("/products?id=123", "/one/")
    redirect("/products?id=123&size=2", "/both/")
    assert visit(asked).headers["Location"] == link


def test_a_redirect_is_not_for_whoever_lacks_its_parameters(redirect, visit):
    redirect("/products?id=123")
    assert visit("/products/?id=4").status_code == 404
    assert visit("/products/").status_code == 404


def test_one_clinics_redirects_are_not_anothers(other_clinic, redirect, visit):
    redirect("/BookNow", site=other_clinic.site)
    assert visit("/booknow/").status_code == 404


def test_a_page_is_found_in_any_case(clinic, visit):
    StandardPageFactory(parent=clinic.home, slug="fees")
    response = visit("/Fees/")
    assert (response.status_code, response.headers["Location"]) == (301, "/fees/")


def test_a_page_that_is_not_open_is_not_given_away(clinic, visit):
    closed = StandardPageFactory(parent=clinic.home, slug="closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    StandardPageFactory(parent=clinic.home, slug="draft", live=False)
    assert visit("/Closed/").status_code == 404
    assert visit("/Draft/").status_code == 404


def test_a_redirect_to_its_own_address_turns_in_no_circle(redirect, visit):
    redirect("/BookNow", "/booknow/")
    assert visit("/booknow/").status_code == 404


@pytest.mark.parametrize("asked", STRANGE)
def test_a_strange_address_breaks_nothing(clinic, visit, asked):
    assert visit(asked).status_code in (200, 400, 404)


def test_nothing_that_is_sent_is_led_elsewhere(redirect, clinic, client):
    redirect("/BookNow")
    assert client.post("/booknow/", HTTP_HOST=clinic.host).status_code == 404


@pytest.mark.parametrize("path", ["//[::1/", "//[x"])
def test_what_is_no_address_leads_nowhere(clinic, visit, path):
    # Named apart, because the client takes such a path for a host itself.
    assert visit("/", PATH_INFO=path).status_code == 404
