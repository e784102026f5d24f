"""From a page's path in the tree to its address, without walking every site.

Wagtail answers "which site is this page on?" by scanning the list of all sites, unpickled from the cache for
each link. With thousands of clinics that costs milliseconds a link. Here each process keeps the list as a
dictionary and looks up the few prefixes of a page's path. A version in the shared cache tells every process
when the list has changed.
"""

from dataclasses import dataclass, field
from time import monotonic
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

from clinicsite.core.conf import conf
from clinicsite.core.page_reading import register_structure
from clinicsite.core.rendering import current_rendering

VERSION_KEY = "clinicsite_site_roots_version"


#: For how long, in seconds, the index may lack a site that another process has made and no cache tells of.
LOOKED_AGAIN = 10


@dataclass
class SiteRootIndex:
    """Root path -> (site id, root URL) as of one version of the site list; `built_at` in seconds.

    `places` has the site ids by the tree path of their root pages, which no draft of an address changes.
    """

    version: str
    roots: dict[str, tuple[int, str]]
    built_at: float = 0.0
    places: dict[str, int] = field(default_factory=dict)


_index = SiteRootIndex(version="", roots={})


def bump_version(**kwargs):
    """Make every process rebuild its index; called wherever a site or a site's root page changes."""
    _renew_version()
    # Another process may rebuild before this transaction ends, and would keep the old list it still sees.
    transaction.on_commit(_renew_version)


def _renew_version():
    Site.clear_site_root_paths_cache()
    cache.set(VERSION_KEY, uuid4().hex, timeout=None)


def connect_signals():
    """Bump the version when a site is saved or deleted and when a root page may have moved."""
    register_structure(VERSION_KEY)
    for signal in (post_save, post_delete):
        signal.connect(bump_version, sender=Site, dispatch_uid=f"site_roots_{id(signal)}")
    page_slug_changed.connect(bump_version, dispatch_uid="site_roots_slug")
    post_page_move.connect(bump_version, dispatch_uid="site_roots_move")


def url_parts(url_path):
    """(site id, root URL, path from the root) of a page, or None where no site serves it.

    `url_path` is the page's path in the tree, such as "/agency/northgate/treatments/".
    """
    roots = _current_roots()
    found = _root_above(url_path, roots)
    if found is None and _may_be_old():
        # Without a shared cache nobody tells this process of a clinic that another one has made.
        roots = _build(_index.version).roots
        found = _root_above(url_path, roots)
    return None if found is None else _parts_for(*roots[found], url_path[len(found) :])


def site_at(path: str) -> tuple[int, str] | None:
    """(site id, tree path of its root page) of the site that a page of this tree path lies in, or None."""
    _current_roots()
    steps = (path[:end] for end in range(len(path), 0, -Page.steplen))
    return next(((_index.places[step], step) for step in steps if step in _index.places), None)


def place_of(site_id: int) -> str:
    """The tree path of a site's root page; empty for a site that there is not."""
    _current_roots()
    return next((path for path, found in _index.places.items() if found == site_id), "")


def is_at_or_below(path: str) -> bool:
    """Whether a site's root page has this tree path, or lies below it."""
    _current_roots()
    return any(place.startswith(path) for place in _index.places)


def place_at(address: str) -> str:
    """The tree path of the root page of the site whose full address this begins with; empty for none."""
    for site_id, root_url in _current_roots().values():
        if address == root_url or address.startswith(f"{root_url}/"):
            return place_of(site_id)
    return ""


def _root_above(url_path, roots):
    prefix = url_path
    while prefix and prefix not in roots:
        prefix = prefix[: prefix.rstrip("/").rfind("/") + 1]
    return prefix or None


def tree_root(page):
    """The top of the tree a page belongs to: its clinic's home page, or the library."""
    parts = url_parts(page.url_path) if page.url_path else None
    if parts is not None:
        return Site.objects.select_related("root_page").get(pk=parts[0]).root_page
    return Page.objects.ancestor_of(page, inclusive=True).filter(depth__lte=2).order_by("-depth").first()


def _parts_for(site_id, root_url, path):
    try:
        return site_id, root_url, reverse("wagtail_serve", args=(path,), urlconf=conf.CLINIC_URLCONF)
    except NoReverseMatch:
        return None


def _may_be_old():
    """Whether the index lacks the clinic whose page is being shown, or has not been looked at for a while."""
    site = current_rendering().site
    is_unknown = site is not None and site.root_page.url_path not in _index.roots
    return is_unknown or monotonic() - _index.built_at > LOOKED_AGAIN


def _current_roots():
    version = cache.get_or_set(VERSION_KEY, lambda: uuid4().hex, timeout=None)
    return _index.roots if version == _index.version else _build(version).roots


def _build(version):
    global _index
    roots: dict[str, tuple[int, str]] = {}
    places: dict[str, int] = {}
    # Where several sites share a root page, the oldest gives the address: one that is added later must not
    # take the pages' addresses over, whatever its name.
    for site in Site.objects.select_related("root_page").order_by("pk"):
        roots.setdefault(site.root_page.url_path, (site.pk, site.root_url))
        places.setdefault(site.root_page.path, site.pk)
    _index = SiteRootIndex(version, roots, monotonic(), places)
    return _index
