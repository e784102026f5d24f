"""Who has to have a second step, and what they can do without it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from clinicsite.sign_in.second_factor import LACKS
from tests.isolation.naming import document_in
from tests.sign_in.addresses import every_address
from tests.sign_in.conftest import is_signed_in

pytestmark = pytest.mark.django_db

INDEX = "/admin/sign-in/second-step/"


def require(settings, whose):
    settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": whose}


@pytest.mark.parametrize(
    ("whose", "asked"),
    [
        ("nobody", set()),
        ("agency", {"administrator", "library-editor", "superuser"}),
        ("everybody", {"administrator", "library-editor", "superuser", "owner"}),
    ],
)
def test_the_setting_says_who_is_asked(
    settings, whose, asked, person, administrator, library_editor, admin_user, admin_client_of
):
    require(settings, whose)
    people = {
        "administrator": administrator,
        "library-editor": library_editor,
        "superuser": admin_user,
        "owner": person,
    }
    found = {name for name, user in people.items() if not is_signed_in(admin_client_of(user))}
    assert found == asked


def test_without_it_every_screen_leads_to_adding_one(settings, administrator, sign_in):
    require(settings, "agency")
    browser = sign_in("administrator").browser
    for path in ("/admin/", "/admin/pages/", "/admin/images/", "/admin/account/", "/admin/nothing-here/"):
        assert browser.get(path).headers["Location"] == INDEX
    assert browser.post("/admin/sites/add/", {"hostname": "x.example"}).headers["Location"] == INDEX
    assert "it needs a second step before you go on" in browser.get(INDEX).text


def test_with_it_one_goes_on(settings, administrator, sign_in, add_app):
    require(settings, "agency")
    browser = sign_in("administrator").browser
    add_app(browser)
    assert is_signed_in(browser)


def test_the_last_one_is_not_taken_off_where_it_is_needed(settings, administrator, sign_in, add_app):
    require(settings, "agency")
    browser = sign_in("administrator").browser
    add_app(browser)
    answer = browser.post(f"{INDEX}totp/deactivate/")
    assert "You need a second step to sign in, and this is your only one." in answer.text
    require(settings, "nobody")
    assert browser.post(f"{INDEX}totp/deactivate/").status_code == 302


def test_a_clinic_can_ask_its_own_people_alone(clinic, person, other_owner, admin_client_of):
    clinic.settings.needs_second_factor = True
    clinic.settings.save()
    assert admin_client_of(person).get("/admin/").headers["Location"] == INDEX
    assert is_signed_in(admin_client_of(other_owner))


def test_who_is_signed_in_when_the_clinic_begins_to_ask_signs_in_again(clinic, person, sign_in):
    browser = sign_in("owner").browser
    clinic.settings.needs_second_factor = True
    clinic.settings.save()
    assert browser.get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"


def test_settled_once_it_is_not_asked_again(settings, administrator, sign_in, add_app):
    require(settings, "agency")
    browser = sign_in("administrator").browser
    add_app(browser)
    browser.get("/admin/")
    assert browser.session[LACKS] is False


def test_a_browser_without_a_session_is_asked_for_the_password(db, client):
    assert (
        client.get("/admin/", headers={"host": "localhost"}).headers["Location"]
        == "/admin/login/?next=/admin/"
    )


def test_the_password_alone_opens_no_address_of_the_admin(settings, administrator, sign_in):
    require(settings, "agency")
    browser = sign_in("administrator").browser
    addresses = every_address()
    opened = {path for path in addresses if browser.get(path).status_code == 200}
    assert len(addresses) > 250
    assert {path for path in opened if not path.startswith(INDEX)} == {
        "/admin/jsi18n/",
        "/admin/password_reset/",
        "/admin/password_reset/complete/",
        "/admin/password_reset/confirm/1/1/",
        "/admin/password_reset/done/",
        "/admin/sign-in/again/",
        "/admin/sprite/",
    }


class TestLostTelephone:
    """`remove_second_step`, for whoever has lost the phone and the codes."""

    def remove(self, *args, callbacks):
        out = StringIO()
        with callbacks(execute=True):
            call_command("remove_second_step", *args, stdout=out)
        return out.getvalue()

    def test_the_password_alone_lets_in_again(
        self, person, sign_in, add_app, mailoutbox, django_capture_on_commit_callbacks
    ):
        browser = sign_in("owner").browser
        add_app(browser)
        said = self.remove("owner", callbacks=django_capture_on_commit_callbacks)
        assert said == "owner signs in with the password alone until another step is added.\n"
        assert not is_signed_in(browser)
        assert is_signed_in(sign_in("owner").browser)
        assert "every second step was taken off your account" in mailoutbox[-1].body

    def test_somebody_without_one_is_left_alone(self, person, sign_in, django_capture_on_commit_callbacks):
        browser = sign_in("owner").browser
        said = self.remove("owner", callbacks=django_capture_on_commit_callbacks)
        assert said == "owner has no second step. Nothing was changed.\n"
        assert is_signed_in(browser)

    def test_a_name_that_nobody_has_is_refused(self, db, django_capture_on_commit_callbacks):
        with pytest.raises(CommandError, match="Nobody has the user name nobody"):
            self.remove("nobody", callbacks=django_capture_on_commit_callbacks)


def test_without_it_nobody_reads_a_clinics_documents(settings, clinic, person, sign_in, add_app):
    require(settings, "everybody")
    address = address_of(document_in(clinic.collection))
    browser = sign_in("owner").browser
    assert browser.get(address).status_code == 404
    add_app(browser)
    assert browser.get(address).status_code == 200


def test_who_has_one_and_came_in_by_another_door_reads_none_either(
    clinic, person, sign_in, add_app, admin_client_of
):
    address = address_of(document_in(clinic.collection))
    assert admin_client_of(person).get(address).status_code == 200
    add_app(sign_in("owner").browser)
    assert admin_client_of(person).get(address).status_code == 404


def test_a_patient_reads_them_on_the_clinics_host(settings, clinic, visit):
    require(settings, "everybody")
    assert visit(address_of(document_in(clinic.collection))).status_code == 200


def address_of(document):
    return f"/documents/{document.pk}/{document.filename}"
