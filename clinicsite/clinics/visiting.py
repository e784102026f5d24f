"""A site that is not live is closed to strangers: whoever works on it looks in, and whoever got a link.

A site that the agency has suspended says so to everybody (503), robots included, who so keep what they know
of it; only whoever works on it still looks in.

Nobody signs in on a clinic's host. The agency's host, which knows who is asking, sends them over with a
signed word in the address; a cookie of that host then keeps the door open for two weeks. A link for somebody
without a login is such an address, and holds as long.
"""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from clinicsite.clinics.errors import plain_page, unavailable
from clinicsite.clinics.host_checks import PREFIX
from clinicsite.clinics.profile import SETTINGS, profile_for
from clinicsite.clinics.robots import is_open, is_suspended
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.clinics.visits import LASTS, WORD, link_to, opens
from clinicsite.core.conf import conf
from clinicsite.core.page_cache.serving import register_cookie
from clinicsite.core.rendering import current_rendering

#: What robots, and the closed page itself, must be able to read: files, and nothing that is a page.
ROBOTS = "/robots.txt"
OPEN_PATHS = (ROBOTS, "/favicon.ico", "/.well-known/security.txt")
OPEN_PREFIXES = ("/static/", "/media/", "/clinicsite/icons/", "/admin/", PREFIX)


#: When robots, and whatever else asks a suspended site, may ask again.
SUSPENDED_SECONDS = 24 * 60 * 60


# Nothing that is kept for everybody is given to whoever was let in, nor kept from what he reads.
register_cookie(WORD)


class VisitMiddleware:
    """Stands after the one that knows whose host it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        rendering = current_rendering()
        site, chosen = rendering.site, rendering.remembered.get(SETTINGS)
        if site is None or is_open(chosen):
            return self.get_response(request)
        at_work = is_suspended(chosen)
        if _is_for_all(request.path) and not (at_work and request.path == ROBOTS):
            response = self.get_response(request)
            # A page that says that there is no such file has the whole clinic round it.
            return (
                _closed(request, site, at_work) if response.status_code == HTTPStatus.NOT_FOUND else response
            )
        if WORD in request.GET:
            return _come_in(request, site, at_work)
        if opens(request.COOKIES.get(WORD, ""), site, at_work=at_work):
            response = self.get_response(request)
            response["Cache-Control"] = "private, no-store"
            return response
        return _closed(request, site, at_work)


def visit(request, site_id: int):
    """Send somebody who works on a site over to it, on the agency's host; 404 for anybody else's."""
    site = get_object_or_404(scope_at_work(request.user).sites(), pk=site_id)
    path = request.GET.get("to", "/")
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        raise Http404
    chosen = getattr(site, "clinicsite_settings", None)
    return HttpResponseRedirect(
        f"{site.root_url}{path}" if is_open(chosen) else link_to(site, path, at_work=True)
    )


def _is_for_all(path):
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)


def _come_in(request, site, at_work):
    """Keep the word in a cookie, and out of the address, which people copy and pass on."""
    words = request.GET.copy()
    (word,) = words.pop(WORD)[-1:]
    query = words.urlencode()
    if not opens(word, site, at_work=at_work):
        return _closed(request, site, at_work)
    # Two slashes at the beginning would be another host.
    path = f"/{request.path.lstrip('/')}"
    response = HttpResponseRedirect(f"{path}?{query}" if query else path)
    response.set_cookie(
        WORD, word, max_age=LASTS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    response["Cache-Control"] = "no-store"
    return response


def _closed(request, site, is_suspended):
    if is_suspended:
        words = {"way_in": _way_in(request, site)}
        return unavailable(profile_for(site), SUSPENDED_SECONDS, "clinicsite/suspended.html", **words)
    page = plain_page("clinicsite/not_open.html", profile_for(site), way_in=_way_in(request, site))
    response = HttpResponse(page, status=403)
    response["Cache-Control"] = "no-store"
    return response


def _way_in(request, site):
    """Where somebody who works on the site says who they are."""
    try:
        path = reverse("clinicsite_visit", urlconf=conf.admin_urlconf, args=[site.pk])
    except NoReverseMatch:
        return ""
    return f"{conf.admin_root_url}{path}?{urlencode({'to': request.path})}"
