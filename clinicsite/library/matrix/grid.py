"""The matrix itself: which clinics and library pages it is about. Their cells are read in `cells`."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicGroup
from clinicsite.library.matrix.cells import Batch, LibraryPage, Row
from clinicsite.library.matrix.filters import MatrixFilters
from clinicsite.library.matrix.queries import MatrixQuery
from clinicsite.library.matrix.reach import Reach, by_name
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.library.tree import library_paths


class Matrix:
    """What one person asked to see of the matrix."""

    def __init__(self, reach: Reach, filters: MatrixFilters):
        self.reach = reach
        self.filters = filters

    @cached_property
    def all_sites(self):
        """The clinics that the filters by name, network and group leave."""
        sites = by_name(self.reach.sites)
        if self.filters.clinic:
            sites = sites.filter(
                Q(clinic_name__icontains=self.filters.clinic) | Q(hostname__icontains=self.filters.clinic)
            )
        if self.filters.group is not None:
            members = ClinicGroup.sites.through.objects.filter(clinicgroup=self.filters.group)
            sites = sites.filter(pk__in=members.values("site_id"))
        if self.filters.network is not None:
            network = Page.objects.filter(pk=self.filters.network).first()
            return sites.filter(root_page__path__startswith=network.path) if network else sites.none()
        return sites

    @cached_property
    def all_pages(self) -> list[LibraryPage]:
        """The library pages that the filters by type and title leave: live ones, others while followed."""
        types = {ContentType.objects.get_for_model(model).pk: model for model in shared_page_models()}
        in_library, is_followed = Q(pk__in=[]), Q(pk__in=[])
        for path in library_paths():
            in_library |= Q(path__startswith=path)
        for model in types.values():
            is_followed |= Exists(model.objects.order_by().filter(library_page=OuterRef("pk")))
        pages = Page.objects.filter(in_library, content_type__in=types).filter(Q(live=True) | is_followed)
        if self.filters.page:
            pages = pages.filter(title__icontains=self.filters.page)
        rows = pages.order_by("title", "pk").values_list("pk", "path", "title", "live", "content_type")
        found = [
            LibraryPage(pk, path, title, str(types[key]._meta.verbose_name), live, types[key])
            for pk, path, title, live, key in rows
        ]
        return [page for page in found if self.filters.type in ("", page.model._meta.label_lower)]

    @property
    def site_ids(self) -> list[int]:
        """The clinics to show, by name: all, or those with the state asked for at any library page."""
        return self._shown[0]

    @property
    def pages(self) -> list[LibraryPage]:
        """The library pages to show: all, or those with the state asked for at any clinic."""
        return self._shown[1]

    @cached_property
    def _shown(self):
        if self.filters.state is None:
            return list(self.all_sites.values_list("pk", flat=True)), self.all_pages
        site_ids, page_ids = self._question(self.all_pages).places(self.filters.state)
        return site_ids, [page for page in self.all_pages if page.id in page_ids]

    def totals(self, pages: Sequence[LibraryPage]) -> dict[int, dict[str, int]]:
        """{library page id: counts over the clinics that the filters by name and network leave}."""
        return self._question(pages).totals()

    def rows(self, site_ids: Collection[int], pages: Sequence[LibraryPage]) -> list[Row]:
        """The cells of some of the clinics; the same number of queries for one and for a hundred."""
        sites = by_name(Site.objects.filter(pk__in=site_ids)).select_related("root_page")
        return Batch(list(sites), pages).rows(self.filters.state)

    def _question(self, pages):
        ids = defaultdict(list)
        for page in pages:
            ids[page.model].append(page.id)
        library_ids = {model: tuple(found) for model, found in ids.items()}
        return MatrixQuery(self.all_sites, library_ids, self._is_narrow)

    @cached_property
    def _is_narrow(self):
        chosen = (self.filters.clinic, self.filters.network, self.filters.group)
        return any(chosen) or not self.reach.is_everybody
