"""A password for a page or a document is asked for where that is, and is not guessed without end."""

import pytest
from django.test import Client
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from clinicsite.clinics.page_passwords import MOST_OF_A_NETWORK, MOST_OF_ALL, TOO_OFTEN
from tests.factories.pages import StandardPageFactory
from tests.standing import standing

NOWHERE = "/_util/authenticate_with_password/987654/987654/"
NO_DOCUMENTS = "/documents/authenticate_with_password/987654/"


@standing
def page(clinic):
    return StandardPageFactory(parent=clinic.home, title="For members", slug="members")


@standing
def restriction(page):
    return PageViewRestriction.objects.create(page=page, restriction_type="password", password="needle")


@standing
def of_documents(clinic):
    return CollectionViewRestriction.objects.create(
        collection=clinic.collection, restriction_type="password", password="needle"
    )


def address(restriction, page):
    return f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"


def type_in(browser, where, password, back="/members/", network="192.0.2.1"):
    return browser.post(where, {"password": password, "return_url": back}, REMOTE_ADDR=network)


def test_the_right_password_opens_the_page(clinic, page, restriction):
    browser = Client(HTTP_HOST=clinic.host)
    assert 'type="password"' in browser.get("/members/").text
    assert type_in(browser, address(restriction, page), "wrong").status_code == 200
    assert type_in(browser, address(restriction, page), "needle").headers["Location"] == "/members/"
    assert "For members" in browser.get("/members/").text


@pytest.mark.parametrize("kind", ["page", "documents"])
def test_after_ten_tries_the_right_one_is_not_taken_either(clinic, page, restriction, of_documents, kind):
    browser = Client(HTTP_HOST=clinic.host)
    where = address(restriction, page)
    if kind == "documents":
        where = f"/documents/authenticate_with_password/{of_documents.pk}/"
    assert {type_in(browser, where, "wrong").status_code for _ in range(MOST_OF_A_NETWORK)} == {200}
    refused = type_in(browser, where, "needle")
    assert (refused.status_code, TOO_OFTEN in refused.text) == (429, True)
    assert type_in(browser, where, "wrong").text.count("not correct") == 0
    assert type_in(browser, where, "needle", network="198.51.100.7").status_code == 302


def test_all_networks_together_have_a_share_too(clinic, page, restriction):
    browser = Client(HTTP_HOST=clinic.host)
    for number in range(MOST_OF_ALL):
        type_in(browser, address(restriction, page), "wrong", network=f"10.0.{number // 250}.{number % 250}")
    assert type_in(browser, address(restriction, page), "needle", network="198.51.100.7").status_code == 429


def test_looking_at_the_form_is_no_try(clinic, page, restriction):
    browser = Client(HTTP_HOST=clinic.host)
    for _ in range(MOST_OF_A_NETWORK + 1):
        assert browser.get(address(restriction, page)).status_code == 200
    assert type_in(browser, address(restriction, page), "needle").status_code == 302


@pytest.mark.parametrize("host", ["south.localhost", "localhost"])
def test_on_another_host_it_is_as_if_there_were_none(other_clinic, page, restriction, of_documents, host):
    browser = Client(HTTP_HOST=host)
    pairs = [
        (address(restriction, page), NOWHERE),
        (f"/documents/authenticate_with_password/{of_documents.pk}/", NO_DOCUMENTS),
    ]
    for where, nowhere in pairs:
        for ask in (browser.get, lambda path: type_in(browser, path, "needle")):
            found, missing = ask(where), ask(nowhere)
            assert (found.status_code, found.text) == (404, missing.text)


def test_no_draft_tells_its_title(clinic, page, restriction):
    page.unpublish()
    asked = Client(HTTP_HOST=clinic.host).get(address(restriction, page))
    assert (asked.status_code, "For members" in asked.text) == (404, False)


def test_a_restriction_that_is_not_this_pages_is_none(clinic, page, restriction):
    open_page = StandardPageFactory(parent=clinic.home, title="Open", slug="open")
    asked = Client(HTTP_HOST=clinic.host).get(address(restriction, open_page))
    assert asked.status_code == 404


def test_who_works_with_documents_is_asked_on_the_agencys_host(
    owner, other_owner, of_documents, admin_client_of
):
    where = f"/documents/authenticate_with_password/{of_documents.pk}/"
    assert admin_client_of(owner).get(where).status_code == 200
    assert admin_client_of(other_owner).get(where).status_code == 404
