"""What visitors see when something fails: in the clinic's look where it is known, without the database."""

import logging

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.template.loader import render_to_string

from clinicsite.clinics.last_known import last_known
from clinicsite.clinics.middleware import host_of
from clinicsite.core.rendering import rendering_for

#: For when even a template cannot be shown.
LAST_RESORT = (
    '<!doctype html><html lang="en"><title>Something went wrong</title>'
    "<h1>Something went wrong on our side</h1><p>Please try again in a few minutes, or call the clinic.</p>"
)
logger = logging.getLogger(__name__)


def plain_page(template: str, clinic, **context) -> str:
    """A page that stands on the clinic's profile alone: no request, no context processor, no query.

    An error while an error is shown must not take that page away too, so whatever fails here is logged and
    the plainest page of all is given.
    """
    try:
        # What was being rendered when it failed, such as its icons, is no part of this page.
        with rendering_for(None):
            return render_to_string(template, {"clinic": clinic, **context})
    except Exception:
        logger.exception("The page %s could not be shown.", template)
        return LAST_RESORT


def server_error(request):
    """500: our own mistake, or a database that does not answer."""
    return HttpResponseServerError(plain_page("clinicsite/500.html", last_known(host_of(request))))


def bad_request(request, exception):
    """400: the request itself is not to be trusted, and neither is the host it names."""
    return HttpResponseBadRequest(plain_page("clinicsite/400.html", None))


def unavailable(clinic, seconds: int, template: str = "clinicsite/503.html", **context) -> HttpResponse:
    """503: closed for a while; `seconds` says when to come back (RFC 9110, section 10.2.3)."""
    response = HttpResponse(plain_page(template, clinic, **context), status=503)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
