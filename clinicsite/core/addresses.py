"""Addresses of a clinic's site that are no page's."""

from django.conf import settings
from django.urls import Resolver404, resolve

#: Where patients search a clinic's site; the words stand in `q`.
SEARCH_PATH = "/search/"
#: Folders that a web server serves itself before any page is asked.
FOLDERS = frozenset({"static", "media"})


def is_reserved(slug: str) -> bool:
    """Whether a page of this slug right below a clinic's front page could not be reached."""
    return slug in FOLDERS or _answers(f"/{slug}/")


def _answers(path: str) -> bool:
    try:
        return resolve(path, urlconf=settings.ROOT_URLCONF).url_name != "wagtail_serve"
    except Resolver404:
        return False
