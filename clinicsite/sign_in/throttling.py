"""How often a password may be guessed, without shutting out the person whose account it is.

A browser in which somebody has signed in before holds a cookie that says so, and is counted by itself:
whoever guesses from elsewhere uses up another share (OWASP, "Slow Down Online Guessing Attacks with Device
Cookies"). Each try is counted before the password is looked at: to compare one costs half a second of the
processor.
"""

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string

from clinicsite.core.conf import conf
from clinicsite.core.senders import client_address, count_up, network_of

MINUTES_10 = 10 * 60
HOUR = 60 * 60
#: Tries at one account in ten minutes: in a browser that knows the account, and in the others of a network.
MOST_IN_A_KNOWN_BROWSER = 10
MOST_OF_A_NETWORK = 5
#: Tries in ten minutes that one network may make at all accounts together.
MOST_OF_A_NETWORK_AT_ALL = 30
#: Tries at one account in an hour from all browsers together that do not know it.
MOST_FROM_STRANGERS = 50
#: Mails with a link for a new password in an hour: to one address, and for one network.
MOST_RESETS_TO_AN_ADDRESS = 3
MOST_RESETS_OF_A_NETWORK = 20

COOKIE = "clinicsite-known-browser"
_SALT = "clinicsite.sign_in.throttling"
_YEAR = 365 * 24 * HOUR
#: How many accounts a browser is known to.
_MOST_ACCOUNTS = 10


def may_try(request, account: str, typed: str) -> bool:
    """Count a try at an account; false once that browser or network has used up its share.

    A network's tries are counted by what was typed, so that they tell nobody whether there is such an
    account, or which address is whose.

    Args:
        account: the account's key, or what was typed where there is none.
        typed: the name or address that was typed.
    """
    if browser := _known_browser(request, account):
        tries = count_up("sign_in_known", f"{account} {browser}", MINUTES_10)
        return tries <= MOST_IN_A_KNOWN_BROWSER
    network = network_of(client_address(request))
    shares = (
        (count_up("sign_in_network", f"{typed.casefold()} {network}", MINUTES_10), MOST_OF_A_NETWORK),
        (count_up("sign_in_networks", network, MINUTES_10), MOST_OF_A_NETWORK_AT_ALL),
    )
    if any(tries > most for tries, most in shares):
        # What is refused anyhow must not use up the share of other strangers, the account's own among them.
        return False
    return count_up("sign_in_strangers", account, HOUR) <= MOST_FROM_STRANGERS


def may_ask_for_a_password(request, address: str) -> bool:
    """Count a request for a new password; false once the address or the network has had its share."""
    network = network_of(client_address(request))
    if count_up("reset_network", network, HOUR) > MOST_RESETS_OF_A_NETWORK:
        return False
    return count_up("reset_address", address.casefold(), HOUR) <= MOST_RESETS_TO_AN_ADDRESS


def make_known(request, response, account: str) -> None:
    """Let the browser that gets this response be known to an account from now on."""
    browser, accounts = _read(request) or (get_random_string(32), [])
    accounts = [account, *(one for one in accounts if one != account)][:_MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps([browser, accounts], salt=_SALT),
        max_age=_YEAR,
        path=conf.admin_path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known_browser(request, account):
    known = _read(request)
    return known[0] if known and account in known[1] else None


def _read(request):
    """(the browser's name, the accounts it is known to), or None for a cookie that is not ours or is old."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_YEAR)
    except signing.BadSignature:
        return None
