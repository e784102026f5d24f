"""When a session ends before its time."""

import pytest
from django.conf import settings as project

from clinicsite.clinics.roles import LIBRARY_EDITORS, ensure_agency_groups
from clinicsite.sign_in.middleware import LONGEST
from tests.sign_in.conftest import is_signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        lambda user, groups: user.groups.add(groups.editor),
        lambda user, groups: user.groups.remove(groups.owner),
        lambda user, groups: user.groups.clear(),
        lambda user, groups: groups.editor.user_set.add(user),
        lambda user, groups: groups.owner.user_set.remove(user),
        lambda user, groups: groups.owner.user_set.clear(),
    ],
)
def test_a_role_given_or_taken_ends_the_sessions_of_that_person_alone(
    clinic, other_owner, person, sign_in, change
):
    other_owner.set_password("calm-needle-2026")
    other_owner.save()
    browsers = [sign_in("owner").browser, sign_in("owner").browser, sign_in("other-owner").browser]
    assert [is_signed_in(browser) for browser in browsers] == [True] * 3
    change(person, clinic.groups)
    assert [is_signed_in(browser) for browser in browsers] == [False, False, True]


def test_a_role_that_somebody_has_already_ends_nothing(clinic, person, sign_in):
    browser = sign_in("owner").browser
    person.groups.add(clinic.groups.owner)
    assert is_signed_in(browser)


def test_a_new_password_ends_the_other_sessions(person, sign_in):
    browsers = [sign_in("owner").browser for _ in range(2)]
    person.set_password("another-calm-needle-2026")
    person.save()
    assert not any(is_signed_in(browser) for browser in browsers)


def test_one_press_signs_out_everywhere_else(person, sign_in):
    here, there = sign_in("owner").browser, sign_in("owner").browser
    shown = here.get("/admin/sign-in/sessions/")
    assert shown.text.count("(here)") == 1
    here.post("/admin/sign-in/sessions/")
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)


def test_nobodys_sessions_but_ones_own_are_listed(person, editor, sign_in):
    editor.set_password("calm-needle-2026")
    editor.save()
    sign_in("editor", address="198.51.100.77")
    assert "198.51.100.77" not in sign_in("owner").browser.get("/admin/sign-in/sessions/").text


def test_after_a_week_one_signs_in_again_however_busy_the_session_was(person, sign_in, clock):
    browser = sign_in("owner", remember="on").browser
    for _ in range(7 * 4):
        clock.shift(LONGEST // 28)
        assert is_signed_in(browser)
    clock.shift(1)
    assert browser.get("/admin/").headers["Location"] == "/admin/login/?next=%2Fadmin%2F"


def test_eight_hours_without_use_end_it(person, sign_in, clock):
    browser = sign_in("owner", remember="on").browser
    clock.shift(8 * 60 * 60 - 1)
    assert is_signed_in(browser)
    clock.shift(8 * 60 * 60 + 1)
    assert not is_signed_in(browser)


def test_a_session_that_was_given_a_new_key_with_a_password_is_still_listed_and_ended(
    clinic, person, sign_in
):
    browser = sign_in("owner").browser
    browser.get("/admin/")
    session, before = browser.session, browser.session.session_key
    session.cycle_key()
    browser.cookies[project.SESSION_COOKIE_NAME] = session.session_key
    assert is_signed_in(browser)
    assert session.session_key != before
    person.groups.remove(clinic.groups.owner)
    assert not is_signed_in(browser)


def test_whoever_gives_themselves_a_role_goes_on(clinic, library, admin_user, sign_in):
    roles = ensure_agency_groups(library, [], clinic.collection)
    admin_user.set_password("calm-needle-2026")
    admin_user.save()
    browser = sign_in(admin_user.get_username()).browser
    data = {
        "username": admin_user.get_username(),
        "email": "admin@agency.example",
        "first_name": "Ada",
        "last_name": "Min",
        "is_superuser": "on",
        "is_active": "on",
        "groups": [roles[LIBRARY_EDITORS].pk],
    }
    assert browser.post(f"/admin/users/edit/{admin_user.pk}/", data).status_code == 302
    assert is_signed_in(browser)


def test_somebody_made_a_superuser_is_judged_anew(settings, person, sign_in):
    settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": "agency"}
    browser = sign_in("owner").browser
    assert is_signed_in(browser)
    person.is_superuser = True
    person.save()
    assert browser.get("/admin/").headers["Location"] == "/admin/sign-in/second-step/"
