"""From a request's path to the page that answers, in two queries, however deep the page lies."""

from django.http import Http404, HttpRequest
from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from wagtail import urls as wagtail_urls
from wagtail.models import Page, Site
from wagtail.views import serve as wagtail_serve

from clinicsite.core import wagtail_private

_serve_protected = csrf_protect(wagtail_serve)


@csrf_exempt
def serve(request, path):
    """Serve a page as Wagtail does, having found it the short way.

    Only a page whose type says `takes_anonymous_forms` may be sent a form without a CSRF token.
    """
    found = route(request, path)
    wagtail_private.keep_route(request, found)
    is_anonymous = found is not None and getattr(found.page, "takes_anonymous_forms", False)
    return (wagtail_serve if is_anonymous else _serve_protected)(request, path)


def route(request, path):
    """The route result for a path on the request's site, or None.

    The deepest page on the path answers; what is left of the path is its own to route (a feed, say). Wagtail
    itself asks twice for each part of the path.
    """
    site = Site.find_for_request(request)
    return None if site is None else _route_on(site, request, path)


def page_answering(site: Site, path: str) -> Page | None:
    """The page of a site that answers at a path, or None; drafts answer nothing."""
    request = HttpRequest()
    wagtail_private.keep_site(request, site)
    found = _route_on(site, request, path)
    return found.page if found else None


def _route_on(site, request, path):
    components = [component for component in path.split("/") if component]
    page, remaining = deepest_page(site.root_page, components)
    if page.specific_class is None:
        # The project has taken the app of this type out, and nobody knows how to show it.
        return None
    try:
        return page.specific.route(request, remaining)
    except Http404:
        return None


def deepest_page(root, components):
    """(the deepest page below `root` on this path, what is left of the path); one query."""
    if not components:
        return root, []
    prefixes = [root.url_path]
    for component in components:
        prefixes.append(f"{prefixes[-1]}{component}/")
    below = Page.objects.descendant_of(root, inclusive=True)
    page = below.filter(url_path__in=prefixes).order_by("-depth").first() or root
    return page, components[prefixes.index(page.url_path) :]


#: Wagtail's addresses, with pages found the short way.
page_urls = [
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(wagtail_private.serve_pattern(), serve, name="wagtail_serve"),
]
