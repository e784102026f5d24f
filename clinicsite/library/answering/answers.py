"""What a clinic can say to the library, section by section: each changes a page in memory.

`drafts.change_draft` saves what they did. What a clinic says of a whole page is in `held_pages`.

Every answer raises `AnswerError` with a sentence that says what to do where it cannot be carried out.
An answer never deletes what the clinic wrote.
"""

from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.answering.given import note
from clinicsite.library.composition import Action, ComposedSection, Lock, State
from clinicsite.library.equality import body_meaning, fingerprint
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.notices import AGAINST_THE_CLINIC
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.section_kinds import NOT_CLINICAL
from clinicsite.library.sections import base_of
from clinicsite.library.stored import dict_or_empty
from clinicsite.signals import GivenAnswer

GONE = (
    "The library has no such section on this page any more. "
    "Go back to the page to see the sections it has now."
)
WHY = "Say in a sentence why your clinic says something different here."
CHANGED_MEANWHILE = (
    "The library has changed this section again since you opened it. Nothing was saved. "
    "Read the newer version below, then answer once more."
)


def composed_section(page: LibraryReader, section_id: str) -> ComposedSection:
    """A section of the composed page by id; refuses one that is not there."""
    refuse_unless_following(page)
    found = next((section for section in page.compose() if section.id == section_id), None)
    if found is None:
        raise AnswerError(GONE)
    return found


def refuse_unless_following(page: LibraryReader):
    """Raise `AnswerError` for a page that stands on its own."""
    if not page.is_follower:
        raise AnswerError("This page stands on its own: it follows no page of the library.")


def record_of(page: LibraryReader, section_id: str):
    """The clinic's override of a section, whatever its action, or None."""
    return next((record for record in _records(page) if record.section_id == section_id), None)


def make_own(page: LibraryReader, section_id: str, *, reason=""):
    """Copy the library's section into the clinic's hands, or bring back the clinic's words it kept."""
    section = _open_section(page, section_id)
    if section.kind not in NOT_CLINICAL and not reason:
        raise AnswerError(WHY)
    record = record_of(page, section_id) or _take_over(page, section, Action.REPLACE)
    if record.is_heading_only:
        record.write(record.heading, section.library.body, _base_now(page, section))
    elif not record.has_words:
        record.write(section.library.heading, section.library.body, _base_now(page, section))
    return _replace_with_own(page, record, reason)


def make_heading_own(page: LibraryReader, section_id: str, *, reason=""):
    """Take the heading alone into the clinic's hands: the library's text under it goes on arriving."""
    section = _open_section(page, section_id)
    if section.kind not in NOT_CLINICAL and not reason:
        raise AnswerError(WHY)
    if not section.library.heading:
        raise AnswerError("This section has no heading in the library. Make it yours to give it one.")
    record = record_of(page, section_id) or _take_over(page, section, Action.REPLACE)
    record.write(section.library.heading, [], _base_now(page, section), is_heading_only=True)
    return _replace_with_own(page, record, reason)


def bring_back_own(page: LibraryReader, section_id: str, *, words=""):
    """Show the clinic's own words again that it had returned to the library or hidden.

    `words` is the mark of earlier ones that others have taken the place of: the two change places.
    """
    _open_section(page, section_id)
    record = record_of(page, section_id)
    if record is None or not (record.bring_earlier_back(words) if words else record.has_words):
        raise AnswerError("Your clinic has no words of its own kept for this section. Make it yours first.")
    record.action = Action.REPLACE.value
    _note_answer(page, record)
    note(page, GivenAnswer.BROUGHT_BACK, section_id)
    return record


def hide(page: LibraryReader, section_id: str, *, reason=""):
    """Leave a section out of this clinic's page; words of its own stay kept."""
    section = _open_section(page, section_id)
    if section.library.lock is Lock.ADAPT and section_id in {one.id for one in page.get_library_sections()}:
        why = f" {section.library.lock_reason}" if section.library.lock_reason else ""
        raise AnswerError(f"The library lets no clinic hide this section.{why} You can make it yours.")
    record = record_of(page, section_id) or _take_over(page, section, Action.HIDE)
    record.action = Action.HIDE.value
    record.note_seen(_base_now(page, section))
    record.reason = reason or record.reason
    _note_answer(page, record)
    note(page, GivenAnswer.HIDDEN, section_id)
    return record


def return_to_library(page: LibraryReader, section_id: str):
    """Show the library's text at once; the clinic's words stay kept and can come back."""
    composed_section(page, section_id)
    record = record_of(page, section_id)
    if record is None:
        raise AnswerError("This section is the library's already.")
    record.action = Action.RETURN.value
    _note_answer(page, record)
    note(page, GivenAnswer.RETURNED, section_id)
    return record


def keep_own(page: LibraryReader, section_id: str, *, seen=""):
    """Leave the clinic's version, or the hiding, as it is: the library's newer text is noted as seen."""
    record = _note_as_seen(page, section_id, seen)
    note(page, GivenAnswer.KEPT_OWN, section_id)
    return record


def note_lock(page: LibraryReader, section_id: str):
    """Note that the clinic knows how the library's lock sets its answer aside; the answer itself stays."""
    refuse_unless_following(page)
    record = record_of(page, section_id)
    told = {override.section_id for override, _, notice in page.get_notices() if notice in AGAINST_THE_CLINIC}
    if record is None or section_id not in told:
        raise AnswerError("The library’s lock has gone, or you have answered already.")
    record.is_lock_known = True
    note(page, GivenAnswer.KEPT_OWN, section_id)
    return record


def merge(page: LibraryReader, section_id: str, heading, body, *, seen=""):
    """Put a merged text in place of the clinic's version; `body` is a stream value or its stored form.

    `seen` is the fingerprint of the library's text that was merged; refuses if it has changed since.
    """
    section = _open_section(page, section_id)
    record = _note_as_seen(page, section_id, seen)
    record.action = Action.REPLACE.value
    # The merged text is these words as the clinic wants them now, so the old ones are not put aside.
    record.heading, record.body = heading, body
    if record.is_heading_only:
        # The text was offered as the library has it. Somebody who has changed it wants that too.
        as_offered = body_meaning(list(record.body.raw_data)) == body_meaning(section.library.body)
        record.is_heading_only = as_offered
        record.body = [] if as_offered else record.body
    record.note_seen(_base_now(page, section))
    # What a reviewer approved was the text before.
    record.reviewed_by, record.reviewed_on = None, None
    note(page, GivenAnswer.MERGED, section_id)
    return record


def keep_retired(page: LibraryReader, section_id: str):
    """Keep a section the library has retired, as patients read it, as the clinic's own."""
    section = _retired_section(page, section_id)
    record = record_of(page, section_id) or _take_over(page, section, Action.RETURN)
    if record.action == Action.RETURN:
        record.write(section.heading, section.body, _base_now(page, section))
    elif record.is_heading_only:
        record.body, record.is_heading_only = section.body, False
    record.action, record.is_kept = Action.REPLACE.value, True
    _note_answer(page, record)
    note(page, GivenAnswer.KEPT_RETIRED, section_id)
    return record


def drop_retired(page: LibraryReader, section_id: str):
    """Let a retired section go from the clinic's page as well; its own words stay kept."""
    section = _retired_section(page, section_id)
    record = record_of(page, section_id) or _take_over(page, section, Action.HIDE)
    record.action = Action.HIDE.value
    record.note_seen(_base_now(page, section))
    _note_answer(page, record)
    note(page, GivenAnswer.DROPPED_RETIRED, section_id)
    return record


def _records(page):
    """The overrides of the page as objects that stay: a change to one is saved with the page."""
    records = list(page.clinicsite_section_overrides.all())
    page.clinicsite_section_overrides.set(records)
    return records


def _open_section(page, section_id):
    """A library section of the composed page that its lock lets the clinic change."""
    section = composed_section(page, section_id)
    if section.library is None:
        raise AnswerError("Your clinic has added this section itself. Edit it under “Sections you add”.")
    if section.library.lock is Lock.LOCKED:
        raise AnswerError(f"The library has locked this section. {section.library.lock_reason}".strip())
    return section


def _retired_section(page, section_id):
    section = composed_section(page, section_id)
    if section.state is not State.RETIRED:
        raise AnswerError("The library has this section again, or you have answered already.")
    return section


def _replace_with_own(page, record, reason):
    record.action = Action.REPLACE.value
    record.reason = reason or record.reason
    _note_answer(page, record)
    note(page, GivenAnswer.MADE_OWN, record.section_id)
    return record


def _take_over(page, section, action):
    record = SectionOverride(section_id=section.id, action=action.value, base=_base_now(page, section))
    page.clinicsite_section_overrides.add(record)
    return record


def _note_as_seen(page, section_id, seen):
    """The override of a section, with what the library says now noted as what the clinic has seen."""
    section = _open_section(page, section_id)
    record = record_of(page, section_id)
    if record is None:
        raise AnswerError("This section is the library's already: there is nothing of yours to keep.")
    _refuse_if_changed(section, seen)
    record.note_seen(_base_now(page, section))
    _note_answer(page, record)
    return record


def _note_answer(page, record):
    """Note what an answer was about: the section as the library has it, or one that it has dropped."""
    is_dropped = record.section_id not in {one.id for one in page.get_library_sections()}
    has_answered = record.is_kept or record.is_let_go
    record.is_lock_known = False
    record.is_kept = is_dropped and has_answered and record.action == Action.REPLACE
    record.is_let_go = is_dropped and record.action == Action.HIDE
    page.forget_composition()


def _base_now(page, section):
    """The library's section as it is now, with what stands before it; a retired one keeps its old place."""
    library = page.get_library_sections()
    if section.library.id in {one.id for one in library}:
        return base_of(section.library, library)
    record = record_of(page, section.id)
    trail = dict_or_empty(record.base).get("trail") or [] if record else page.retired_trail(section.id)
    return {**base_of(section.library, [section.library]), "trail": trail}


def _refuse_if_changed(section, seen):
    if seen and seen != fingerprint(section.library):
        raise AnswerError(CHANGED_MEANWHILE)
