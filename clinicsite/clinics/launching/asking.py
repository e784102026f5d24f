"""What a clinic's host answers, asked inside the process: no network, and whatever the site's state is."""

from functools import cache
from io import BytesIO
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone, translation
from wagtail.models import Site

from clinicsite.clinics.visits import WORD, word_for


def answer(site: Site, path: str) -> HttpResponse:
    """What a visitor would get who may look in before the site is live.

    Args:
        path: As in an address, with a query if there is one.
    """
    urlconf = get_urlconf()
    # The request inside takes the clinic's language, clock and addresses; the one outside keeps its own.
    with translation.override(translation.get_language()), timezone.override(timezone.get_current_timezone()):
        try:
            response = _handler().get_response(_request(site, path))
        finally:
            set_urlconf(urlconf)
    return response


@cache
def _handler():
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _request(site, path):
    root, asked = urlsplit(site.root_url), urlsplit(path)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            # Servers hand a path over as bytes in Latin-1 (PEP 3333).
            "PATH_INFO": asked.path.encode().decode("latin-1"),
            "QUERY_STRING": asked.query,
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(root.port or site.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": root.netloc,
            "HTTP_COOKIE": f"{WORD}={word_for(site, at_work=True)}",
            "HTTP_X_FORWARDED_PROTO": root.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": root.scheme,
            "wsgi.input": BytesIO(),
        }
    )
