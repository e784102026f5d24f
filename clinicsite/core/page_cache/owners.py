"""Whose pages a row can change: those of a clinic, those of all, or nobody's.

What nothing here knows an answer for is no danger: then every page is rendered anew that has read its table.
"""

from collections.abc import Callable, Collection

from django.db import models
from wagtail.models import Page, Site

from clinicsite.core import page_reading, site_roots

#: Pages outside of every site: the library, above all. Each kept page is made from them too.
OUTSIDE = "outside"
NOBODYS: frozenset[str] = frozenset()

#: What of a page no reader meets.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
    }
)
DRAFT_COLUMNS = frozenset({*DRAFT_FIELDS, "latest_revision_id", "locked_by_id"})
#: How far up rows are followed to the page or site that they belong to.
FARTHEST = 3

#: Names what a saved or deleted row changes: (row, whether it is new) -> names, or None for "I cannot say".
Owner = Callable[[models.Model, bool], Collection[str] | None]
_owners: dict[type[models.Model], Owner] = {}


def register_owner(model: type[models.Model], owner: Owner) -> None:
    """Say for a model, and those derived from it, whose pages a row can change."""
    _owners[model] = owner


def register_unread(*models_: type[models.Model]) -> None:
    """Say that no kept page reads these: writes to them are not noted, and a page that does is not kept."""
    for model in models_:
        page_reading.UNREAD.add(model._meta.db_table)


def site_name(site_id: int) -> str:
    """What everything of a site is called."""
    return f"site:{site_id}"


def table_name(table: str) -> str:
    """What a table is called, for writes of which nothing else is known."""
    return f"table:{table}"


def names_for(row: models.Model, is_new: bool = False) -> Collection[str]:
    """The names of all that a saved or deleted row changes."""
    names = known_names(row, is_new)
    return list(map(table_name, tables_of(type(row)))) if names is None else names


def known_names(row: models.Model, is_new: bool = False) -> Collection[str] | None:
    """The same, or None where nobody can say whose it is, and its tables alone are known."""
    return _known(row, is_new, FARTHEST)


def tables_of(model: type[models.Model]) -> list[str]:
    """The tables that a row of a model is in."""
    return [one._meta.db_table for one in (model, *model._meta.all_parents) if not one._meta.proxy]


def _known(row, is_new, steps) -> Collection[str] | None:
    owner = next((_owners[one] for one in type(row).__mro__ if one in _owners), None)
    if owner is not None:
        return owner(row, is_new)
    if isinstance(row, Page):
        return {_name_at(row.path)}
    if row._meta.db_table in page_reading.UNREAD:
        return NOBODYS
    if isinstance(row, Site):
        # It may take a host from another, or lead to other pages than before.
        return None
    found: set[str] = set()
    for field in row._meta.concrete_fields:
        if steps and field.is_relation and (names := _through(row, field, steps)):
            found.update(names)
    return found or None


def _through(row, field, steps) -> Collection[str] | None:
    """What the row changes by a foreign key of its own, without asking more of the database than needed."""
    key, model = getattr(row, field.attname), field.related_model
    if key is None:
        return None
    if issubclass(model, Site):
        return {site_name(key)}
    if issubclass(model, Page):
        page = field.get_cached_value(row, None) or Page.objects.filter(pk=key).only("path").first()
        return {_name_at(page.path)} if page is not None else None
    if _may_belong(model, steps - 1):
        above = field.get_cached_value(row, None) or model._base_manager.filter(pk=key).first()
        return _known(above, False, steps - 1) if above is not None else None
    return None


def _may_belong(model, steps) -> bool:
    """Whether a row of a model can lead on to a page or a site."""
    if any(one in _owners for one in model.__mro__):
        return True
    related = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    return steps > 0 and any(issubclass(one, (Page, Site)) or _may_belong(one, steps - 1) for one in related)


def _name_at(path: str) -> str:
    found = site_roots.site_at(path)
    return OUTSIDE if found is None else site_name(found[0])
