"""A session that ends over a form takes nothing of what was typed along."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client

from clinicsite.sign_in import kept
from tests.sign_in.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def settings_form(clinic, person, sign_in):
    """(the browser of the owner, the address of the clinic's settings, what its form holds)."""
    browser = sign_in("owner").browser
    path = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
    form = browser.get(path).context["form"]
    data = {"tagline": "Closed today: burst pipe"}
    for field in form:
        value = field.value()
        if value not in (None, False) and field.name != "tagline":
            data[field.html_name] = value
    for formset in form.formsets.values():
        prefix = formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return browser, path, data


def fields_of(response):
    """What the form that waits for one press would send."""
    data = {}
    for name, value in response.context["kept"].fields:
        data.setdefault(name, []).append(value)
    return data


def tagline_of(clinic):
    clinic.settings.refresh_from_db()
    return clinic.settings.tagline


def test_what_was_typed_is_saved_after_signing_in_again(clinic, settings_form, sign_in):
    browser, path, data = settings_form
    browser.post("/admin/logout/")
    ended = browser.post(path, data)
    assert ended.status_code == 403
    assert "Sign in again: what you typed is kept." in ended.text
    assert tagline_of(clinic) != "Closed today: burst pipe"
    back = sign_in("owner", browser=browser, kept=ended.context["form"].initial["kept"], next=path)
    assert back.headers["Location"] == "/admin/sign-in/kept/"
    waiting = browser.get("/admin/sign-in/kept/")
    assert f'<form action="{path}" method="post">' in waiting.text
    assert "Closed today: burst pipe" in waiting.text
    assert browser.post(path, fields_of(waiting)).status_code == 302
    assert tagline_of(clinic) == "Closed today: burst pipe"


def test_a_wrong_password_in_between_loses_nothing(settings_form, sign_in):
    browser, path, data = settings_form
    browser.post("/admin/logout/")
    text = browser.post(path, data).context["form"].initial["kept"]
    assert sign_in("owner", "wrong", browser=browser, kept=text).context["form"]["kept"].value() == text


def test_it_is_shown_once(settings_form, sign_in):
    browser, path, data = settings_form
    browser.post("/admin/logout/")
    text = browser.post(path, data).context["form"].initial["kept"]
    sign_in("owner", browser=browser, kept=text)
    assert browser.get("/admin/sign-in/kept/").status_code == 200
    assert browser.get("/admin/sign-in/kept/").headers["Location"] == "/admin/"


def test_nothing_is_stored_for_a_stranger(settings_form):
    _browser, path, data = settings_form
    stranger, before = Client(HTTP_HOST="localhost"), Session.objects.count()
    assert stranger.post(path, data).status_code == 403
    assert Session.objects.count() == before
    assert settings.SESSION_COOKIE_NAME not in stranger.cookies


@pytest.mark.parametrize("text", ["", "made up", '["/admin/", "a=b", false]'])
def test_what_we_have_not_written_is_not_shown(person, sign_in, text):
    response = sign_in("owner", kept=text)
    assert "evil" not in response.browser.get("/admin/sign-in/kept/", follow=True).text
    assert response.browser.get("/admin/sign-in/kept/").headers["Location"] == "/admin/"


def test_lines_spaces_and_names_that_come_twice_arrive_as_they_were(rf):
    sent = {"text": "\n  two\nlines & <b>\n", "tag": ["one", "two", "one"], kept.TOKEN: "x"}
    form = kept.KeptForm.of(rf.post("/admin/pages/3/edit/?x=1", sent))
    assert kept.read(form.signed) == form
    assert form.path == "/admin/pages/3/edit/?x=1"
    assert sorted(form.fields) == [
        ("tag", "one"), ("tag", "one"), ("tag", "two"), ("text", "\n  two\nlines & <b>\n")
    ]  # fmt: skip


def test_after_twelve_hours_it_is_gone(rf, clock):
    text = kept.KeptForm.of(rf.post("/admin/", {"a": "b"})).signed
    clock.shift(kept.LIFETIME)
    assert kept.read(text) is not None
    clock.shift(1)
    assert kept.read(text) is None


@pytest.mark.parametrize(
    ("options", "is_kept"),
    [
        ({}, True),
        ({"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}, False),
        ({"HTTP_ACCEPT": "application/json"}, False),
        ({"content_type": "application/json", "data": "{}"}, False),
        ({"data": {"new_password1": "quiet-river"}}, False),
        ({"data": {"new_password1": ""}}, True),
    ],
)
def test_only_forms_that_a_person_sent_are_kept(rf, options, is_kept):
    assert kept.can_be_kept(rf.post("/admin/", **({"data": {"a": "b"}} | options))) is is_kept


class TestToken:
    """A form made before somebody signed in anew in another tab has a token that no longer holds."""

    @pytest.fixture
    def strict(self, person):
        browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
        browser.force_login(person)
        return browser

    def test_it_waits_for_one_press(self, strict, clinic):
        path = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
        answer = strict.post(path, {"tagline": "New"}, HTTP_ORIGIN="http://localhost")
        assert answer.status_code == 403
        assert fields_of(answer) == {"tagline": ["New"]}

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[::1", ""])
    def test_nobody_elses_words_are_put_before_a_person(self, strict, origin):
        answer = strict.post("/admin/pages/1/edit/", {"title": "evil words"}, HTTP_ORIGIN=origin)
        assert answer.status_code == 403
        assert "evil words" not in answer.text
        assert "This form is out of date" in answer.text

    def test_a_strangers_form_leads_to_signing_in(self, db):
        browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
        answer = browser.post("/admin/pages/1/edit/", {"title": "New"}, HTTP_ORIGIN="http://localhost")
        assert "Sign in again: what you typed is kept." in answer.text
        assert PASSWORD not in answer.text


def test_who_is_asked_for_a_second_step_over_a_form_finds_it_again(clinic, settings_form, add_app):
    browser, path, data = settings_form
    clinic.settings.needs_second_factor = True
    clinic.settings.save()
    browser.force_login(get_user_model().objects.get(username="owner"))
    assert browser.post(path, data).headers["Location"] == "/admin/sign-in/second-step/"
    assert "Go on to what you typed" not in browser.get("/admin/sign-in/second-step/").text
