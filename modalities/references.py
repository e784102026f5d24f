"""The references a page cites, in the order of its citations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

from clinicsite.core.rendering import CitationUse, Rendering, strings_in

if TYPE_CHECKING:
    from modalities.models import Reference


@dataclass(frozen=True)
class NumberedReference:
    """A reference as it stands in a page's list."""

    reference: "Reference"
    use: CitationUse

    @property
    def number(self) -> int:
        """Its place in the list, from 1."""
        return self.use.number


def numbered_references(rendering: Rendering) -> list[NumberedReference]:
    """The references cited on the page, by number; one query, none where nothing is cited.

    A reference that somebody has deleted loses its number, so that no mark leads nowhere.
    """
    if not rendering.citations:
        return []
    found = apps.get_model("modalities.Reference").objects.in_bulk(rendering.citations)
    rendering.number_only(found)
    uses = rendering.citations.values()
    return [NumberedReference(found[use.reference_id], use) for use in uses if use.number]


def missing_citations(draft) -> list[str]:
    """A sentence if a library page's draft cites references that somebody has deleted; one query."""
    rendering = Rendering()
    rendering.prepare(strings_in(list(draft.sections.raw_data)))
    numbered_references(rendering)
    gone = sum(1 for use in rendering.citations.values() if not use.number)
    if not gone:
        return []
    marks = "a citation" if gone == 1 else f"{gone} citations"
    return [f"It has {marks} of references that are no longer there. Take them out, or cite another."]
