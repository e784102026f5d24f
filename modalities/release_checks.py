"""What speaks against giving a library page's draft to the clinics."""

from clinicsite.core.rendering import Rendering, strings_in
from clinicsite.modalities.models.references import Reference


def missing_citations(draft) -> list[str]:
    """A sentence if a library page's draft cites references that somebody has deleted; one query."""
    rendering = Rendering()
    rendering.prepare(strings_in(list(draft.sections.raw_data)))
    Reference.objects.numbered(rendering)
    gone = sum(1 for use in rendering.citations.values() if not use.number)
    if not gone:
        return []
    marks = "a citation" if gone == 1 else f"{gone} citations"
    return [f"It has {marks} of references that are no longer there. Take them out, or cite another."]
