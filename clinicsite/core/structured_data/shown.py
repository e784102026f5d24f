"""One page as it is being shown to a patient: what describers may use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinicsite.core.addresses import page_path
from clinicsite.core.models.pages import BasePage
from clinicsite.core.rendering import current_rendering


@dataclass(frozen=True)
class Shown:
    """A page, its clinic's profile, and the variables its template has.

    Describers take what is in `values` rather than ask the database again, so that they say what the page
    shows and cost nothing.
    """

    page: BasePage
    clinic: Any
    values: Mapping[str, Any]
    root_path: str

    @property
    def url(self) -> str:
        """The full address of the page."""
        return self.url_of(self.page)

    @property
    def root_url(self) -> str:
        """The address of the clinic's site, without a slash at the end."""
        return self.clinic.root_url

    @property
    def stored_sections(self) -> list[dict]:
        """The sections of the page as it is composed, stored form, tokens filled; none on other pages."""
        sections = self.values.get("sections")
        return list(sections.raw_data) if sections else []

    def url_of(self, page) -> str:
        """The full address of a page of this clinic; nothing for a page of anybody else."""
        path = page.url_path or ""
        return self.root_url + page_path(path, self.root_path) if path.startswith(self.root_path) else ""


def shown_in(values: Mapping[str, Any]) -> Shown | None:
    """The page that a template with these variables shows; None where it shows no page of a clinic."""
    page, clinic, site = values.get("page"), values.get("clinic"), current_rendering().site
    if site is None or clinic is None or not isinstance(page, BasePage):
        return None
    shown = Shown(page, clinic, values, site.root_page.url_path)
    return shown if shown.url else None
