"""What somebody has asked the list of clinics for, read from an address that anybody may have typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from clinicsite.clinics.console import column_or_none, columns
from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.rendering import key_or_none

BY_NAME = "name"
BY_STATE = "state"


@dataclass(frozen=True)
class ConsoleFilters:
    """The choices; what makes no sense counts as not chosen.

    Args:
        words: Part of a clinic's name or host.
        state: A site state, such as "live".
        group: The key of a group of clinics.
        need: The name of a column in which a clinic must have something.
        sort: What to sort by: "name", "state" or the name of a column.
        is_falling: Whether the greatest comes first.
    """

    words: str = ""
    state: str = ""
    group: int | None = None
    need: str = ""
    sort: str = BY_NAME
    is_falling: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ConsoleFilters":
        """The choices in a request's query string."""
        state, need, sort = query.get("state", ""), query.get("need", ""), query.get("sort", "")
        wanted = sort.removeprefix("-")
        is_known = wanted in (BY_NAME, BY_STATE) or column_or_none(wanted) is not None
        return cls(
            words=query.get("q", "").replace("\x00", "").strip()[:100],
            state=state if state in dict(states()) else "",
            group=key_or_none(query.get("group", "")),
            need=need if need in dict(needs()) else "",
            sort=wanted if is_known else BY_NAME,
            is_falling=is_known and sort.startswith("-"),
        )

    @property
    def is_any_set(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.words or self.state or self.group or self.need)

    @property
    def ordering(self) -> str:
        """The sorting as an address has it; empty for the usual one."""
        if self.sort == BY_NAME and not self.is_falling:
            return ""
        return f"-{self.sort}" if self.is_falling else self.sort

    def query_string(self, **more) -> str:
        """The choices as a query string, with others in their place or beside them."""
        chosen = {
            "q": self.words,
            "state": self.state,
            "group": self.group,
            "need": self.need,
            "sort": self.ordering,
        }
        return urlencode({name: value for name, value in (chosen | more).items() if value})


def states() -> list[tuple[str, str]]:
    """(value, word) of each site state; the word alone, without its explanation."""
    choices = ClinicSettings._meta.get_field("state").choices or ()
    return [(str(value), str(label).partition(":")[0]) for value, label in choices]


def needs() -> list[tuple[str, str]]:
    """(column, words) of each need to filter by."""
    return [(column.name, column.need) for column in columns() if column.need]
