"""Redirects from a page's old addresses, kept from leading in a circle.

Wagtail makes one for the clinic's site whenever a page's address changes, and each leads to the page itself,
so two renames make no chain. What it leaves to us: at the address of a page no such redirect may stand. It
would wait there unseen until the page is taken down, and then lead away, or back to itself, or between two
pages that have swapped their addresses for ever.
"""

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, post_page_move

from clinicsite.core import site_roots
from clinicsite.core.models.pages import is_of_ours


def connect_signals():
    """Run after Wagtail's own receivers, which `wagtail.contrib.redirects` connects before this app."""
    page_slug_changed.connect(clear_addresses, dispatch_uid="redirects_slug")
    post_page_move.connect(clear_addresses, dispatch_uid="redirects_move")
    # A page may be new at an address that another once had.
    page_published.connect(clear_addresses, dispatch_uid="redirects_published")


def clear_addresses(sender, instance, **kwargs):
    """Delete the automatic redirects that stand at the address of a page, or of one below it.

    What an owner has entered by hand stays: it is theirs to mend.
    """
    parts = site_roots.url_parts(instance.url_path) if is_of_ours(instance) else None
    if parts is None:
        return
    site_id, _root_url, path = parts
    standing = dict(_automatic_below(site_id, path).values_list("old_path", "pk"))
    if standing:
        below = Page.objects.descendant_of(instance, inclusive=True).values_list("url_path", flat=True)
        taken = [standing.get(_old_path(url_path)) for url_path in below]
        Redirect.objects.filter(pk__in=[pk for pk in taken if pk]).delete()


def _automatic_below(site_id, path):
    own = Redirect.normalise_path(path)
    below = Q(old_path=own) | Q(old_path__startswith=f"{own.rstrip('/')}/")
    return Redirect.objects.filter(below, site=site_id, automatically_created=True)


def _old_path(url_path):
    """The address of a page as a redirect would have it; none off any site."""
    parts = site_roots.url_parts(url_path)
    return Redirect.normalise_path(parts[2]) if parts else None
