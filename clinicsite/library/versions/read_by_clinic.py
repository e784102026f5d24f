"""Which version of a library page a clinic reads: the live one, one it pilots, or the last before retiring.

Patients, panels, comparisons and the inbox all read it through `library_page_as_read_by`.
"""

from copy import deepcopy

from django.db.models import Q
from wagtail.models import Site

from clinicsite.clinics.profile import profile_for
from clinicsite.core import site_roots
from clinicsite.core.rendering import current_rendering
from clinicsite.library.models.releases import Release
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.stored import ClinicParts
from clinicsite.library.versions.content import as_it_was_read, related_to
from clinicsite.library.versions.dropping import dropped_by, kept_dropped

#: Where a page in memory keeps the version of the library page that a preview shows on it.
PREVIEWED = "_previewed_library_version"


def show_instead(page: LibraryReader, version):
    """Let a page in memory read this version of its library page, for a preview."""
    page.__dict__[PREVIEWED] = version


def pilots_of(site: Site) -> dict[int, int]:
    """{library page id: id of the release this clinic pilots}; one query, kept in its profile."""
    releases = Release.objects.filter(state=Release.State.PILOT, pilots=site)
    return dict(releases.values_list("page_id", "pk"))


def piloted_release_of(page: LibraryReader) -> int | None:
    """The key of the release that a follower's clinic tries before the others, or None."""
    return _pilots_around(page).get(page.library_page_id) if page.is_follower else None


def library_page_as_read_by(page: LibraryReader):
    """The library page a follower shows, with the words its own clinic reads of it.

    Costs nothing where the clinic pilots nothing and the library page is live; else the version is loaded
    once for each page object.
    """
    if PREVIEWED in page.__dict__:
        return page.__dict__[PREVIEWED]
    library_page = page.library_page
    release_id = piloted_release_of(page)
    if release_id is None and library_page.live:
        return library_page
    known = page.__dict__.setdefault("_library_versions", {})
    key = (library_page.pk, release_id)
    if key not in known:
        known[key] = _load(library_page, release_id)
    return known[key]


def version_for_everyone(library_page: LibraryReader):
    """What clinics that pilot nothing have of a library page; None where it was never live."""
    if library_page.live:
        return type(library_page).objects.get(pk=library_page.pk)
    release, _ = _release_and_related(library_page, None)
    return library_page.with_content_json(deepcopy(release.content)) if release else None


def _load(library_page, release_id):
    release, related = _release_and_related(library_page, release_id)
    if release is None:
        return library_page
    if release_id is None:
        return as_it_was_read(library_page, release.content, related, kept_dropped(release.content))
    version = as_it_was_read(library_page, release.content, related, ())
    version.retired_sections = dropped_by(version, library_page, release.created_at)
    return version


def _release_and_related(library_page, release_id):
    """The release that is piloted, or the one that retired the page, with what its words name.

    None instead of a release where a page was never released. A clinic's site asks once for all its live
    pages, however many in a list are piloted or retired.
    """
    key = (library_page.pk, release_id)
    rendering = current_rendering()
    if rendering.site is not None:
        parts: ClinicParts = profile_for(rendering.site).parts
        releases, related = rendering.remember(
            "clinicsite_releases", lambda: _find(parts["pilots"].values(), parts["followers"])
        )
        if key in releases:
            return releases[key], related
    releases, related = _find([release_id] if release_id else [], [library_page.pk])
    return releases.get(key), related


def _find(release_ids, page_ids):
    """The newest release for each (library page id, id of a pilot or None if retired), and what they name."""
    retired = Q(state=Release.State.RETIRED, page_id__in=list(page_ids), page__live=False)
    found = {}
    for release in Release.objects.filter(Q(pk__in=list(release_ids)) | retired).select_related("page"):
        if release.page.specific_class is None:
            continue  # The project has taken the app of its type out.
        piloted = release.pk if release.state == Release.State.PILOT else None
        found.setdefault((release.page_id, piloted), release)
    return found, related_to((one.page.specific_class, one.content) for one in found.values())


def _pilots_around(page):
    """What the clinic pilots: on its own site from its profile, in the admin asked once a request."""
    rendering = current_rendering()
    if rendering.site is not None:
        return profile_for(rendering.site).parts["pilots"]
    parts = site_roots.url_parts(page.url_path) if page.url_path else None
    return pilots_around(Site(pk=parts[0])) if parts else {}


def pilots_around(site: Site) -> dict[int, int]:
    """What a clinic pilots, in the admin: asked once a request."""
    return current_rendering().remember(f"pilots:{site.pk}", lambda: pilots_of(site))
