"""The review date: a claim about the composed page, made only while it is true of every clinical section."""

import hashlib
from datetime import date

from clinicsite.library.composition import Action, Section, State
from clinicsite.library.equality import fingerprint, same_words
from clinicsite.library.included import included_in
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.section_kinds import NOT_CLINICAL
from clinicsite.library.stored import ReviewNote, dict_or_empty

OWN_STATES = (State.YOURS, State.YOURS_CHANGED, State.RETIRED, State.ADDED)


def claim_for(page: LibraryReader):
    """The oldest review date among the page's sections, or None if a clinical section is unreviewed.

    Source of the rule: the NHS service manual shows a review date only if the whole page was reviewed.
    """
    included = included_in(section.body for section in page.composed)
    dates = [
        _library_date(page),
        *(on for _, on in _own_dates(page)),
        *(words.reviewed_on for words in included),
    ]
    return None if None in dates else min(dates)


def unreviewed(page: LibraryReader):
    """The clinic's own clinical sections that no clinician has checked as they read now."""
    return [section for section, on in _own_dates(page) if on is None]


def note_of(page: LibraryReader) -> ReviewNote:
    """What a follower remembers of its own review date: the date, and the words it was about."""
    return {"on": page.reviewed_on.isoformat(), "words": _fingerprint(page)}


def note_accepted(page: LibraryReader):
    """Keep with a held page when the library's words that its clinic has accepted were checked."""
    on = page.library_source.reviewed_on
    page.library_base = {
        **dict_or_empty(page.library_base),
        "accepted_reviewed_on": on.isoformat() if on else None,
    }


def waits_for_clinical_words(page: LibraryReader):
    """Whether the library says something clinical otherwise by now than a held page has accepted."""
    for change in page.get_waiting_changes():
        before, after = change.accepted, change.live
        if before and before.kind not in NOT_CLINICAL and not (after and same_words(before, after)):
            return True
    return any(detail.text for detail in page.get_waiting_details())


def _library_date(page):
    """When the library's words on this page were checked: on a held page, those the clinic has accepted."""
    source = page.library_source if page.is_follower else page
    if not page.is_held or not waits_for_clinical_words(page):
        return source.reviewed_on
    accepted = dict_or_empty(page.library_base).get("accepted_reviewed_on")
    return date.fromisoformat(accepted) if accepted else None


def _own_dates(page):
    """[(section, review date or None)] of the clinical sections that are the clinic's own."""
    own = _own_sections(page)
    if not own:
        return []
    dates = {record.section_id: record.reviewed_on for record in page.override_records}
    whole_page = _whole_page_date(page)
    return [(section, dates.get(section.id) or whole_page) for section in own]


def _own_sections(page):
    if not page.is_follower:
        return []
    replaced = {
        record.section_id for record in page.override_records if record.action == Action.REPLACE.value
    }
    return [
        section
        for section in page.composed
        if section.state in OWN_STATES
        and section.kind not in NOT_CLINICAL
        and (section.state is State.ADDED or section.id in replaced)
    ]


def _whole_page_date(page):
    """The date somebody of the clinic checked the whole page, while its own words are still those."""
    note = dict_or_empty(page.library_base).get("review") or {}
    is_for_these_words = page.reviewed_on is not None and note.get("words") == _fingerprint(page)
    return page.reviewed_on if is_for_these_words else None


def _fingerprint(page):
    headings = {record.section_id for record in page.override_records if record.is_heading_only}
    words = [
        fingerprint(Section(one.id, one.kind, one.heading, [] if one.id in headings else one.body))
        for one in _own_sections(page)
    ]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]
