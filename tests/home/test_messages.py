"""Patients' messages in the admin: a clinic's people read their own, and nobody else's exist for them."""

import pytest

from home.models import ContactMessage
from tests.factories import ContactPageFactory


def write(clinic, **fields):
    page = ContactPageFactory(parent=clinic.home)
    return ContactMessage.objects.create(page=page, email="jo@patients.example", **fields)


@pytest.fixture
def own(clinic):
    return write(clinic, name="Jo Example", message="Do you open on Sundays?")


@pytest.fixture
def foreign(other_clinic):
    return write(other_clinic, name="South Patient", message="A word for South alone.")


@pytest.fixture(params=["owner", "editor"])
def browser(request, admin_client_of):
    return admin_client_of(request.getfixturevalue(request.param))


def test_the_list_shows_the_own_clinics_messages_only(browser, own, foreign):
    shown = browser.get("/admin/messages/").content.decode()
    assert "Jo Example" in shown
    assert "South" not in shown


def test_a_message_can_be_read_and_deleted(browser, own):
    assert "Do you open on Sundays?" in browser.get(f"/admin/messages/{own.pk}/").content.decode()
    assert browser.post(f"/admin/messages/{own.pk}/").status_code == 302
    assert not ContactMessage.objects.filter(pk=own.pk).exists()


def test_another_clinics_message_is_not_found_and_cannot_be_deleted(browser, own, foreign):
    for response in (
        browser.get(f"/admin/messages/{foreign.pk}/"),
        browser.post(f"/admin/messages/{foreign.pk}/"),
    ):
        assert response.status_code == 404
        assert "South" not in response.content.decode()
    assert ContactMessage.objects.filter(pk=foreign.pk).exists()


def test_the_librarys_people_read_no_patients_messages(library_editor, admin_client_of, own):
    assert "Jo Example" not in admin_client_of(library_editor).get("/admin/messages/").content.decode()


@pytest.mark.parametrize("query", ["?ordering=-name", "?ordering=page__owner__password", "?p=99", "?q=South"])
def test_the_list_stays_up_whatever_stands_in_its_address(browser, own, foreign, query):
    response = browser.get(f"/admin/messages/{query}")
    assert response.status_code in (200, 404)
    assert "South Patient" not in response.content.decode()
