"""Closing every clinic's site for a while, as for a change of the database that takes minutes."""

import logging

from clinicsite.clinics import hosts
from clinicsite.clinics.errors import unavailable
from clinicsite.clinics.last_known import last_known
from clinicsite.clinics.middleware import get_site_or_none, host_of
from clinicsite.clinics.profile import profile_for
from clinicsite.core.conf import conf
from clinicsite.core.rendering import rendering_for

RETRY_SECONDS = 600
#: Files that any state of the database can serve; the page itself needs its stylesheet.
STILL_SERVED = ("/static/", "/media/", "/clinicsite/")
logger = logging.getLogger(__name__)


class MaintenanceMiddleware:
    """While MAINTENANCE is on, clinics' hosts answer 503 in their own look; the agency's host, with the
    admin, goes on. It stands before everything that asks the database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not conf.MAINTENANCE or self._goes_on(request):
            return self.get_response(request)
        clinic = _clinic_of(request)
        if clinic is None and not conf.AGENCY_HOST:
            # A host of the project around, which is none of our business.
            return self.get_response(request)
        return unavailable(clinic, RETRY_SECONDS)

    def _goes_on(self, request):
        return host_of(request) == conf.AGENCY_HOST or request.path.startswith(STILL_SERVED)


def _clinic_of(request):
    """The clinic whose host this is, if the database can say so just now."""
    try:
        site = get_site_or_none(request) or hosts.site_led_to(host_of(request))
        with rendering_for(site):
            return profile_for(site)
    except Exception:
        # Half-way through a migration anything may be missing, and the page must stand all the same.
        logger.warning("Maintenance: the clinic could not be read.", exc_info=True)
        return last_known(host_of(request))
