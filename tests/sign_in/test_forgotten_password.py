"""A link for a new password: the same answer for every address, and few mails to each."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.sign_in.conftest import is_signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/password_reset/"


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    def send(address, sender="192.0.2.1"):
        browser = Client(HTTP_HOST="localhost")
        with django_capture_on_commit_callbacks(execute=True):
            return browser.post(ADDRESS, {"email": address}, REMOTE_ADDR=sender)

    return send


def link_in(mail):
    return re.search(r"https?://[^/]+(/admin/password_reset/confirm/\S+)", mail.body)[1]


def test_the_link_lets_one_choose_a_password_once(person, ask, sign_in, mailoutbox):
    assert ask("BEA@clinic.example").headers["Location"] == "/admin/password_reset/done/"
    (mail,) = mailoutbox
    assert mail.to == ["bea@clinic.example"]
    browser = Client(HTTP_HOST="localhost")
    form = browser.get(link_in(mail), follow=True)
    new = {"new_password1": "quiet-river-4711", "new_password2": "quiet-river-4711"}
    browser.post(form.request["PATH_INFO"], new)
    assert is_signed_in(sign_in("owner", "quiet-river-4711").browser)
    again = Client(HTTP_HOST="localhost").get(link_in(mail), follow=True)
    assert "new_password1" not in again.text


def test_a_strangers_address_gets_the_same_answer_and_no_mail(person, ask, mailoutbox):
    known, unknown = ask("bea@clinic.example"), ask("nobody@clinic.example")
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [mail.to for mail in mailoutbox] == [["bea@clinic.example"]]


def test_both_ask_the_database_the_same(person, ask, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client(HTTP_HOST="localhost").post(ADDRESS, {"email": "nobody@clinic.example"})
    with django_assert_num_queries(0):
        Client(HTTP_HOST="localhost").post(ADDRESS, {"email": "bea@clinic.example"})


def test_a_mailbox_is_not_flooded(person, ask, mailoutbox, clock):
    for sender in range(1, 6):
        answer = ask("bea@clinic.example", f"198.51.100.{sender}")
        assert answer.headers["Location"] == "/admin/password_reset/done/"
    assert len(mailoutbox) == 3
    clock.shift(60 * 60)
    ask("bea@clinic.example")
    assert len(mailoutbox) == 4


def test_somebody_who_was_invited_and_lost_the_mail_can_ask_for_another(person, ask, mailoutbox):
    person.set_unusable_password()
    person.save()
    ask("bea@clinic.example")
    assert len(mailoutbox) == 1


def test_somebody_who_is_shut_out_gets_none(person, ask, mailoutbox):
    get_user_model().objects.filter(pk=person.pk).update(is_active=False)
    ask("bea@clinic.example")
    assert mailoutbox == []
