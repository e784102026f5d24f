"""A clinic's document is given out on its own host; on any other it is as if it did not exist."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, Site

from clinicsite.provisioning.agency import setup_agency


def document(title, collection):
    made = get_document_model()(title=title, collection=collection)
    made.file.save(f"{title}.txt", ContentFile(f"The words of {title}.".encode()))
    made.save()
    return made


def asked(host, one, user=None):
    browser = Client(HTTP_HOST=host)
    if user is not None:
        browser.force_login(user)
    return browser.get(f"/documents/{one.pk}/{one.filename}")


def status(host, one, user=None):
    return asked(host, one, user).status_code


@pytest.fixture
def norths(clinic):
    return document("consent", clinic.collection)


def test_a_clinics_document_is_given_out_on_its_own_host_alone(clinic, other_clinic, norths, settings):
    answer = asked(clinic.host, norths)
    assert b"".join(answer.streaming_content) == b"The words of consent."
    missing = Client(HTTP_HOST=other_clinic.host).get("/documents/987654/consent.txt")
    refused = asked(other_clinic.host, norths)
    assert (refused.status_code, refused.text) == (404, missing.text)
    assert status("localhost", norths) == 404


def test_one_inside_a_collection_of_the_clinics_is_the_clinics_too(clinic, other_clinic):
    inside = document("map", clinic.collection.add_child(instance=Collection(name="Maps")))
    assert status(clinic.host, inside) == 200
    assert status(other_clinic.host, inside) == 404


def test_the_librarys_is_given_out_on_every_clinics_host(clinic, other_clinic):
    shared = document("leaflet", setup_agency().collection)
    assert [status(one.host, shared) for one in (clinic, other_clinic)] == [200, 200]


def test_whoever_works_with_it_reads_it_on_the_host_of_the_admin(norths, owner, other_owner):
    assert status("localhost", norths, owner) == 200
    assert status("localhost", norths, other_owner) == 404


def test_a_private_one_asks_for_its_password_on_its_own_host_and_nowhere_else(clinic, other_clinic, norths):
    CollectionViewRestriction.objects.create(
        collection=clinic.collection, restriction_type="password", password="needle"
    )
    asks = asked(clinic.host, norths)
    assert 'type="password"' in asks.text
    assert "The words of" not in asks.text
    assert status(other_clinic.host, norths) == 404


def test_documents_of_a_project_around_are_given_out_on_its_own_hosts(clinic, norths, settings):
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    home = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname="agency.localhost", root_page=home)
    own = document("price-list", Collection.get_first_root_node())
    assert status("agency.localhost", own) == 200
    assert status("agency.localhost", norths) == 404
    assert status(clinic.host, own) == 404
    assert status(clinic.host, norths) == 200
