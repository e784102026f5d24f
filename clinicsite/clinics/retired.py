"""What a host answers on which a clinic was that has closed."""

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.http import HttpResponse
from wagtail.models import Site

from clinicsite.clinics.errors import plain_page
from clinicsite.clinics.middleware import ANY_HOST_PREFIXES, host_of
from clinicsite.clinics.models.retired import RetiredHost
from clinicsite.clinics.stylesheets import names_a_look
from clinicsite.clinics.tenancy.trees import forget
from clinicsite.core.conf import conf

KEY = "clinicsite:retired_hosts"
#: How long a process without a shared cache may not know that a clinic has closed.
SECONDS = 60


class RetiredHostMiddleware:
    """Answers 410 on the hosts of clinics that have closed, until a site has the host again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        host = host_of(request)
        if _is_for_all(request.path) or host == conf.AGENCY_HOST:
            return self.get_response(request)
        name = cache.get_or_set(KEY, _read, SECONDS).get(host)
        if name is None or Site.objects.filter(hostname=host).exists():
            return self.get_response(request)
        return closed_for_good(name)


def closed_for_good(name: str) -> HttpResponse:
    """410: there was a clinic here, and there will be none again (RFC 9110, section 15.5.11)."""
    response = HttpResponse(plain_page("clinicsite/retired.html", None, name=name), status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


def connect_signals() -> None:
    """Read the hosts again whenever one comes or goes."""
    for signal in (post_save, post_delete):
        signal.connect(_changed, sender=RetiredHost, dispatch_uid=f"clinicsite_retired_hosts_{id(signal)}")


def _is_for_all(path):
    """Files, and the stylesheet that the page itself asks for."""
    return path.startswith(ANY_HOST_PREFIXES) or names_a_look(path)


def _changed(**kwargs):
    forget(KEY)


def _read():
    return dict(RetiredHost.objects.values_list("host", "clinic__name"))
