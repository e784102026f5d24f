"""What speaks against giving a draft to patients: citations that are gone, findings nobody has confirmed."""

from clinicsite.core.rendering import Rendering, strings_in
from clinicsite.library.tree import is_library_page
from clinicsite.modalities.claims import Claim, claims_in, unconfirmed
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


def unconfirmed_headlines(draft) -> list[str]:
    """Why a page cannot go live: what stands out on it rests on a finding that nobody has read in the paper.

    The words on how strong the evidence is are judged on every page, text in the library alone: a clinic
    cannot confirm a finding, and what it writes in a callout is for itself to answer.
    """
    found = [_refusal_of_statement(row) for row in _unconfirmed_statements(draft)]
    if is_library_page(draft) and hasattr(draft, "sections"):
        found += [_refusal_of_claim(claim) for claim in unconfirmed(_claims_of(draft)) if claim.stands_out]
    return found


def unconfirmed_sentences(draft) -> list[str]:
    """A sentence for each in the running text of a library page that rests on unconfirmed findings alone."""
    claims = [claim for claim in unconfirmed(_claims_of(draft)) if not claim.stands_out]
    return [
        f"“{_short(claim)}” rests on a finding that nobody has read in the paper yet. {WHAT_TO_DO}"
        for claim in claims
    ]


WHAT_TO_DO = "Read the paper and tick that under References, or cite another."


def _claims_of(draft) -> list[Claim]:
    bodies = (child["value"].get("body") or [] for child in draft.sections.raw_data)
    return [claim for body in bodies for claim in claims_in(body)]


def _unconfirmed_statements(draft):
    rows = draft.evidence_statements.all() if hasattr(draft, "evidence_statements") else []
    return [row for row in rows if row.reference and not row.reference.is_finding_confirmed]


def _refusal_of_statement(row):
    return (
        f"What the evidence says of {row.condition.title} rests on {row.reference.short_authors} "
        f"{row.reference.year}, a finding that nobody has read in the paper yet. {WHAT_TO_DO}"
    )


def _refusal_of_claim(claim):
    return (
        f"“{_short(claim)}” stands out on the page, and rests on a finding that nobody has read in the paper "
        f"yet. {WHAT_TO_DO}"
    )


def _short(claim):
    return claim.words if len(claim.words) <= 90 else f"{claim.words[:90].rsplit(' ', 1)[0]} …"
