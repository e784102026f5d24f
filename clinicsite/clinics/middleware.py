"""Which clinic a request is for, decided once and before anything else answers."""

import re

from django.conf import settings
from django.http import Http404, HttpResponseNotFound
from django.http.request import split_domain_port
from django.views.defaults import page_not_found
from wagtail.models import Site

from clinicsite.clinics import last_known
from clinicsite.clinics.profile import SETTINGS
from clinicsite.clinics.robots import CLOSED, is_open
from clinicsite.core.rendering import rendering_for
from clinicsite.core.wagtail_private import keep_site, raw_host_of, site_kept

#: Addresses that work on any host: they carry no clinic's content.
ANY_HOST_PREFIXES = ("/static/", "/media/")
#: A stylesheet names its whole look in its address, so it needs no clinic; error pages need it without one.
STYLESHEET = re.compile(r"/assets/[\w-]+\.css")


class CurrentSiteMiddleware:
    """The agency's host gets the agency's pages, a clinic's host the clinic's, any other a plain 404."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if host_of(request) == settings.AGENCY_HOST:
            request.urlconf = settings.AGENCY_URLCONF
            keep_site(request, None)
            return _closed_to_robots(self._respond(request, None))
        if STYLESHEET.fullmatch(request.path):
            keep_site(request, None)
            return self._respond(request, None)
        site = get_site_or_none(request)
        keep_site(request, site)
        if site is None and not request.path.startswith(ANY_HOST_PREFIXES):
            return HttpResponseNotFound("There is no site at this address.\n", content_type="text/plain")
        response = self._respond(request, site)
        # A file on a host of no clinic, such as one for media alone, may be any clinic's.
        is_closed = site is not None and not is_open(getattr(site, "clinicsettings", None))
        return _closed_to_robots(response) if is_closed else response

    def process_exception(self, request, exception):
        """What a clinic does not have looks as patients see it in development too, and in the demo.

        Django would list every address there is instead; the agency's host goes on doing so.
        """
        if settings.DEBUG and isinstance(exception, Http404) and site_kept(request) is not None:
            return page_not_found(request, exception)
        return None

    def _respond(self, request, site):
        with rendering_for(site) as rendering:
            if site is not None:
                rendering.remembered[SETTINGS] = getattr(site, "clinicsettings", None)
            response = self.get_response(request)
            if clinic := rendering.remembered.get("clinic_profile"):
                last_known.remember(host_of(request), clinic)
            return response


def _closed_to_robots(response):
    """Close everything to robots, files and feeds too, which carry no meta element."""
    response["X-Robots-Tag"] = CLOSED
    return response


def get_site_or_none(request) -> Site | None:
    """The clinic whose own host this is, with its settings, in one query.

    Unlike Wagtail's search this knows no default site: nobody answers for somebody else's host. Where a host
    has several sites, the one on the request's port is meant.
    """
    sites = Site.objects.filter(hostname=host_of(request)).select_related("root_page", "clinicsettings")
    found = list(sites.order_by("pk"))
    on_port = [site for site in found if str(site.port) == request.get_port()]
    return next(iter(on_port or found), None)


def host_of(request) -> str:
    """The host name of a request, without its port and in lower case."""
    return split_domain_port(raw_host_of(request))[0]
