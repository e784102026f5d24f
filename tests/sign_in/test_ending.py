"""When a session ends before its time."""

import pytest

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
    assert browser.get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"


def test_eight_hours_without_use_end_it(person, sign_in, clock):
    browser = sign_in("owner", remember="on").browser
    clock.shift(8 * 60 * 60 - 1)
    assert is_signed_in(browser)
    clock.shift(8 * 60 * 60 + 1)
    assert not is_signed_in(browser)
