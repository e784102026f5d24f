"""What the agency sees of each of its clinics beside one another: columns, which every room may add to.

A column finds its values for many clinics at once, in a number of queries that does not grow with them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page, Site


class Kind(StrEnum):
    """What a column's values are, and so how they are written and sorted."""

    WORDS = "words"
    NUMBER = "number"
    MOMENT = "moment"
    #: In bytes.
    SIZE = "size"

    @property
    def empty(self) -> int | None:
        """What stands for a clinic without a value."""
        return 0 if self in (Kind.NUMBER, Kind.SIZE) else None


@dataclass(frozen=True)
class Clinics:
    """The clinics a column is asked about.

    Args:
        sites: Clinics' sites, each with its `root_page`.
        is_narrow: Whether any clinic of the install is left out.
    """

    sites: tuple[Site, ...]
    is_narrow: bool = True
    roots: dict[int, dict[str, int]] = field(init=False)

    def __post_init__(self):
        found: dict[int, dict[str, int]] = {}
        for site in self.sites:
            found.setdefault(site.root_page.depth, {})[site.root_page.path] = site.pk
        object.__setattr__(self, "roots", found)

    def with_roots(self, rows: QuerySet, path: str = "path") -> dict[int, QuerySet]:
        """The rows of these clinics, each with `clinic_root`, by the depth at which front pages lie.

        Args:
            path: The lookup from a row to the tree path of its page, such as "page__path".
        """
        found = {}
        for depth, roots in self.roots.items():
            part = rows.order_by().annotate(clinic_root=Substr(path, 1, depth * Page.steplen))
            if self.is_narrow or len(self.roots) > 1:
                part = part.filter(Q(clinic_root__in=list(roots)))
            found[depth] = part
        return found

    def by_clinic(self, rows: QuerySet, value: Any, path: str = "path") -> dict[int, Any]:
        """{key of a clinic's site: an aggregate over its rows}; one query for each depth of front pages."""
        found = {}
        for depth, part in self.with_roots(rows, path).items():
            for root, number in part.values_list("clinic_root").annotate(clinic_value=value):
                if root in self.roots[depth]:
                    found[self.roots[depth][root]] = number
        return found


@dataclass(frozen=True, kw_only=True)
class Column:
    """One thing about every clinic.

    Args:
        name: For addresses, such as "messages"; letters and hyphens.
        heading: Above the column, and in the file.
        help_text: What exactly it counts, in a sentence.
        find: The values of some clinics by the key of the site; a clinic without one is left out.
        need: The words by which to filter for clinics with a value, such as "Messages to answer".
        link: The address behind a clinic's value; None where there is none.
        order: Its place among the columns.
    """

    name: str
    heading: str
    help_text: str
    find: Callable[[Clinics], Mapping[int, Any]]
    kind: Kind = Kind.NUMBER
    need: str = ""
    link: Callable[[Site], str] | None = None
    order: int = 100


_columns: dict[str, Column] = {}


def register_column(column: Column) -> None:
    """Add a column to the agency's list of clinics; one of the same name takes the place of another."""
    _columns[column.name] = column


def columns() -> tuple[Column, ...]:
    """Every column, in order."""
    return tuple(sorted(_columns.values(), key=lambda column: (column.order, column.name)))


def column_or_none(name: str) -> Column | None:
    """The column of this name."""
    return _columns.get(name)


def clinics_among(sites: Iterable[Site], *, is_narrow: bool = True) -> Clinics:
    """The clinics of some sites, for a column to be asked about."""
    return Clinics(tuple(sites), is_narrow)
