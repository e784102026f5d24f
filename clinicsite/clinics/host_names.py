"""Names of hosts as people type them, and whether a clinic's site can be on one."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name, validate_ipv46_address

from clinicsite.core.conf import conf

HOW = "Write the name of the host alone, such as lakeside.example."
LOCAL = ".localhost"
#: What may stand round the name in an address of a whole site, and says nothing that we do not know.
USUAL_PORTS = ("", "80", "443")
_TYPED = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>[^/?#:]*)(?::(?P<port>\d*))?(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


def host_in(typed: str) -> str:
    """The host that somebody means, as browsers send it: in lower case, other letters in Punycode.

    `https://`, the usual ports and a slash or dot at the end are understood. What says more than the name of
    a host, such as a path, is refused and never dropped.

    Raises:
        ValidationError: in words for whoever typed it.
    """
    text = typed.strip()
    found = _TYPED.fullmatch(text)
    if found is None or "@" in text:
        raise ValidationError(f"“{text}” is no name of a host. {HOW}")
    if (found["scheme"] or "https").lower() not in ("http", "https"):
        raise ValidationError(f"Leave out what stands before the name: {found['host']}.")
    if (found["rest"] or "/") != "/":
        raise ValidationError(f"Leave out the path: a host leads to the whole site. Write {found['host']}.")
    if (found["port"] or "") not in USUAL_PORTS:
        raise ValidationError("Leave out the port: the site has one port for all its hosts.")
    name = host_as_stored(found["host"])
    name = name if name.isascii() else _punycode(name)
    validate_host(name)
    return name


def validate_host(host: str) -> None:
    """Refuse with a `ValidationError` what is no host, or is the agency's own."""
    if re.match(r"[a-z][a-z0-9+.-]*://", host, re.IGNORECASE):
        bare = urlsplit(host).netloc
        raise ValidationError(f"Leave out what stands before the name: {bare}." if bare else HOW)
    if "/" in host or "?" in host or "#" in host:
        raise ValidationError(f"Leave out the path: {re.split('[/?#]', host)[0]}.")
    if re.fullmatch(r".+:\d+", host):
        raise ValidationError("Leave out the port; it has a field of its own, port.")
    _refuse_what_is_no_name(host)
    if host_as_stored(host) in reserved_hosts():
        raise ValidationError(f"{host} is the agency’s own host. Choose another, such as a name before it.")


def host_as_stored(host: str) -> str:
    """A host as browsers send it, and as sites are found by it."""
    return host.strip().lower().removesuffix(".")


def as_read(host: str) -> str:
    """A host as people read it: its Punycode in letters."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def counterpart_of(host: str) -> str:
    """The other name by which people look for a site: with `www.`, or without; empty where there is none."""
    if host.endswith(LOCAL):
        return ""
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"


def reserved_hosts() -> set[str]:
    """The hosts of the agency itself: where its admin is, and where files are given out."""
    addresses = (conf.admin_root_url, settings.MEDIA_URL or "", settings.STATIC_URL or "")
    named = {(urlsplit(address).hostname or "").lower() for address in addresses}
    return {conf.AGENCY_HOST.lower(), *named} - {""}


def _refuse_what_is_no_name(host):
    if _passes(validate_ipv46_address, host):
        raise ValidationError(f"This is an address in numbers. {HOW}")
    if len(host) > 253 or not _passes(validate_domain_name, host):
        raise ValidationError(f"“{host}” is no name of a host. {HOW}")
    if not host.isascii():
        raise ValidationError(f"Write it as browsers send it: {_punycode(host)}.")


def _punycode(host):
    try:
        return host_as_stored(host).encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValidationError(f"“{host}” is no name of a host. {HOW}") from error


def _passes(validate, value):
    try:
        validate(value)
    except ValidationError:
        return False
    return True
