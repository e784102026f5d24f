"""Pages that were there once: their addresses answer 410, and say where to go on.

An unpublished or expired page is still in the tree, so its own row tells; only of a deleted one an address
is kept. A page or a redirect that takes the address over wins: nobody asks here while one of them answers.
"""

from datetime import timedelta
from functools import partial
from urllib.parse import unquote

from django.db import transaction
from django.db.models.signals import post_delete
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Page, Site

from clinicsite.core import site_roots
from clinicsite.core.addresses import page_path
from clinicsite.core.meant import address_meant
from clinicsite.core.models.gone import GoneAddress
from clinicsite.core.models.pages import is_of_ours
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering

#: Search engines forget a gone address within weeks; after this long hardly any old link is left.
KEPT_FOR = timedelta(days=730)
LONGEST_PATH = GoneAddress._meta.get_field("path").max_length


class GoneMiddleware:
    """Turns “not found” into “gone” where a page once stood, or leads to what was meant.

    Outside of Wagtail's redirects, so that one of exactly this address wins.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        site = current_rendering().site
        if response.status_code != 404 or site is None:
            return response
        is_read = request.method in ("GET", "HEAD")
        if is_read and (address := address_meant(site, request.get_full_path())):
            return HttpResponsePermanentRedirect(address)
        if not _is_gone(site, request.path):
            return response
        return render(request, "clinicsite/410.html", {"above": _page_above(site, request.path)}, status=410)


def connect_signals():
    """Keep the address of each page that is deleted, and of each below it: Django says so for every one."""
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="gone_addresses")


def _page_deleted(sender, instance, **kwargs):
    parts = site_roots.url_parts(instance.url_path) if is_of_ours(instance) else None
    # Wagtail has unpublished it by now; only a page that has ever been published has this date.
    if parts is None or instance.first_published_at is None:
        return
    site_id, _root_url, path = parts
    # A site of the project may be going with its pages, so this is written once all of them have gone.
    transaction.on_commit(partial(_keep, site_id, unquote(path)))


def _keep(site_id, path):
    if path == "/" or len(path) > LONGEST_PATH or not Site.objects.filter(pk=site_id).exists():
        return
    GoneAddress.objects.filter(site=site_id, gone_at__lt=timezone.now() - KEPT_FOR).delete()
    GoneAddress.objects.update_or_create(site_id=site_id, path=path, defaults={"gone_at": timezone.now()})


def _is_gone(site, path):
    if "\0" in path:
        # PostgreSQL refuses to look for it, and no page ever had it in its address.
        return False
    url_path = site.root_page.url_path + path[1:]
    below = Page.objects.descendant_of(site.root_page, inclusive=True)
    unpublished = below.filter(url_path=url_path, live=False, first_published_at__isnull=False)
    return unpublished.exists() or GoneAddress.objects.filter(site=site, path=path).exists()


def _page_above(site, path):
    """(title, path) of the nearest page on the way to an address that anybody may read, or None."""
    root = site.root_page.url_path
    folders = path.strip("/").split("/")[:-1]
    paths = [root + "/".join(folders[:depth]) + "/" for depth in range(1, len(folders) + 1)]
    above = Page.objects.descendant_of(site.root_page, inclusive=True).filter(url_path__in=paths)
    row = listed(above).order_by("-depth").values_list("title", "url_path")
    return next(((title, page_path(url_path, root)) for title, url_path in row[:1]), None)
