"""One's own e-mail address is changed with the password and from its mailbox; the one before is told."""

import re
from datetime import timedelta

import pytest
import time_machine

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/account/"
PASSWORD = "calm-needle-2026"


@pytest.fixture
def owner(owner):
    owner.email, owner.first_name, owner.last_name = "bea@clinic.example", "Bea", "Holmquist"
    owner.set_password(PASSWORD)
    owner.save()
    return owner


def send(browser, callbacks, **changes):
    data = {
        "name_email-first_name": "Bea",
        "name_email-last_name": "Holmquist",
        "name_email-email": "bea@elsewhere.example",
        "name_email-current_password": "",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
    }
    with callbacks(execute=True):
        return browser.post(ADDRESS, data | {f"name_email-{name}": value for name, value in changes.items()})


def address_of(user):
    return type(user).objects.get(pk=user.pk).email


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Write your password to change your e-mail address."),
        ("calm-needle-2025", "That is not your password, so your e-mail address stays as it was."),
    ],
)
def test_a_new_address_without_the_password_is_refused(
    owner, admin_client_of, mailoutbox, django_capture_on_commit_callbacks, password, said
):
    response = send(admin_client_of(owner), django_capture_on_commit_callbacks, current_password=password)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert address_of(owner) == "bea@clinic.example"
    assert mailoutbox == []


def link_in(letter):
    return re.search(r"/admin/account/address/\S+", letter.body)[0]


def test_a_new_address_counts_once_its_mailbox_says_so_and_the_old_one_is_told(
    owner, admin_client_of, mailoutbox, django_capture_on_commit_callbacks
):
    browser = admin_client_of(owner)
    response = send(browser, django_capture_on_commit_callbacks, current_password=PASSWORD)
    assert response.status_code == 302
    assert address_of(owner) == "bea@clinic.example"
    assert "We have sent a link to bea@elsewhere.example" in browser.get(ADDRESS).text
    (question,) = mailoutbox
    assert question.to == ["bea@elsewhere.example"]
    link = link_in(question)
    assert "bea@elsewhere.example" in browser.get(link).text
    assert address_of(owner) == "bea@clinic.example"
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(link).status_code == 302
    assert address_of(owner) == "bea@elsewhere.example"
    assert browser.post(link).status_code == 404
    letter = mailoutbox[1]
    assert letter.to == ["bea@clinic.example"]
    assert letter.subject == "Your e-mail address was changed"
    assert owner.get_username() in letter.body
    assert "elsewhere" not in letter.body


def test_nobody_else_takes_the_address_by_that_link_nor_by_one_that_was_altered(
    owner, other_owner, admin_client_of, mailoutbox, django_capture_on_commit_callbacks
):
    browser = admin_client_of(owner)
    send(browser, django_capture_on_commit_callbacks, current_password=PASSWORD)
    link = link_in(mailoutbox[0])
    assert admin_client_of(other_owner).post(link).status_code == 404
    assert browser.post(f"{link[:-3]}x/").status_code == 404
    with time_machine.travel(timedelta(days=3, seconds=5)):
        assert admin_client_of(owner).post(link).status_code == 404
    assert address_of(owner) == "bea@clinic.example"


def test_a_name_is_changed_without_a_password_and_without_a_mail(
    owner, admin_client_of, mailoutbox, django_capture_on_commit_callbacks
):
    changes = {"email": "bea@clinic.example", "first_name": "Beatrice"}
    response = send(admin_client_of(owner), django_capture_on_commit_callbacks, **changes)
    assert response.status_code == 302
    assert type(owner).objects.get(pk=owner.pk).first_name == "Beatrice"
    assert mailoutbox == []


def test_who_signs_in_elsewhere_is_asked_for_no_password_and_told_all_the_same(
    owner, admin_client_of, mailoutbox, django_capture_on_commit_callbacks
):
    owner.set_unusable_password()
    owner.save()
    browser = admin_client_of(owner)
    assert "name_email-current_password" not in browser.get(ADDRESS).content.decode()
    assert send(browser, django_capture_on_commit_callbacks).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(link_in(mailoutbox[0]))
    assert address_of(owner) == "bea@elsewhere.example"
    assert [letter.to for letter in mailoutbox] == [["bea@elsewhere.example"], ["bea@clinic.example"]]


def test_an_account_that_had_no_address_gets_one_with_the_password(
    owner, admin_client_of, mailoutbox, django_capture_on_commit_callbacks
):
    owner.email = ""
    owner.save()
    browser = admin_client_of(owner)
    assert send(browser, django_capture_on_commit_callbacks).status_code == 200
    assert send(browser, django_capture_on_commit_callbacks, current_password=PASSWORD).status_code == 302
    (letter,) = mailoutbox
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(link_in(letter))
    assert address_of(owner) == "bea@elsewhere.example"
    assert mailoutbox == [letter]


def test_without_management_of_addresses_nothing_is_asked(owner, admin_client_of, settings):
    settings.WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
    shown = admin_client_of(owner).get(ADDRESS).content.decode()
    assert "name_email-first_name" in shown
    assert "name_email-current_password" not in shown
