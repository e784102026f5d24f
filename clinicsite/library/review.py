"""The review date: a claim about the composed page, made only while it is true of every clinical section."""

from clinicsite.library.composition import State
from clinicsite.library.kinds import SectionKind

#: Sections a clinician need not check for the page to count as reviewed.
NOT_CLINICAL = frozenset({SectionKind.COST, SectionKind.OTHER})


def claim_for(page):
    """The oldest review date among the page's sections, or None if a clinical section is unreviewed.

    Source of the rule: the NHS service manual shows a review date only if the whole page was reviewed.
    """
    source = page.library_page if page.is_follower else page
    dates = [source.reviewed_on, *_own_dates(page)]
    return None if None in dates else min(dates)


def _own_dates(page):
    """The review date of each clinical section that is the clinic's own; None for an unreviewed one."""
    if not page.is_follower:
        return []
    reviewed = {record.section_id: record.reviewed_on for record in page.override_records}
    own = [
        s for s in page.composed if s.state in (State.YOURS, State.YOURS_CHANGED, State.RETIRED, State.ADDED)
    ]
    return [reviewed.get(section.id) for section in own if section.kind not in NOT_CLINICAL]
