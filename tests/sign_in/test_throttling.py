"""Guessing is stopped, and the person whose account is guessed at is not."""

import pytest
from django.test import Client

from clinicsite.sign_in import throttling
from clinicsite.sign_in.forms import TOO_OFTEN
from tests.sign_in.conftest import PASSWORD, is_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def guess(sign_in, times, **options):
    return [sign_in("owner", f"wrong-{number}", **options).status_code for number in range(times)]


def test_after_five_tries_the_right_password_is_refused_too_and_ten_minutes_later_it_is_not(
    person, sign_in, clock
):
    assert guess(sign_in, 5) == [200] * 5
    refused = sign_in("owner")
    assert (refused.status_code, TOO_OFTEN in refused.text) == (429, True)
    assert not is_signed_in(refused.browser)
    clock.shift(600)
    assert is_signed_in(sign_in("owner").browser)


@pytest.mark.parametrize("typed", ["owner", "nobody-such", "bea@clinic.example", "no@clinic.example"])
def test_the_limit_does_not_tell_whether_there_is_such_an_account_or_whose_address_it_is(
    person, sign_in, typed
):
    for _ in range(4):
        sign_in("owner", "wrong")
    tries = [sign_in(typed.upper() if number % 2 else typed, "wrong").status_code for number in range(6)]
    # Five for each name, in whatever letters it is typed; "owner" has had four.
    assert tries == ([200] + [429] * 5 if typed == "owner" else [200] * 5 + [429])


def test_everybody_with_an_ipv4_address_is_a_sender_of_their_own_where_the_server_writes_it_as_ipv6(
    person, sign_in
):
    tries = [sign_in("owner", "wrong", address=f"::ffff:192.0.2.{n}").status_code for n in range(1, 8)]
    assert tries == [200] * 7


def test_somebody_else_somewhere_else_is_not_held_up(person, sign_in, editor):
    guess(sign_in, 6)
    assert is_signed_in(sign_in("owner", address="198.51.100.7").browser)


def test_a_household_has_one_share_however_many_addresses_it_has(person, sign_in):
    tries = [sign_in("owner", "wrong", address=f"2001:db8:1:2::{n:x}").status_code for n in range(6)]
    assert tries == [200] * 5 + [429]


def test_the_browser_of_the_owner_is_let_in_while_the_whole_world_guesses(person, sign_in):
    own = sign_in("owner").browser
    own.post("/admin/logout/")
    tries = [sign_in("owner", "wrong", address=f"198.51.100.{n}").status_code for n in range(1, 61)]
    assert tries[:49] == [200] * 49
    assert set(tries[50:]) == {429}
    assert sign_in("owner", address="203.0.113.9").status_code == 429
    assert is_signed_in(sign_in("owner", browser=own, address="203.0.113.9").browser)


def test_in_a_known_browser_the_eleventh_try_has_to_wait(person, sign_in):
    own = sign_in("owner").browser
    own.post("/admin/logout/")
    assert guess(sign_in, 11, browser=own) == [200] * 10 + [429]


def test_a_browser_is_known_to_the_accounts_that_signed_in_with_it_alone(person, sign_in, editor):
    editor.set_password(PASSWORD)
    editor.save()
    browser = sign_in("editor").browser
    browser.post("/admin/logout/")
    assert guess(sign_in, 6, browser=browser) == [200] * 5 + [429]


def test_a_cookie_that_somebody_made_up_makes_nothing_known(person, sign_in):
    browser = Client(HTTP_HOST="localhost")
    browser.cookies[throttling.COOKIE] = f'["made-up", ["account {person.pk}"]]'
    assert guess(sign_in, 6, browser=browser) == [200] * 5 + [429]


def test_one_network_has_thirty_tries_at_all_accounts_together(sign_in, db):
    tries = [sign_in(f"somebody-{number}", "wrong").status_code for number in range(31)]
    assert tries == [200] * 30 + [429]


def test_what_is_refused_costs_no_comparison_of_passwords(person, sign_in, settings):
    """A comparison by Argon2 takes half a second of the processor: refused before it, not after."""
    guess(sign_in, 5)
    settings.PASSWORD_HASHERS = []
    assert sign_in("owner").status_code == 429
