"""What a clinic's visitors see without a connection: its phones, addresses and hours.

A service worker keeps that one page and shows it where a page cannot be fetched. It keeps nothing else, so no
other page can go stale.
"""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.urls import path

from clinicsite.clinics.errors import plain_page
from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import current_rendering
from clinicsite.core.stylesheet import digest_of

#: The browser asks each time whether its copy is still right.
ASK_FIRST = "no-cache"


def offline_page(request):
    """The page that a visitor's browser keeps."""
    response = HttpResponse(_page())
    response["Cache-Control"] = ASK_FIRST
    return response


def service_worker(request):
    """The script that keeps it; its version changes with the page, so that browsers fetch that anew."""
    script = f'const VERSION = "{digest_of(_page())}";\n{_script()}'
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = ASK_FIRST
    return response


def _page():
    clinic = profile_for(current_rendering().site)
    if clinic is None:
        raise Http404("No clinic has this host.")
    return plain_page("clinicsite/offline.html", clinic)


@cache
def _script():
    return Path(finders.find("clinicsite/js/service-worker.js")).read_text(encoding="utf-8")


urlpatterns = [
    path("offline/", offline_page, name="clinicsite_offline"),
    path("service-worker.js", service_worker, name="clinicsite_service_worker"),
]
