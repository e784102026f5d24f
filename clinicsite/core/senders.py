"""Who sends a request, as far as counting goes: an address, and how often it has done something."""

import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from clinicsite.core.conf import conf


def client_address(request) -> str:
    """The sender's IP address, counting back over the proxies we trust and no further."""
    proxies = conf.TRUSTED_PROXY_COUNT
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def network_of(address: str) -> str:
    """The address, or the network of an IPv6 one: a household owns a /64, and with it 2^64 addresses."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    # A server that listens on both names an IPv4 sender so.
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))


def count_up(what: str, whose: str, seconds: int) -> int:
    """How often this has happened in this window of time, this time included.

    Counted in the cache, which all processes share where there are several, or in each process while that
    cache does not answer.

    Args:
        what: the kind of thing, such as "contact_throttle".
        whose: whom it is counted against; stored as a hash, so that no list of addresses is kept.
        seconds: the length of a window. Windows follow each other: of an hour, each hour of the day is one.
    """
    counted = _key(what, whose, seconds)
    cache.add(counted, 0, 2 * seconds)
    try:
        return cache.incr(counted)
    except ValueError:
        # A full cache has dropped the count between the two calls; it begins anew.
        cache.set(counted, 1, 2 * seconds)
        return 1


def _key(what, whose, seconds):
    hashed = salted_hmac(f"clinicsite.core.senders.{what}", whose).hexdigest()
    return f"clinicsite:{what}:{hashed}:{int(time.time()) // seconds}"
