"""Whether a host answers here: the server asks it for something that this install alone can say.

The question goes out as any visitor's would, by the host's DNS entry, so it finds whether the entry leads
here, a certificate is there and the proxy passes on the name. It asks for one fixed path on the site's own
port, of public addresses alone (a name that ends in `.localhost` is this machine), follows no redirect, and
tells nobody what came back: only whether it was right.
"""

import http.client
import secrets
import socket
import ssl
import threading
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpResponse, HttpResponseNotFound
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.models import Site

from clinicsite.clinics import hosts
from clinicsite.clinics.host_names import LOCAL
from clinicsite.clinics.models.hosts import HostCheck

PREFIX = "/.well-known/clinicsite-host/"
#: For how many seconds a question is answered, and how long one may take in all.
ASKED_FOR, PATIENCE = 60, 8
_SALT = "clinicsite.clinics.host_checks"
_LONGEST = 200

NO_ENTRY = "There is no DNS entry for {name} yet, or it has not reached this server."
NOT_PUBLIC = "{name} leads to {address}, which is no public address: nobody outside can reach it."
NO_ANSWER = (
    "Nothing answers at {name}, port {port}: its entry may lead to another server, or a proxy is down."
)
NO_CERTIFICATE = "{name} has no valid certificate yet: {reason}."
NOT_ALLOWED = "The server at {name} refuses this host. If it is ours, ALLOWED_HOSTS does not name it."
ANOTHERS = "Something else answers at {name}: its DNS entry, or the proxy, leads to another site."
TOO_SLOW = "{name} did not answer within {seconds} seconds."


class NotHereError(Exception):
    """Why a host does not answer here, in a sentence."""


def check(site: Site, name: str) -> HostCheck:
    """Ask a host of a clinic whether it answers here, and keep what was found."""
    token = signing.dumps(secrets.token_urlsafe(8), salt=_SALT)
    parts = urlsplit(site.root_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        said = _in_time(lambda: _ask(name, parts.scheme, port, f"{PREFIX}{token}"), name)
        problem = "" if constant_time_compare(said, _right(token, site, name)) else ANOTHERS.format(name=name)
    except NotHereError as error:
        problem = str(error)
    return hosts.note(site, name, problem)


def answer_check(token: str, site: Site | None, host: str) -> HttpResponse:
    """What only this install can say, to a question that only this install can have asked; else 404.

    Args:
        token: What stands behind `PREFIX`.
        site: The clinic that has the host, if one has.
        host: The host that the question came to, as a proxy has passed it on.
    """
    try:
        signing.loads(token, salt=_SALT, max_age=ASKED_FOR)
    except signing.BadSignature:
        site = None
    if site is None:
        response: HttpResponse = HttpResponseNotFound("Nothing is asked here.\n", content_type="text/plain")
    else:
        response = HttpResponse(_right(token, site, host), content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


def _right(token, site, name):
    return salted_hmac(_SALT, f"{token} {site.pk} {name}", algorithm="sha256").hexdigest()


def _in_time(function, name):
    """What a function returns or raises, or a refusal once our patience is at an end.

    DNS, and a server that sends a byte at a time, know no limit of a socket's.
    """
    found: dict = {}

    def run():
        try:
            found["said"] = function()
        except NotHereError as error:
            found["error"] = error

    thread = threading.Thread(target=run, daemon=True, name="clinicsite-host-check")
    thread.start()
    thread.join(PATIENCE)
    if not found:
        raise NotHereError(TOO_SLOW.format(name=name, seconds=PATIENCE))
    if "error" in found:
        raise found["error"]
    return found["said"]


def _ask(name, scheme, port, path):
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(name, port, timeout=PATIENCE)
    try:
        # The address that was judged is the one that is asked: a second look-up might say another.
        connection.sock = _connected(name, scheme, port)
        connection.request(
            "GET", path, headers={"User-Agent": "clinicsite-host-check", "Connection": "close"}
        )
        response = connection.getresponse()
        if response.status == 400:
            raise NotHereError(NOT_ALLOWED.format(name=name))
        return response.read(_LONGEST).decode("latin-1") if response.status == 200 else ""
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or error.reason or "it was not accepted"
        raise NotHereError(NO_CERTIFICATE.format(name=name, reason=reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise NotHereError(NO_ANSWER.format(name=name, port=port)) from error
    finally:
        connection.close()


def _connected(name, scheme, port):
    plain = socket.create_connection((_address_of(name, port), port), timeout=PATIENCE)
    if scheme != "https":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=name)


def _address_of(name, port):
    """The address that a name leads to; every one it has must be public, or the name be this machine's."""
    if name.endswith(LOCAL):
        return "127.0.0.1"
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotHereError(NO_ENTRY.format(name=name)) from error
    addresses = [str(one[4][0]) for one in found]
    for address in addresses:
        if not _is_public(address):
            raise NotHereError(NOT_PUBLIC.format(name=name, address=address))
    return addresses[0]


#: Networks of IPv6 in whose addresses one of IPv4 stands: translated ones (RFC 6052), and “compatible” ones.
_HOLDING_IPV4 = (ip_network("64:ff9b::/96"), ip_network("::/96"))


def _is_public(address) -> bool:
    known = ip_address(address.partition("%")[0])
    if isinstance(known, IPv6Address):
        inside = known.ipv4_mapped or known.sixtofour or (known.teredo or (None, None))[1]
        if any(known in network for network in _HOLDING_IPV4):
            inside = IPv4Address(int(known) & 0xFFFFFFFF)
        if inside is not None:
            return _is_public(str(inside))
        if known.is_site_local:
            return False
    return known.is_global and not known.is_multicast
