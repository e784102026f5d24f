"""The matrix itself: which clinics and library pages it is about, and its cells, some clinics at a time."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from clinicsite.core.addresses import page_path
from clinicsite.library.composition import Action, Lock
from clinicsite.library.matrix.filters import MatrixFilters
from clinicsite.library.matrix.queries import JsonLength, MatrixQuery
from clinicsite.library.matrix.reach import Reach, by_name
from clinicsite.library.matrix.states import COUNTED, Mark, OverrideRow, SectionRow, count_sections
from clinicsite.library.models.library import DeclinedPage, LibrarySection
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.releases import Release
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.library.stored import dict_or_empty
from clinicsite.library.tree import library_paths
from clinicsite.library.versions.read_by_clinic import show_instead


@dataclass(frozen=True)
class LibraryPage:
    """One library page of the matrix."""

    id: int
    path: str
    title: str
    type_name: str
    is_live: bool
    model: type[Page]


@dataclass(frozen=True)
class Follower:
    """One clinic's page that follows a library page. `marks` maps each mark to its count, or None."""

    id: int
    path: str
    title: str
    address: str
    marks: dict[Mark, int | None]
    changed_at: datetime | None
    since: str


@dataclass(frozen=True)
class Cell:
    """A clinic and a library page: its followers, nearly always one, or why there is none."""

    library_page: LibraryPage
    followers: tuple[Follower, ...] = ()
    absence: Mark = Mark.ABSENT


@dataclass(frozen=True)
class Row:
    """A clinic and its cells; a cell that the filter leaves out is None."""

    site: Site
    cells: list[Cell | None]


class Matrix:
    """What one person asked to see of the matrix."""

    def __init__(self, reach: Reach, filters: MatrixFilters):
        self.reach = reach
        self.filters = filters

    @cached_property
    def all_sites(self):
        """The clinics that the filters by name and network leave."""
        sites = by_name(self.reach.sites)
        if self.filters.clinic:
            sites = sites.filter(
                Q(clinic_name__icontains=self.filters.clinic) | Q(hostname__icontains=self.filters.clinic)
            )
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
        return _Batch(list(sites), pages).rows(self.filters.state)

    def _question(self, pages):
        ids = defaultdict(list)
        for page in pages:
            ids[page.model].append(page.id)
        library_ids = {model: tuple(found) for model, found in ids.items()}
        return MatrixQuery(self.all_sites, library_ids, self._is_narrow)

    @cached_property
    def _is_narrow(self):
        is_filtered = bool(self.filters.clinic) or self.filters.network is not None
        return is_filtered or not self.reach.is_everybody


class _Batch:
    """Reads what the cells of some clinics need, all at once."""

    def __init__(self, sites: list[Site], pages: Sequence[LibraryPage]):
        self.sites = sites
        self.pages = pages
        self.page_ids = [page.id for page in pages]
        self.roots = {site.root_page.path: site for site in sites}
        self.depths = sorted({site.root_page.depth for site in sites}, reverse=True)

    def rows(self, state: Mark | None) -> list[Row]:
        followers = self._followers()
        return [
            Row(site, [self._cell(site, page, followers[site.pk, page.id], state) for page in self.pages])
            for site in self.sites
        ]

    def _cell(self, site, page, followers, state):
        absence = Mark.DECLINED if (site.pk, page.id) in self.declined else Mark.ABSENT
        shown = [one for one in followers if state is None or state in one.marks]
        if shown or state is None or (state is Mark.ABSENT and not followers):
            return Cell(page, tuple(shown), absence)
        return None

    def _followers(self):
        """{(site id, library page id): followers, the one with the shortest address first}."""
        found = defaultdict(list)
        for row in sorted(
            self.follower_rows, key=lambda row: (not row["live"], len(row["url_path"]), row["pk"])
        ):
            site = self._site_of(row["path"])
            if site is not None:
                found[site.pk, row["library_page_id"]].append(self._follower(site, row))
        return found

    def _site_of(self, path):
        beginnings = (path[: depth * Page.steplen] for depth in self.depths)
        return next((self.roots[one] for one in beginnings if one in self.roots), None)

    def _follower(self, site, row):
        published = row["last_published_at"] or row["first_published_at"]
        return Follower(
            id=row["pk"],
            path=row["path"],
            title=row["title"],
            address=site.root_url + page_path(row["url_path"], site.root_page.url_path),
            marks=self._marks(site, row),
            changed_at=row["latest_revision_created_at"] or published,
            since=dict_or_empty(row["library_base"]).get("since", ""),
        )

    def _marks(self, site, row):
        library_id, is_held = row["library_page_id"], row["held_sections"] is not None
        marks = {_main_mark(row, is_held): self._waiting(site, row) if is_held and row["live"] else None}
        if (site.pk, library_id) in self.pilots:
            marks[Mark.PILOT] = None
        base = dict_or_empty(row["library_base"])
        counts = count_sections(
            self.overrides[row["pk"]],
            self.library_sections[library_id],
            is_held=is_held,
            left=dict_or_empty(base.get("left_out")),
            since=base.get("since", ""),
        )
        counts[Mark.ADDED] = row["additions"]
        return marks | {mark: counts[mark] for mark in COUNTED if counts[mark]}

    def _waiting(self, site, row):
        """How many changes wait on a held page, by the page's own rules."""
        library_page = self.held_library_pages[row["library_page_id"]]
        model = type(library_page)
        page = model(**{name: row[name] for name in ("pk", "url_path", *_held_columns(model))})
        page.library_page, page.library_base = library_page, row["library_base"]
        page.override_records = self.overrides[row["pk"]]
        if library_page.live and (site.pk, library_page.pk) not in self.pilots:
            # The page would ask which release its clinic pilots; the batch knows that already.
            show_instead(page, library_page)
        return len(page.get_waiting_changes()) + len(page.get_waiting_details())

    @cached_property
    def follower_rows(self):
        """The followers among these clinics, as plain rows."""
        inside = Q(pk__in=[])
        for path in self.roots:
            inside |= Q(path__startswith=path)
        names = [
            *("pk", "path", "title", "url_path", "live", "library_page_id", "library_base"),
            *("latest_revision_created_at", "last_published_at", "first_published_at", "additions"),
        ]
        rows = []
        for model in dict.fromkeys(page.model for page in self.pages):
            found = model.objects.order_by().filter(inside, library_page__in=self.page_ids)
            found = found.annotate(additions=JsonLength("sections"))
            rows += found.values(*names, *_held_columns(model))
        return rows

    @cached_property
    def overrides(self):
        """{follower's key: its overrides, without their words}."""
        found = defaultdict(list)
        records = SectionOverride.objects.filter(page__in=[row["pk"] for row in self.follower_rows])
        names = ("page_id", "section_id", "action", "base_fingerprint", "is_kept", "is_heading_only")
        head = (KT("base__kind"), KT("base__heading"))
        for page_id, section_id, action, mark, is_kept, is_heading_only, *known in records.values_list(
            *names, *head
        ):
            base_head = tuple(known) if is_heading_only else None
            found[page_id].append(OverrideRow(section_id, Action(action), mark, is_kept, base_head))
        return found

    @cached_property
    def library_sections(self):
        """{library page id: {section id: its index row}}."""
        found = defaultdict(dict)
        records = LibrarySection.objects.order_by().filter(page__in=self.page_ids)
        names = ("page_id", "section_id", "fingerprint", "lock", "is_retired", "changed_at")
        for page_id, section_id, mark, lock, *others, kind, heading in records.values_list(
            *names, "kind", "heading"
        ):
            found[page_id][section_id] = SectionRow(mark, Lock(lock), *others, (kind, heading))
        return found

    @cached_property
    def held_library_pages(self):
        """{key: library page} of those that a clinic here holds."""
        held = {row["library_page_id"] for row in self.follower_rows if row["held_sections"] is not None}
        found = {}
        for model in {page.model for page in self.pages if page.id in held}:
            found |= model.objects.order_by().in_bulk(held)
        return found

    @cached_property
    def declined(self):
        """(site id, library page id) of what these clinics have decided not to have."""
        found = DeclinedPage.objects.filter(site__in=self.sites, library_page__in=self.page_ids)
        return set(found.values_list("site_id", "library_page_id"))

    @cached_property
    def pilots(self):
        """(site id, library page id) of what these clinics try out."""
        found = Release.objects.order_by().filter(
            state=Release.State.PILOT, page__in=self.page_ids, pilots__in=self.sites
        )
        return set(found.values_list("pilots", "page_id"))


def _held_columns(model):
    """What tells of a held page which changes of the library wait, besides its overrides."""
    return ("held_sections", "held_details", "held_picture_id", "hero_image_id", *model.held_texts)


def _main_mark(row, is_held):
    if not row["live"]:
        return Mark.DRAFT
    return Mark.HOLDS if is_held else Mark.LIVE
