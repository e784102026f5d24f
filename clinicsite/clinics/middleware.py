"""Which clinic a request is for, decided once and before anything else answers."""

import codecs

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseNotFound
from django.http.request import split_domain_port
from wagtail.models import Site

from clinicsite.clinics import certificates, hosts, last_known
from clinicsite.clinics.leading import lead_to
from clinicsite.clinics.profile import SETTINGS
from clinicsite.clinics.refusals import page_not_found
from clinicsite.clinics.robots import CLOSED, is_open, is_suspended
from clinicsite.clinics.stylesheets import names_a_look
from clinicsite.clinics.tenancy.hosts import is_projects
from clinicsite.core import page_reading
from clinicsite.core.conf import conf
from clinicsite.core.models.pages import is_front_page
from clinicsite.core.rendering import current_rendering, rendering_for
from clinicsite.core.wagtail_private import keep_site, raw_host_of

#: Addresses that work on any host: they carry no clinic's content.
ANY_HOST_PREFIXES = ("/static/", "/media/")
_IS_OURS = "_clinicsite_answers"


class CurrentSiteMiddleware:
    """A clinic's host gets the clinic's addresses and site; what else there is depends on the project.

    Where the settings name the agency's host, that has the admin, and any other host gets a plain 404. Where
    they name none, every host that is no clinic's is the project's own and is passed on as it came. A further
    host of a clinic leads to the clinic's own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if certificates.is_asked(request.path, host_of(request)):
            return certificates.answer(request)
        if conf.AGENCY_HOST and host_of(request) == conf.AGENCY_HOST:
            _take(request, conf.admin_urlconf)
            return _closed_to_robots(self._respond(request, None))
        # A stylesheet names its whole look in its address, so it needs no clinic: error pages have none, and
        # the admin shows previews on a host of its own. Any other word there is the host's own to answer.
        if names_a_look(request.path):
            _take(request, conf.CLINIC_URLCONF)
            return self._respond(request, None)
        if not conf.AGENCY_HOST and is_projects(host_of(request)):
            return self._respond(request, None)
        site = get_site_or_none(request)
        if site is None and (led_to := hosts.site_led_to(host_of(request))):
            _take(request, conf.CLINIC_URLCONF)
            return lead_to(led_to, request, host_of(request))
        if site is None and not conf.AGENCY_HOST:
            return self._respond(request, None)
        _take(request, conf.CLINIC_URLCONF, site)
        if site is None and not request.path.startswith(ANY_HOST_PREFIXES):
            return HttpResponseNotFound("There is no site at this address.\n", content_type="text/plain")
        response = self._respond(request, site)
        # A file on a host of no clinic, such as one for media alone, may be any clinic's.
        chosen = getattr(site, "clinicsite_settings", None)
        # Of a suspended site robots keep what they know: it comes back.
        is_closed = site is not None and not (is_open(chosen) or is_suspended(chosen))
        return _closed_to_robots(response) if is_closed else response

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Refuse what is sent in other letters than those of our pages, which no browser does.

        Django takes the sender's word for it, and fails where the word names no letters at all.
        """
        if is_ours(request) and not _is_in_utf8(request):
            raise BadRequest("Only UTF-8 is read here.")

    def process_exception(self, request, exception):
        """What a clinic does not have looks as patients see it in development too, and in the demo.

        Django would list every address there is instead; the agency's host goes on doing so.
        """
        if settings.DEBUG and isinstance(exception, Http404) and current_rendering().site is not None:
            return page_not_found(request, exception)
        return None

    def _respond(self, request, site):
        with rendering_for(site) as rendering, page_reading.noted(request, site):
            if site is not None:
                rendering.remembered[SETTINGS] = getattr(site, "clinicsite_settings", None)
            response = self.get_response(request)
            if clinic := rendering.remembered.get("clinic_profile"):
                last_known.remember(host_of(request), clinic)
            if site is not None and is_open(rendering.remembered[SETTINGS]):
                page_reading.offer(site, response)
            return response


def _is_in_utf8(request):
    # Django leaves out what Python does not know, and reads that as UTF-8.
    return request.encoding is None or codecs.lookup(request.encoding).name == "utf-8"


def _take(request, urlconf, site=None):
    request.urlconf = urlconf
    keep_site(request, site)
    setattr(request, _IS_OURS, True)


def is_ours(request) -> bool:
    """Whether the product answers a request: it came to a clinic's host, or the agency's.

    Where it is not, the host is the project's own, and its answers are left as they are.
    """
    return hasattr(request, _IS_OURS)


def _closed_to_robots(response):
    """Close everything to robots, files and feeds too, which carry no meta element."""
    response["X-Robots-Tag"] = CLOSED
    return response


def get_site_or_none(request) -> Site | None:
    """The clinic whose own host this is, with its settings, in one query; None for a site that is no clinic.

    Unlike Wagtail's search this knows no default site: nobody answers for somebody else's host. Where a host
    has several sites, the one on the request's port is meant; on a port of none, a clinic's answers only if
    the host has no other sites.
    """
    sites = Site.objects.filter(hostname=host_of(request)).select_related("root_page", "clinicsite_settings")
    found = list(sites.order_by("pk"))
    on_port = [site for site in found if str(site.port) == request.get_port()]
    meant = on_port or (found if all(is_clinic(site) for site in found) else [])
    return next((site for site in meant if is_clinic(site)), None)


def is_clinic(site) -> bool:
    """Whether a site's root page is a clinic's front page; any other site is the project's own."""
    return is_front_page(site.root_page)


def host_of(request) -> str:
    """The host name of a request, without its port and in lower case."""
    return split_domain_port(raw_host_of(request))[0]
