"""Redirects from a page's old addresses, kept from leading in a circle.

Wagtail makes one for the clinic's site whenever a page's address changes, and each leads to the page itself,
so two renames make no chain. A page that gets an old address back would redirect to itself as soon as it is
unpublished: that one goes.
"""

from wagtail.contrib.redirects.models import Redirect
from wagtail.signals import page_slug_changed, post_page_move

from clinicsite.core import site_roots


def connect_signals():
    """Run after Wagtail's own receivers, which `wagtail.contrib.redirects` connects before this app."""
    page_slug_changed.connect(drop_redirects_to_themselves, dispatch_uid="redirects_slug")
    post_page_move.connect(drop_redirects_to_themselves, dispatch_uid="redirects_move")


def drop_redirects_to_themselves(sender, instance, **kwargs):
    """Delete each automatic redirect of a page, or of one below it, that stands at the page's own address."""
    redirects = Redirect.objects.filter(
        automatically_created=True, redirect_page__path__startswith=instance.path
    )
    circular = [one.pk for one in redirects.select_related("redirect_page") if _is_circular(one)]
    Redirect.objects.filter(pk__in=circular).delete()


def _is_circular(redirect):
    parts = site_roots.url_parts(redirect.redirect_page.url_path)
    if parts is None or redirect.redirect_page_route_path:
        return False
    site_id, _root_url, path = parts
    return redirect.site_id == site_id and redirect.old_path == Redirect.normalise_path(path)
