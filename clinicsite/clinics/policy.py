"""The Content-Security-Policy of what the product answers; the project's own pages keep theirs."""

from urllib.parse import urlsplit

from csp.constants import HEADER, NONE, SELF
from csp.utils import build_policy
from django.conf import settings

from clinicsite.clinics.middleware import is_ours
from clinicsite.core.conf import conf

#: The players that a page may show once the visitor asks for a video, never before.
VIDEO_PLAYERS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")
#: Django's own pages for an error in development are drawn with inline styles.
DRAWN_INLINE_IN_DEVELOPMENT = (404, 500)
_MORE = "_clinicsite_more_sources"


class ContentPolicyMiddleware:
    """Gives the strict policy to each page that has none yet: nothing inline, nothing from a third party.

    Wagtail's admin has inline scripts, and gets no policy. Its view of documents sets a stricter one itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if HEADER not in response and is_ours(request) and not _is_left_out(request, response):
            response[HEADER] = build_policy(directives(), update=getattr(response, _MORE, None))
        return response


def allow(response, sources: dict[str, list[str]]) -> None:
    """Loosen the policy of one page: directive -> sources, such as {"script-src": ["https://count.example"]}."""
    setattr(response, _MORE, sources)


def directives() -> dict[str, list[str]]:
    """The policy of every public page, with the sources that CLINICSITE["EXTRA_SOURCES"] adds."""
    files = _origin_of(settings.STATIC_URL)
    strict = {
        "default-src": [NONE],
        "script-src": [SELF, *files],
        "style-src": [SELF, *files],
        "img-src": [SELF, "data:", *files, *_origin_of(settings.MEDIA_URL)],
        "font-src": [SELF, *files],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-src": list(VIDEO_PLAYERS),
        # The editor shows previews in a frame of the same origin.
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
    for name, sources in conf.EXTRA_SOURCES.items():
        strict[name] = [*strict.get(name, ()), *sources]
    return strict


def _origin_of(url):
    """Where files come from that are not on the page's own host."""
    parts = urlsplit(url)
    return [f"{parts.scheme or 'https'}://{parts.netloc}"] if parts.netloc else []


def _is_left_out(request, response):
    is_drawn_inline = settings.DEBUG and response.status_code in DRAWN_INLINE_IN_DEVELOPMENT
    return is_drawn_inline or request.path.startswith(conf.admin_path)
