"""What no screen has sent is answered as a bad request or a mistake in the form, and never with a failure."""

import json

import pytest
from django.test import Client

from clinicsite.modalities.models import OwnReference
from tests.factories.pages import StandardPageFactory
from tests.isolation.naming import NEVER_GIVEN, document_in
from tests.standing import standing

DEEP = {"lists": "[" * 100_000, "objects": '{"a":' * 100_000}
SIGN_IN = "/admin/sign-in/second-step/webauthn/login/"


@standing
def page(clinic):
    return StandardPageFactory(parent=clinic.home, title="About us")


@pytest.fixture
def owners(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_json_without_end_is_refused_to_whoever_signs_in(db, text):
    assert Client(HTTP_HOST="localhost").post(SIGN_IN, {"credential": text}).status_code == 400


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_json_without_end_is_refused_in_a_form(clinic, owners, text):
    address = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
    assert owners.post(address, {"clinicsite_opened": text, "name": text}).status_code == 400


def test_many_brackets_and_what_only_looks_like_json_are_words_like_any_other(owners, page):
    fine = json.dumps([{"n": number} for number in range(300)])
    for words in ("[" + "] [" * 300, fine, "[[[" + "a" * 300 + "{" * 300):
        answer = owners.post("/admin/choose-external-link/", {"external-link-chooser-link_text": words})
        assert answer.status_code == 200


@pytest.mark.parametrize("back", ["abc", "-1", "{}", '{"blocks":[]}', "a\0b"])
def test_a_way_back_that_leads_nowhere_is_refused(owners, page, back):
    for screen in ("delete", "unpublish"):
        assert owners.post(f"/admin/pages/{page.pk}/{screen}/", {"next": back}).status_code == 400
        assert owners.get(f"/admin/pages/{page.pk}/{screen}/", {"next": back}).status_code == 400
    page.refresh_from_db()
    assert page.live


def test_a_way_back_of_our_own_leads_there(owners, page):
    answer = owners.post(f"/admin/pages/{page.pk}/unpublish/", {"next": "/admin/pages/"})
    assert answer.headers["Location"] == "/admin/pages/"


def test_a_form_without_a_part_of_it_is_refused(owners, page):
    assert owners.post(f"/admin/pages/{page.pk}/edit/", {"title": "New", "slug": "new"}).status_code == 400


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30, "[]", str(NEVER_GIVEN)])
def test_a_copy_below_what_is_no_page_is_not_there(owners, page, key):
    sent = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": key}
    assert owners.post(f"/admin/pages/{page.pk}/copy/", sent).status_code == 404


@pytest.mark.parametrize("key", ["9" * 18, "9" * 30])
def test_huge_keys_in_addresses_are_not_there(owners, page, key):
    addresses = (
        f"pages/{key}/edit/",
        f"pages/{page.pk}/revisions/{key}/view/",
        f"pages/{page.pk}/revisions/compare/{key}...latest/",
        f"pages/{page.pk}/move/{key}/confirm/",
        f"images/{key}/",
        f"documents/edit/{key}/",
        f"images/chooser/chosen/{key}/",
        f"choose-page/{key}/",
    )
    for address in addresses:
        assert owners.get(f"/admin/{address}").status_code == 404, address


@pytest.mark.parametrize("key", ["abc", "-1", "[]"])
def test_keys_that_are_none_are_not_there(owners, key):
    for chooser in ("images", "documents"):
        assert owners.get(f"/admin/{chooser}/chooser/chosen/{key}/").status_code == 404


def test_a_mark_that_no_form_was_given_says_nothing_of_what_the_form_leaves_out(clinic, owners, owner):
    paper = OwnReference.objects.create(
        site=clinic.site, title="Ours", year=2020, doi="10.1000/1", asked_by=owner
    )
    answer = owners.post(f"/admin/clinicsite/own-references/{paper.pk}/", {"clinicsite_opened": "abc"})
    assert answer.status_code == 200


def test_a_document_of_nobodys_is_as_one_of_a_neighbours(other_clinic, owners):
    theirs = document_in(other_clinic.collection)
    for address in (
        "edit/{}",
        "delete/{}",
        "usage/{}",
        "multiple/{}",
        "multiple/{}/delete",
        "chooser/chosen/{}",
    ):
        for ask in (owners.get, owners.post):
            found, missing = (
                ask(f"/admin/documents/{address.format(key)}/") for key in (theirs.pk, NEVER_GIVEN)
            )
            assert (found.status_code, missing.status_code) == (404, 404), address
