"""The cells of the matrix: what they say, and how they are read for some clinics at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from clinicsite.core.addresses import page_path
from clinicsite.library.composition import Action, Lock
from clinicsite.library.matrix.queries import JsonLength
from clinicsite.library.matrix.states import COUNTED, Mark, OverrideRow, SectionRow, count_sections
from clinicsite.library.models.library import DeclinedPage, LibrarySection
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.releases import Release
from clinicsite.library.stored import dict_or_empty
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


class Batch:
    """Reads what the cells of some clinics need, all at once."""

    def __init__(self, sites: list[Site], pages: Sequence[LibraryPage]):
        self.sites = sites
        self.pages = pages
        self.page_ids = [page.id for page in pages]
        self.roots = {site.root_page.path: site for site in sites}
        self.depths = sorted({site.root_page.depth for site in sites}, reverse=True)

    def rows(self, state: Mark | None) -> list[Row]:
        """The cells of these clinics; with a state, those that have it."""
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
