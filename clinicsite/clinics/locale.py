"""A clinic's pages are in its own language and zone, whatever the project around them has set."""

import re

from django.utils import timezone, translation

from clinicsite.clinics.profile import SETTINGS
from clinicsite.core.rendering import current_rendering
from clinicsite.core.zones import zone_or_none

#: A language tag (RFC 5646) as far as Django knows them; what else is stored is not asked of the disk.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: The language that our templates are written in.
FALLBACK = "en"


class ClinicLocaleMiddleware:
    """Answers for a clinic in its language, with dates in its zone; leaves every other host as it is.

    A project may choose the language by what the visitor's browser prefers. Our pages are written in one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        settings = current_rendering().remembered.get(SETTINGS)
        if settings is None:
            return self.get_response(request)
        language = settings.language if _TAG.fullmatch(settings.language) else FALLBACK
        with translation.override(language), timezone.override(zone_or_none(settings.time_zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
