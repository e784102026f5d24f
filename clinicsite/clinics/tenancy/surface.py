"""What of the admin clinics' people may use: every address, menu item, bulk action, filter and panel, judged.

A name is judged for clinics, or for the agency alone. One that nobody has judged, because Wagtail, a package
or we ourselves have only just added it, is the agency's alone until somebody has.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from wagtail import hooks

from clinicsite.clinics.tenancy.scope import scope_at_work

#: Functions that return a list of judgements on what their app adds to the admin.
HOOK = "register_clinicsite_surface"


class Kind(StrEnum):
    """The kinds of thing in the admin that are judged by name."""

    ADDRESS = "address"
    SETTING = "site setting"
    BULK_ACTION = "bulk action"
    FILTER = "filter"
    MENU_ITEM = "menu item"
    SETTINGS_ITEM = "item of the settings menu"
    REPORT = "item of the reports menu"
    HELP_ITEM = "item of the help menu"
    PANEL = "panel of the dashboard"
    SUMMARY_ITEM = "figure on the dashboard"
    SEARCH_AREA = "area of the search"


@dataclass(frozen=True)
class Judgement:
    """Names of one kind, whether clinics' people may use them and, where it is not plain, why."""

    kind: Kind
    is_for_clinics: bool
    names: frozenset[str]
    reason: str = ""

    def covers(self, name: str) -> bool:
        """Whether the name is among those judged, or of a family judged as `family:*`."""
        family = name.rpartition(":")[0]
        return name in self.names or f"{family}:*" in self.names


def for_clinics(kind: Kind, names: str, reason: str = "") -> Judgement:
    """Names that clinics' people may use. Each is named: `treatments:{index,index_results}` names two."""
    judgement = Judgement(kind, True, _spelt_out(names), reason)
    if any("*" in name for name in judgement.names):
        raise ValueError("what clinics may use is named, never a whole family as it may grow")
    return judgement


def for_agency(kind: Kind, names: str, reason: str = "") -> Judgement:
    """Names that are the agency's alone. `wagtailsites:*` is a family and whatever is added to it."""
    return Judgement(kind, False, _spelt_out(names), reason)


def _spelt_out(names: str) -> frozenset[str]:
    return frozenset(one for name in names.split() for one in _choices(name))


def _choices(name: str) -> list[str]:
    braces = re.search(r"\{([\w.,-]+)\}", name)
    if braces is None:
        return [name]
    before, after = name[: braces.start()], name[braces.end() :]
    return [one for choice in braces[1].split(",") for one in _choices(f"{before}{choice}{after}")]


@cache
def judgements() -> tuple[Judgement, ...]:
    """Every app's judgements."""
    return tuple(judgement for judged in hooks.get_hooks(HOOK) for judgement in judged())


@cache
def _open_names() -> frozenset[tuple[Kind, str]]:
    """What clinics may use: judged to be for them, and by nobody for the agency alone."""
    closed = [one for one in judgements() if not one.is_for_clinics]
    return frozenset(
        (one.kind, name)
        for one in judgements()
        if one.is_for_clinics
        for name in one.names
        if not any(other.kind == one.kind and other.covers(name) for other in closed)
    )


def forget_judgements() -> None:
    """Ask every app again; for tests, which register judgements of their own."""
    judgements.cache_clear()
    _open_names.cache_clear()


#: Addresses of ours that stand in the place of Wagtail's, and so are there for everybody.
STANDS_IN = ("clinicsite_account:", "clinicsite_page_chooser:", "clinicsite_reports:", "clinicsite_tags:")


def may_use(user, names: Iterable[tuple[Kind, str]]) -> bool:
    """Whether a person may use things of these (kind, name).

    Clinics' people may use what is judged to be for them, the agency everything. Whoever works on the project
    around the clinics may use what is not ours. It is asked who it is only where that makes a difference.
    """
    asked = set(names)
    has_ours = any(_is_ours(name) for _kind, name in asked)
    if not has_ours and _open_names().issuperset(asked):
        return True
    scope = scope_at_work(user)
    if scope.is_projects:
        return not has_ours
    return scope.is_agencys or _open_names().issuperset(asked)


def _is_ours(name):
    return "clinicsite" in name and not name.startswith(STANDS_IN)


def name_of(thing) -> str:
    """The name by which a menu item, panel or figure is judged: its own, or its class's where it has none."""
    return getattr(thing, "name", None) or type(thing).__name__
