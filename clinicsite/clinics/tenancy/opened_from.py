"""What a chooser offers on the screen it was opened from: what the form there will take, and no more.

Wagtail opens the choosers of a text and of a field alike, and tells none of them for which page. The browser
says on which screen it is. Somebody who works for two clinics is so offered the things of the one whose page
they are on; what a form takes does not hang on this.
"""

from types import SimpleNamespace
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import Resolver404, resolve
from wagtail.models import Page

from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.ownership import (
    Side,
    holdings,
    may_give_document,
    may_show_picture,
    side_at,
    side_of_site,
)
from clinicsite.core import wagtail_private
from clinicsite.core.rendering import key_or_none


def side_opened_from(request) -> Side | None:
    """Whose the screen is that a chooser was opened from; None where nobody can tell, or it is no one's."""
    try:
        match = resolve(urlsplit(request.headers.get("Referer", "")).path)
    except (Resolver404, ValueError):
        return None
    if match.view_name == "wagtailsettings:edit" and key_or_none(match.kwargs.get("pk")):
        side = side_of_site(int(match.kwargs["pk"]))
        return side if trees.is_inside(side.root_path) else None
    keys, _types = wagtail_private.named_in_address(SimpleNamespace(resolver_match=match))
    path = Page.objects.filter(pk__in=keys[:1]).values_list("path", flat=True).first() if keys else None
    return side_at(path) if path else None


def limit_pages(pages, request):
    """Those of the pages that may stand on the side a chooser was opened from, and what leads to them."""
    side = side_opened_from(request)
    if side is None:
        return pages
    shared = [path for path in trees.tree_paths() if trees.is_shared(path)]
    above = [side.root_path[:end] for end in range(Page.steplen, len(side.root_path), Page.steplen)]
    allowed = trees.inside([one for one in (side.root_path, *shared) if one])
    # Ancestors stay so that the chooser can be walked from the top.
    return pages.filter(allowed | Q(path__in=above))


def limit_pictures(pictures, request):
    """Those of the pictures that may stand on the side a chooser was opened from."""
    return _limited(pictures, request, may_show_picture)


def limit_documents(documents, request):
    """Those of the documents that may be linked on the side a chooser was opened from."""
    return _limited(documents, request, may_give_document)


def _limited(files, request, may_name):
    side = side_opened_from(request)
    if side is None:
        return files
    return files.exclude(collection__in=[key for key in holdings().paths if not may_name(key, side.site_id)])
