"""What the agency may write on Wagtail's screen for a clinic's site, and what would take the clinic down.

A host with `https://` before it, a port that is none or a front page that is no clinic's: each was stored
without a word, and the clinic answered 404. Sites of the project around us are its own business.
"""

import re

from django.core.exceptions import ValidationError
from wagtail.models import Site

from clinicsite.core import wagtail_private
from clinicsite.core.conf import conf
from clinicsite.core.models.pages import is_front_page
from clinicsite.core.one_site import refuse_a_second

#: Host names as browsers send them (RFC 1123), with letters that DNS has none for already in its own way.
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")
#: What people paste around a name: the scheme before it, a port, a path or a dot after it.
_AROUND = re.compile(r"^(?:[a-z]+://)?([^/:?#\s]+?)\.?(?:[:/?#].*)?$")

NO_HOST = "“{typed}” is no host name. Write the name alone, such as north.example."
ONLY_THE_NAME = "Write the host name alone: “{name}”."
THE_AGENCYS = "{host} is the agency’s own host, where the admin is: no clinic can be read there."
NO_PORT = "A port is a number from 1 to 65535; 443 for a site with https, 80 for one without."
NO_FRONT_PAGE = (
    "This site shows the clinic “{clinic}”, and “{page}” is no clinic’s front page: every address of the"
    " clinic would be gone. To take a clinic offline, close it to patients under “Launch” of the clinic."
)


def install() -> None:
    """Have Wagtail's screen for a site ask here."""
    wagtail_private.add_rule_for_sites(refuse)


def refuse(site: Site, sent: dict) -> None:
    """Raise a ValidationError, by field, where a clinic's site is to become one that nobody reaches.

    Args:
        site: as it is stored, or empty for a new one.
        sent: what the form has read, without what it has refused itself.
    """
    root_page = sent.get("root_page")
    if is_front_page(root_page):
        refuse_a_second(site, root_page)
        _refuse_host(sent.get("hostname", ""), sent.get("port"))
    elif root_page and site.pk and is_front_page(site.root_page):
        words = NO_FRONT_PAGE.format(clinic=site.root_page.title, page=root_page.title)
        raise ValidationError({"root_page": words})


def _refuse_host(typed, port):
    errors = {}
    if typed and (words := _what_is_wrong_with(typed.lower())):
        errors["hostname"] = words
    if port is not None and not 1 <= port <= 65535:
        errors["port"] = NO_PORT
    if errors:
        raise ValidationError(errors)


def _what_is_wrong_with(host):
    """A sentence; empty where the host can be asked for."""
    if _HOST.fullmatch(host):
        return THE_AGENCYS.format(host=host) if host == conf.AGENCY_HOST else ""
    name = _name_in(host)
    return ONLY_THE_NAME.format(name=name) if name else NO_HOST.format(typed=host)


def _name_in(host):
    """The host name that was meant, as browsers send it; empty where there is none."""
    around = _AROUND.match(host)
    try:
        name = around[1].encode("idna").decode() if around else ""
    except UnicodeError:
        return ""
    return name if _HOST.fullmatch(name) else ""
