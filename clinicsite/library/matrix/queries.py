"""Questions about all followers at once, each answered by the database in one statement.

A follower's clinic is the site whose front page its tree path begins with. Front pages lie at few depths of
the tree, so for each depth that beginning is compared as a whole: a join by equality, not by pattern.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Substr
from django.utils.functional import cached_property
from wagtail.models import Page

from clinicsite.core.models.pages import from_page
from clinicsite.library.composition import Action, Lock
from clinicsite.library.matrix.states import Mark
from clinicsite.library.models.library import LibrarySection
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.releases import Release


class JsonLength(Func):
    """How many items a stored JSON list has."""

    function = "jsonb_array_length"
    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="json_array_length", **extra)


class LeftAt(Func):
    """When a clinic let a section go, as ISO text: from a stored `library_base` and a section's id."""

    template = "jsonb_extract_path_text(%(expressions)s)"
    arg_joiner = ", 'left_out', "
    output_field = CharField()

    def as_sqlite(self, compiler, connection, **extra):
        template = """json_extract(%(expressions)s || '"')"""
        joiner = """, '$.left_out."' || """
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **extra)


class Moment(Func):
    """A point in time from its ISO text, so that it compares with a column."""

    template = "(%(expressions)s)::timestamptz"
    output_field = DateTimeField()

    def as_sqlite(self, compiler, connection, **extra):
        template = "strftime('%%%%Y-%%%%m-%%%%d %%%%H:%%%%M:%%%%f', %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **extra)


@dataclass(frozen=True)
class Followers:
    """The followers of one type's library pages.

    `roots` holds the tree paths of the front pages of the clinics asked about, by the depth they lie at;
    `is_narrow` tells whether that leaves any clinic out.
    """

    model: type[Page]
    library_ids: tuple[int, ...]
    roots: dict[int, list[str]]
    is_narrow: bool

    def all(self):
        """The followers, each with `root_<depth>`: the beginning of its path, as long as a front page's."""
        found = self.model.objects.order_by().filter(library_page__in=self.library_ids)
        found = found.annotate(
            **{f"root_{depth}": Substr("path", 1, depth * Page.steplen) for depth in self.roots}
        )
        return found.filter(self._is_inside()) if self.is_narrow else found

    def _is_inside(self):
        inside = Q(pk__in=[])
        for depth, paths in self.roots.items():
            inside |= Q(**{f"root_{depth}__in": paths})
        return inside

    def marked(self, mark: Mark) -> list[QuerySet]:
        """The followers that a mark stands at: those in any of these.

        Each is planned as joins, which an "or" between them would not be.
        """
        if mark in _PAGE_CONDITIONS:
            return [self.all().filter(_PAGE_CONDITIONS[mark])]
        if mark is Mark.ADDED:
            return [self.all().annotate(additions=JsonLength("sections")).filter(additions__gt=0)]
        if mark is Mark.PILOT:
            return [self.all().filter(self._is_pilot())]
        found = [
            self.all().filter(pk__in=self.overrides().filter(condition).values("page_id"))
            for condition in OVERRIDE_CONDITIONS[mark]
        ]
        return [*found, *self.dropped()] if mark is Mark.RETIRED else found

    def dropped(self) -> list[QuerySet]:
        """The followers whose library page has dropped a section that they have not answered."""
        return [self.all().filter(self._has_unanswered())]

    def overrides(self):
        """The overrides on followers of these pages, with the library page's key and whether it is held."""
        follower = f"page__{from_page(self.model)}"
        return (
            SectionOverride.objects.order_by()
            .filter(**{f"{follower}__library_page__in": self.library_ids})
            .annotate(library_id=F(f"{follower}__library_page_id"), held=F(f"{follower}__held_sections"))
            .annotate(base_kind=KT("base__kind"), base_heading=KT("base__heading"))
        )

    def places(self, mark: Mark) -> Iterator[tuple[str, int]]:
        """(front page's tree path, library page id) of each follower that a mark stands at."""
        for depth, paths in self.roots.items():
            known = set(paths)
            for followers in self.marked(mark):
                rows = followers.values_list(f"root_{depth}", "library_page_id")
                yield from (row for row in rows if row[0] in known)

    def count_followed(self) -> dict[str, int]:
        """{front page's tree path: how many of these library pages its clinic follows}."""
        counts: dict[str, int] = {}
        for depth, paths in self.roots.items():
            rows = self._at(depth, paths).values_list(f"root_{depth}")
            counts |= dict(rows.annotate(n=Count("library_page_id", distinct=True)))
        return counts

    def count_following(self) -> Counter[int]:
        """{library page id: how many clinics follow it}."""
        counts: Counter[int] = Counter()
        for depth, paths in self.roots.items():
            rows = self._at(depth, paths).values_list("library_page_id")
            counts.update(dict(rows.annotate(n=Count(f"root_{depth}", distinct=True))))
        return counts

    def _at(self, depth, paths):
        """The followers of clinics whose front pages lie at one depth."""
        is_certain = not self.is_narrow and len(self.roots) == 1
        return self.all() if is_certain else self.all().filter(**{f"root_{depth}__in": paths})

    def count_pages(self):
        """For each library page, how many followers it has, and how many of them are held."""
        return (
            self.all()
            .values(library_id=F("library_page_id"))
            .annotate(follow=Count("pk"), hold=Count("pk", filter=Q(held_sections__isnull=False)))
        )

    def count_overrides(self):
        """For each library page, how many followers have own sections, and sections the library changed."""
        overrides = self.overrides()
        if self.is_narrow:
            overrides = overrides.filter(page__in=self.all().values("pk"))
        return overrides.values("library_id").annotate(
            own=Count("page", distinct=True, filter=_any(Mark.OWN)),
            changed=Count("page", distinct=True, filter=_any(Mark.CHANGED)),
        )

    def _is_pilot(self):
        trying = Release.objects.filter(state=Release.State.PILOT, page_id=OuterRef("library_page_id"))
        found = Q(pk__in=[])
        for depth in self.roots:
            found |= Exists(trying.filter(pilots__root_page__path=OuterRef(f"root_{depth}")))
        return found

    def _has_unanswered(self):
        """Followers whose library page has dropped a section since, which they have not answered."""
        answers = SectionOverride.objects.filter(
            page_id=OuterRef(OuterRef("pk")), section_id=OuterRef("section_id")
        ).exclude(action=Action.RETURN.value)
        dropped = (
            LibrarySection.objects.annotate(left_at=LeftAt(OuterRef("library_base"), "section_id"))
            .filter(Q(left_at__isnull=True) | Q(changed_at__gt=Moment("left_at")))
            .filter(~Exists(answers), page_id=OuterRef("library_page_id"), is_retired=True)
            .filter(changed_at__gt=Moment(OuterRef("since")))
        )
        retiring = LibrarySection.objects.filter(page_id__in=self.library_ids, is_retired=True)
        since = Coalesce(KT("library_base__since"), Value("1970-01-01T00:00:00+00:00"))
        pages = (
            self.model.objects.order_by()
            .filter(library_page__in=retiring.values("page_id"), held_sections__isnull=True)
            .annotate(since=since)
            .filter(Exists(dropped))
        )
        return Q(pk__in=pages.values("pk"))


_PAGE_CONDITIONS = {
    Mark.LIVE: Q(live=True, held_sections__isnull=True),
    Mark.HOLDS: Q(live=True, held_sections__isnull=False),
    Mark.DRAFT: Q(live=False),
}
#: The library's section that an override is about, where the library still has it.
_HERE = LibrarySection.objects.order_by().filter(
    page_id=OuterRef("library_id"), section_id=OuterRef("section_id"), is_retired=False
)
#: The same, where its lock lets the override have an effect.
_OPEN = _HERE.annotate(doing=ExpressionWrapper(OuterRef("action"), CharField())).filter(
    Q(lock=Lock.FREE.value) | Q(lock=Lock.ADAPT.value, doing=Action.REPLACE.value)
)
_REPLACES, _HIDES = Q(action=Action.REPLACE.value), Q(action=Action.HIDE.value)
#: The rules of `states.count_sections`, for the database: for each mark, conditions of which one must hold.
OVERRIDE_CONDITIONS = {
    Mark.OWN: (
        _REPLACES & Exists(_OPEN),
        _REPLACES & (Q(is_kept=True) | Q(held__isnull=False)) & ~Exists(_HERE),
    ),
    Mark.HIDDEN: (_HIDES & Exists(_OPEN), _HIDES & ~Exists(_HERE)),
    Mark.CHANGED: (
        (_REPLACES & Q(is_heading_only=False) | _HIDES)
        & Exists(_OPEN.exclude(fingerprint=OuterRef("base_fingerprint"))),
        _REPLACES
        & Q(is_heading_only=True)
        & Exists(_OPEN.exclude(kind=OuterRef("base_kind"), heading=OuterRef("base_heading"))),
    ),
    Mark.RETIRED: (_REPLACES & Q(is_kept=False, held__isnull=True) & ~Exists(_HERE),),
}


def _any(mark):
    return reduce(or_, OVERRIDE_CONDITIONS[mark])


@dataclass(frozen=True)
class MatrixQuery:
    """Which clinics and which library pages the matrix is about.

    `sites` is a queryset of clinics, `library_ids` the keys of library pages by their type; `is_narrow` tells
    whether any clinic is left out.
    """

    sites: QuerySet
    library_ids: dict[type[Page], tuple[int, ...]]
    is_narrow: bool = True

    @cached_property
    def site_ids(self) -> dict[str, int]:
        """{tree path of a front page: key of its clinic}, in the order of `sites`."""
        return dict(self.sites.values_list("root_page__path", "pk"))

    @cached_property
    def followers(self) -> list[Followers]:
        """The followers of each type of page asked about."""
        roots: dict[int, list[str]] = {}
        for path in self.site_ids:
            roots.setdefault(len(path) // Page.steplen, []).append(path)
        return [
            Followers(model, ids, roots, self.is_narrow) for model, ids in self.library_ids.items() if ids
        ]

    def places(self, mark: Mark) -> tuple[list[int], set[int]]:
        """The clinics with a mark at any of the library pages, in order, and those library pages."""
        roots, pages = self._absences() if mark is Mark.ABSENT else self._places(mark)
        return [pk for path, pk in self.site_ids.items() if path in roots], pages

    def _places(self, mark):
        found = [place for followers in self.followers for place in followers.places(mark)]
        return {root for root, _ in found}, {page for _, page in found}

    def _absences(self):
        followed, following = Counter(), Counter()
        for followers in self.followers:
            followed.update(followers.count_followed())
            following.update(followers.count_following())
        pages = {library_id for ids in self.library_ids.values() for library_id in ids}
        roots = {root for root in self.site_ids if followed[root] < len(pages)}
        return roots, {page for page in pages if following[page] < len(self.site_ids)}

    def totals(self) -> dict[int, dict[str, int]]:
        """{library page id: how many followers it has, and how many of them are held, own, behind}."""
        found: dict[int, dict[str, int]] = {}
        for followers in self.followers:
            for row in (*followers.count_pages(), *followers.count_overrides()):
                found.setdefault(row.pop("library_id"), {}).update(row)
        return found
