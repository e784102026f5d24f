"""Which releases have to do with the clinics of a group."""

from django.db.models import Q, QuerySet

from clinicsite.clinics.models import ClinicGroup
from clinicsite.clinics.tenancy import trees
from clinicsite.library.models.releases import Release
from clinicsite.library.shared_pages.page import shared_page_models

#: What has not gone to every clinic: only its pilots have read it.
_PILOTS_ALONE = (Release.State.PILOT, Release.State.ENDED)


def of_group(rows: QuerySet, group: ClinicGroup, sites: QuerySet) -> QuerySet:
    """The releases that a clinic of the group tries or tried, and those for all of a page that one follows.

    Args:
        rows: Releases.
        sites: The clinics that whoever asks may know of.
    """
    members = sites.filter(pk__in=group.sites.values("pk"))
    paths = tuple(members.values_list("root_page__path", flat=True))
    tried = Release.pilots.through.objects.filter(site__in=members.order_by().values("pk"))
    for_all = ~Q(state__in=_PILOTS_ALONE) & Q(page__in=_followed_below(paths))
    return rows.filter(Q(pk__in=tried.values("release_id")) | for_all)


def _followed_below(paths: tuple[str, ...]) -> set[int]:
    """The keys of the library pages that pages in these trees follow; one query a type of page."""
    if not paths:
        return set()
    followed = set()
    for model in shared_page_models():
        own = model.objects.filter(trees.inside(paths)).exclude(library_page=None)
        followed.update(own.order_by().values_list("library_page_id", flat=True))
    return followed
