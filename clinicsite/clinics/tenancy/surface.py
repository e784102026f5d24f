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

from clinicsite.clinics.tenancy.scope import Scope, scope_at_work

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


class Who(StrEnum):
    """Kinds of people of a clinic, or of a network of clinics, by what their grants let them do."""

    PUBLISHER = "publishes pages: owners and editors"
    AUTHOR = "writes pages and publishes none"
    READER = "reads and changes nothing: auditors"
    SENDING_READER = "an auditor, over a form that changes nothing of the clinic's"
    NETWORK = "looks after whole networks of clinics"


#: Who may use what is judged to be for clinics; an auditor only where it is said.
WRITERS = frozenset({Who.PUBLISHER, Who.AUTHOR, Who.NETWORK})
PUBLISHERS = frozenset({Who.PUBLISHER, Who.NETWORK})
PUBLISHERS_AND_READERS = PUBLISHERS | {Who.READER}
EVERYBODY = WRITERS | {Who.READER}
#: What is everybody's own, such as their account: auditors fill in its forms too.
EVERYBODYS_OWN = EVERYBODY | {Who.SENDING_READER}
NETWORKS = frozenset({Who.NETWORK})

#: Kinds of which an auditor has what is judged for auditors. The others lead nowhere by themselves.
KINDS_READ = {"address", "site setting", "bulk action", "menu item", "item of the settings menu"}


@dataclass(frozen=True)
class Judgement:
    """Names of one kind, whether clinics' people may use them and, where it is not plain, why."""

    kind: Kind
    is_for_clinics: bool
    names: frozenset[str]
    reason: str = ""
    who: frozenset[Who] = WRITERS

    def is_open_to(self, who: Who) -> bool:
        """Whether such people may use these names."""
        if who is Who.READER and self.kind not in KINDS_READ and Who.PUBLISHER in self.who:
            return True
        return self.is_for_clinics and who in self.who

    def covers(self, name: str) -> bool:
        """Whether the name is among those judged, or of a family judged as `family:*`."""
        family = name.rpartition(":")[0]
        return name in self.names or f"{family}:*" in self.names


def for_clinics(kind: Kind, names: str, reason: str = "", who: frozenset[Who] = WRITERS) -> Judgement:
    """Names that clinics' people may use. Each is named: `treatments:{index,index_results}` names two.

    Args:
        who: which of them; where a name is judged twice, all that either says.
    """
    judgement = Judgement(kind, True, _spelt_out(names), reason, who)
    if any("*" in name for name in judgement.names):
        raise ValueError("what clinics may use is named, never a whole family as it may grow")
    return judgement


def for_agency(kind: Kind, names: str, reason: str = "") -> Judgement:
    """Names that are the agency's alone. `wagtailsites:*` is a family and whatever is added to it."""
    return Judgement(kind, False, _spelt_out(names), reason, frozenset())


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
def _open_names(who: Who) -> frozenset[tuple[Kind, str]]:
    """What is judged to be for such people, and by nobody for the agency alone."""
    closed = [one for one in judgements() if not one.is_for_clinics]
    return frozenset(
        (one.kind, name)
        for one in judgements()
        if one.is_for_clinics and one.is_open_to(who)
        for name in one.names
        if not any(other.kind == one.kind and other.covers(name) for other in closed)
    )


@cache
def _open_to_all() -> frozenset[tuple[Kind, str]]:
    """What is there for whoever of the clinics asks, so that nobody needs to be asked who they are."""
    kinds = (Who.PUBLISHER, Who.AUTHOR, Who.READER, Who.NETWORK)
    return frozenset.intersection(*(_open_names(who) for who in kinds))


def who_is(scope: Scope) -> Who:
    """What kind of person of the clinics somebody with this scope is; of those without a grant, the least."""
    if scope.is_networks:
        return Who.NETWORK
    if scope.only_reads:
        return Who.READER
    return Who.PUBLISHER if scope.publishes else Who.AUTHOR


def readers_may_send(name: str) -> bool:
    """Whether an auditor may send a form to an address with this name: it changes nothing of the clinic's."""
    return (Kind.ADDRESS, name) in _open_names(Who.SENDING_READER)


def forget_judgements() -> None:
    """Ask every app again; for tests, which register judgements of their own."""
    judgements.cache_clear()
    _open_names.cache_clear()
    _open_to_all.cache_clear()


#: Addresses of ours that are there for everybody: in the place of Wagtail's, and for whoever was asked in.
STANDS_IN = (
    "clinicsite_account:",
    "clinicsite_invitation:",
    "clinicsite_page_chooser:",
    "clinicsite_reports:",
    "clinicsite_tags:",
)


def may_use(user, names: Iterable[tuple[Kind, str]]) -> bool:
    """Whether a person may use things of these (kind, name).

    Clinics' people may use what is judged to be for them, the agency everything. Whoever works on the project
    around the clinics may use what is not ours. It is asked who it is only where that makes a difference.
    """
    asked = set(names)
    has_ours = any(_is_ours(name) for _kind, name in asked)
    if not has_ours and _open_to_all().issuperset(asked):
        return True
    scope = scope_at_work(user)
    if scope.is_projects:
        return not has_ours
    return scope.is_agencys or _open_names(who_is(scope)).issuperset(asked)


def _is_ours(name):
    return "clinicsite" in name and not name.startswith(STANDS_IN)


def name_of(thing) -> str:
    """The name by which a menu item, panel or figure is judged: its own, or its class's where it has none."""
    return getattr(thing, "name", None) or type(thing).__name__
