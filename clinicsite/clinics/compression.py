"""Clinics' pages travel compressed, wherever the install runs."""

from django.middleware.gzip import GZipMiddleware

from clinicsite.clinics.middleware import is_ours

#: What shrinks. Pictures, fonts and documents are compressed by their own formats.
SHRINKS = (
    "text/",
    "application/atom+xml",
    "application/json",
    "application/manifest+json",
    "application/xml",
    "image/svg+xml",
)


class TextCompressionMiddleware(GZipMiddleware):
    """Django's compression, for text alone, and for what the product answers.

    Django adds a random length to each answer and masks the token of each form, so that the size of a page in
    the admin gives no secret away (BREACH). No public page holds one.
    """

    def process_response(self, request, response):
        if not is_ours(request) or not response.get("Content-Type", "").startswith(SHRINKS):
            return response
        return super().process_response(request, response)
