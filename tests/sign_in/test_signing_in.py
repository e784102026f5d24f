"""A password, a second step, and what neither tells to strangers."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.sign_in.conftest import PASSWORD, code_of, is_signed_in, query_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["owner", "bea@clinic.example", "Bea@Clinic.Example"])
def test_the_user_name_or_the_address_will_do(person, sign_in, typed):
    response = sign_in(typed)
    assert response.headers["Location"] == "/admin/"
    assert is_signed_in(response.browser)


def test_one_leads_on_to_where_one_was_going_and_nowhere_else(person, sign_in):
    assert sign_in("owner", next="/admin/images/").headers["Location"] == "/admin/images/"
    assert sign_in("owner", next="https://evil.example/").headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("username", "password"), [("owner", "wrong"), ("nobody", PASSWORD), ("", ""), ("owner\x00", PASSWORD)]
)
def test_what_is_wrong_is_refused_in_the_same_words(person, sign_in, username, password):
    response = sign_in(username, password)
    assert response.status_code == 200
    assert not is_signed_in(response.browser)
    if username and "\x00" not in username:
        assert "There is no account with this user name and password." in response.text


def test_somebody_who_is_shut_out_is_told_no_more(person, sign_in):
    person.is_active = False
    person.save()
    assert "There is no account with this user name and password." in sign_in("owner").text


def test_an_app_is_asked_for_after_the_password(person, sign_in, add_app):
    secret = add_app(sign_in("owner").browser)
    response = sign_in("owner", next="/admin/images/")
    browser = response.browser
    assert response.headers["Location"] == "/admin/sign-in/second-step/authenticate/"
    assert not is_signed_in(browser)
    wrong = browser.post("/admin/sign-in/second-step/authenticate/", {"code": "000000"})
    assert "That is not the code of this moment." in wrong.text
    right = browser.post("/admin/sign-in/second-step/authenticate/", {"code": code_of(secret)})
    assert right.headers["Location"] == "/admin/images/"
    assert is_signed_in(browser)


def test_a_code_for_emergencies_lets_in_once(person, sign_in, add_app):
    first = sign_in("owner").browser
    add_app(first)
    codes = first.get("/admin/sign-in/second-step/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    answers = []
    for _ in range(2):
        browser = sign_in("owner").browser
        answers.append(
            browser.post("/admin/sign-in/second-step/authenticate/", {"code": codes[0]}).status_code
        )
    assert answers == [302, 200]


def test_the_secret_of_an_app_is_stored_encrypted(person, sign_in, add_app):
    from allauth.mfa.models import Authenticator

    secret = add_app(sign_in("owner").browser)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def test_a_secret_key_that_was_replaced_still_opens_what_it_closed(person, sign_in, add_app, settings):
    secret = add_app(sign_in("owner").browser)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key, of today"
    browser = sign_in("owner").browser
    answer = browser.post("/admin/sign-in/second-step/authenticate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/admin/"


def test_who_adds_a_second_step_is_told_by_mail(
    person, sign_in, add_app, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        add_app(sign_in("owner").browser)
    assert {mail.to[0] for mail in mailoutbox} == {"bea@clinic.example"}
    assert any("an authenticator app was added to your account." in mail.body for mail in mailoutbox)


def test_a_second_step_is_added_only_by_somebody_who_gave_the_password_lately(person, sign_in, clock):
    browser = sign_in("owner").browser
    clock.shift(301)
    answer = browser.get("/admin/sign-in/second-step/totp/activate/")
    assert answer.headers["Location"].startswith("/admin/sign-in/again/?next=")
    assert query_of(answer.headers["Location"])["next"] == ["/admin/sign-in/second-step/totp/activate/"]


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_set_password", "mfa_signup_webauthn"]
)
def test_nobody_signs_up(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/_util/login/", "/admin/login/", "/admin/"])
def test_no_clinics_host_takes_a_password(clinic, person, path):
    browser = Client(HTTP_HOST=clinic.host)
    answer = browser.post(path, {"username": "owner", "password": PASSWORD})
    assert answer.status_code in (302, 403, 405)
    assert "_auth_user_id" not in browser.session
    shown = browser.get(path)
    if shown.status_code == 302:
        assert shown.headers["Location"].startswith("http://localhost")
    else:
        assert (shown.status_code, "password" in shown.text.lower()) == (403, False)


def test_the_agencys_host_has_no_other_way_in(person):
    browser = Client(HTTP_HOST="localhost")
    answer = browser.post("/_util/login/?next=/admin/", {"username": "owner", "password": PASSWORD})
    assert answer.headers["Location"] == "/admin/login/?next=/admin/"
    assert not is_signed_in(browser)


def test_a_session_begun_elsewhere_without_the_second_step_is_ended(
    person, sign_in, add_app, admin_client_of
):
    """Such as by a view of the project's own that signs somebody in by the password alone."""
    add_app(sign_in("owner").browser)
    answer = admin_client_of(person).get("/admin/")
    assert answer.headers["Location"] == "/admin/login/?next=%2Fadmin%2F"


def test_whoever_is_signed_in_already_is_led_to_the_first_screen(person, sign_in, settings):
    assert settings.LOGIN_REDIRECT_URL == "wagtailadmin_home"
    browser = sign_in("owner").browser
    assert browser.get("/admin/sign-in/second-step/authenticate/").headers["Location"].startswith("/admin/")
