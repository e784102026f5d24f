"""What research says of a treatment for a condition: the clinic's own statement, else the library's.

The page of the condition and that of the treatment say it in the same words of strength.

The library's is that of the version the clinic reads: a pilot's, or the last before the page was retired. A
page that holds its sections holds no evidence; new findings reach its patients at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db.models import Manager, Model

from clinicsite.core.rendering import current_rendering
from clinicsite.core.wagtail_private import is_in_memory
from clinicsite.library.shared_pages.page import SharedPage


@dataclass(frozen=True)
class TreatmentEvidence:
    """A treatment for a condition with its `EvidenceStatement`; None where nobody has summed it up."""

    treatment: SharedPage
    condition: SharedPage
    statement: Model | None = None


def evidence_for(
    condition: SharedPage, treatments: Iterable[SharedPage], statements: Manager
) -> list[TreatmentEvidence]:
    """What the evidence says of these treatments for a condition, in their order; one query.

    `statements` are all that are stored, `EvidenceStatement.objects`. The reference of each one shown gets
    its number on the page being rendered.
    """
    treatments = list(treatments)
    if not treatments:
        return []
    read = _statements_read([condition], treatments, statements)
    found = [TreatmentEvidence(one, condition, _read_by(one, condition, read)) for one in treatments]
    for one in found:
        if one.statement and one.statement.reference_id:
            current_rendering().cite(one.statement.reference_id)
    return found


def evidence_of(
    treatment: SharedPage, conditions: Iterable[SharedPage], statements: Manager
) -> list[TreatmentEvidence]:
    """What the evidence says of a treatment for each of these conditions, in their order; one query."""
    conditions = list(conditions)
    read = _statements_read(conditions, [treatment], statements) if conditions else {}
    return [TreatmentEvidence(treatment, one, _read_by(treatment, one, read)) for one in conditions]


def _statements_read(conditions, treatments, statements):
    """{(treatment, condition): statement} of all that may be read, by primary keys."""
    versions = _versions_read(treatments)
    stored = statements.filter(
        page__in={pk for one in treatments for pk in _line_of(one)} - versions.keys(),
        condition__in={pk for one in conditions for pk in _line_of(one)},
    )
    of_versions = (row for version in versions.values() for row in version.evidence_statements.all())
    rows = chain(stored, of_versions)
    return {(row.page_id, row.condition_id): row for row in rows if row.is_shown}


def _versions_read(treatments):
    """{library page: the version of it in memory that the clinic reads instead of what is stored}."""
    sources = {one.library_page_id: one.library_source for one in treatments if one.is_follower}
    return {pk: page for pk, page in sources.items() if is_in_memory(page, "evidence_statements")}


def _read_by(treatment, condition, statements):
    """The treatment's own statement, else the library's; said of the clinic's condition or the library's."""
    keys = ((page, about) for page in _line_of(treatment) for about in _line_of(condition))
    return next((statements[key] for key in keys if key in statements), None)


def _line_of(page):
    """The key of a page and that of the library page it follows."""
    return [pk for pk in (page.pk, page.library_page_id) if pk]
