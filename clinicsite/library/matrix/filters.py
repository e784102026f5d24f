"""What a person has asked the matrix for, read from an address that anybody may have typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from clinicsite.core.rendering import key_or_none
from clinicsite.library.matrix.states import FILTERABLE, Mark
from clinicsite.library.shared_pages.page import shared_page_models

ROWS_OFFERED = (25, 50)


@dataclass(frozen=True)
class MatrixFilters:
    """The choices; what makes no sense counts as not chosen.

    `type` is a model's label, such as "clinicsite_home.blogpage".
    """

    clinic: str = ""
    network: int | None = None
    group: int | None = None
    page: str = ""
    type: str = ""
    state: Mark | None = None
    rows: int = ROWS_OFFERED[0]

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "MatrixFilters":
        """The filters in a request's query string."""
        state, rows = query.get("state", ""), key_or_none(query.get("rows", ""))
        return cls(
            clinic=query.get("clinic", "").replace("\x00", "").strip()[:100],
            network=key_or_none(query.get("network", "")),
            group=key_or_none(query.get("group", "")),
            page=query.get("page", "").replace("\x00", "").strip()[:100],
            type=query.get("type", "") if query.get("type") in dict(page_types()) else "",
            state=Mark(state) if state in FILTERABLE else None,
            rows=rows if rows in ROWS_OFFERED else ROWS_OFFERED[0],
        )

    @property
    def is_any_set(self) -> bool:
        """Whether anything is filtered at all."""
        return self != MatrixFilters(rows=self.rows)

    def query_string(self, **more) -> str:
        """The filters as a query string, with further parameters such as a page number."""
        chosen = {
            "clinic": self.clinic,
            "network": self.network,
            "group": self.group,
            "page": self.page,
            "type": self.type,
            "state": self.state,
            "rows": self.rows if self.rows != ROWS_OFFERED[0] else None,
        }
        return urlencode({name: value for name, value in (chosen | more).items() if value})


def page_types() -> list[tuple[str, str]]:
    """(label, name in the plural) of every page type that can follow the library."""
    models = shared_page_models()
    return sorted(
        ((model._meta.label_lower, str(model._meta.verbose_name_plural).capitalize()) for model in models),
        key=lambda row: row[1],
    )
