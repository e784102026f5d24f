"""Keeping the search index of followers up with the library, a batch of pages at a time."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db.models import prefetch_related_objects
from modelsearch.backends import get_search_backends
from wagtail.models import Page, Site

from clinicsite.clinics.profile import SETTINGS
from clinicsite.core import site_roots
from clinicsite.core.rendering import Rendering, current_rendering, rendering_for
from clinicsite.library.included import REMEMBERED, all_included
from clinicsite.library.models.releases import Release
from clinicsite.library.versions.read_by_clinic import show_instead, version_for_everyone


@contextmanager
def rendering_of(page: Page) -> Iterator[Rendering]:
    """The rendering under way, or one for the page's own clinic where there is none, as when it is saved."""
    if current_rendering().site is not None:
        yield current_rendering()
        return
    parts = site_roots.url_parts(page.url_path) if page.url_path else None
    site = _sites().filter(pk=parts[0]).first() if parts else None
    with _rendering(site) as rendering:
        yield rendering


def index_batch(followers: Sequence[Page], library_page: Page) -> None:
    """Write the index entries of followers of one library page, each as its own clinic's patients read it.

    The number of queries does not grow with the batch, but for a clinic whose profile is not cached or that
    pilots a release, and for what the search backend itself asks.
    """
    prefetch_related_objects(followers, "clinicsite_section_overrides")
    sites = _sites_of(followers)
    _share(library_page, followers, sites)
    included = all_included()
    for page in followers:
        with _rendering(sites.get(page.pk)) as rendering:
            rendering.remembered[REMEMBERED] = included
            # Kept on the page: the search backend reads it later, and several times.
            page.search_text  # noqa: B018
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(type(library_page), followers)


@contextmanager
def _rendering(site):
    with rendering_for(site) as rendering:
        if site is not None:
            rendering.remembered[SETTINGS] = getattr(site, "clinicsite_settings", None)
        yield rendering


def _sites():
    return Site.objects.select_related("root_page", "clinicsite_settings")


def _sites_of(pages: Iterable[Page]) -> dict[int, Site]:
    """{key of a page: the clinic it belongs to}; one query."""
    parts = {page.pk: site_roots.url_parts(page.url_path) for page in pages}
    sites = _sites().in_bulk({found[0] for found in parts.values() if found})
    return {pk: sites[found[0]] for pk, found in parts.items() if found and found[0] in sites}


def _share(library_page, followers, sites):
    """Let all followers read one copy of the library page; those that pilot a release load theirs."""
    pilots = Release.objects.filter(page_id=library_page.pk, state=Release.State.PILOT)
    trying = set(pilots.values_list("pilots", flat=True))
    version = version_for_everyone(library_page) or library_page
    for page in followers:
        page.library_page = library_page
        site = sites.get(page.pk)
        if site is None or site.pk not in trying:
            show_instead(page, version)
