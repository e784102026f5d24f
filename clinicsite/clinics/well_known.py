"""Small files at addresses that standards set, on the hosts of clinics and of the agency."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone

from clinicsite.clinics.host_checks import PREFIX, answer_check
from clinicsite.clinics.middleware import host_of
from clinicsite.clinics.profile import profile_for
from clinicsite.clinics.robots import robots_text
from clinicsite.core.conf import conf
from clinicsite.core.rendering import current_rendering

#: RFC 9116 recommends less than a year, so that nobody writes to an address long given up.
SECURITY_DAYS = 180
SECURITY_PATH = ".well-known/security.txt"


def robots_txt(request):
    """What robots may read of this host (RFC 9309)."""
    return _plain(robots_text(profile_for(current_rendering().site)))


def security_txt(request):
    """Whom to tell of a weakness (RFC 9116); nothing where the install names nobody.

    It runs out some months after the last midnight, so that it is the same for all who ask on one day.
    """
    if not conf.SECURITY_CONTACT:
        raise Http404("This install names nobody to tell of a weakness.")
    clinic = profile_for(current_rendering().site)
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = midnight + timedelta(days=SECURITY_DAYS)
    root_url = clinic.root_url if clinic else conf.admin_root_url
    lines = [
        f"Contact: {conf.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {root_url}/{SECURITY_PATH}",
    ]
    return _plain("\n".join(lines) + "\n")


def host_check(request, token):
    """The answer by which the server knows that this host leads to it."""
    return answer_check(token, current_rendering().site, host_of(request))


def _plain(text):
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("robots.txt", robots_txt, name="clinicsite_robots_txt"),
    path(f"{PREFIX[1:]}<str:token>", host_check, name="clinicsite_host_check"),
    path(SECURITY_PATH, security_txt, name="clinicsite_security_txt"),
]
