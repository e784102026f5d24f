"""A clinic's pages are in its own language and zone, whatever the project around them has set."""

from django.utils import timezone, translation

from clinicsite.clinics.profile import SETTINGS
from clinicsite.clinics.validators import LANGUAGE_TAG
from clinicsite.core.rendering import current_rendering
from clinicsite.core.zones import zone_or_none

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
        # What else is stored is not asked of the disk.
        language = settings.language if LANGUAGE_TAG.fullmatch(settings.language) else FALLBACK
        with translation.override(language), timezone.override(zone_or_none(settings.time_zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
