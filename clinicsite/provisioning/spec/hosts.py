"""Whether a clinic's site can be on a host."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name, validate_ipv46_address
from wagtail.models import Site

from clinicsite.core.conf import conf

HOW = "Write the name of the host alone, such as lakeside.example."
LOCAL = ".localhost"


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
    if host.lower() in _reserved():
        raise ValidationError(f"{host} is the agency's own host. Choose another, such as a name before it.")


def host_as_stored(host: str) -> str:
    """A host as browsers send it, and as sites are found by it."""
    return host.strip().lower().removesuffix(".")


def port_of(host: str, port: int) -> int:
    """The port of a clinic's site, where the spec names none."""
    if port or not host_as_stored(host).endswith(LOCAL):
        return port or 443
    # On one's own machine one server has all hosts, the admin's among them.
    return urlsplit(conf.admin_root_url).port or 8000


def site_on(host: str) -> Site | None:
    """The site that is on a host already, on whichever port."""
    return Site.objects.filter(hostname__iexact=host_as_stored(host)).select_related("root_page").first()


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


def _reserved():
    return {conf.AGENCY_HOST.lower(), (urlsplit(conf.admin_root_url).hostname or "").lower()} - {""}
