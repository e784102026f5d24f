"""Where a clinic's site is to be reached: which port, and whether somebody has the host already."""

from urllib.parse import urlsplit

from wagtail.models import Site

from clinicsite.clinics.host_names import LOCAL, host_as_stored
from clinicsite.core.conf import conf


def port_of(host: str, port: int) -> int:
    """The port of a clinic's site, where the spec names none."""
    if port or not host_as_stored(host).endswith(LOCAL):
        return port or 443
    # On one's own machine one server has all hosts, the admin's among them.
    return urlsplit(conf.admin_root_url).port or 8000


def site_on(host: str) -> Site | None:
    """The site that is on a host already, on whichever port."""
    return Site.objects.filter(hostname__iexact=host_as_stored(host)).select_related("root_page").first()
