"""What a clinic can say to the library of a whole page: hold it, follow live, accept what waits.

Each changes a page in memory, as the answers to single sections in `answers` do, and refuses in the same way.
"""

from django.utils import timezone

from clinicsite.library import review
from clinicsite.library.answering.answers import GONE, refuse_unless_following
from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.answering.given import note
from clinicsite.library.holding import accept
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.sections import raw_from_sections, retired_from_raw
from clinicsite.library.stored import dict_or_empty
from clinicsite.signals import GivenAnswer


def hold(page: LibraryReader):
    """Keep the library's sections as they are now until the clinic approves newer ones."""
    refuse_unless_following(page)
    if not page.is_held:
        page.held_sections = raw_from_sections(page.get_offered_sections())
        page.accept_details()
        review.note_accepted(page)
    note(page, GivenAnswer.HELD)


def follow_live(page: LibraryReader):
    """Show the library's sections as they are, now and from now on.

    What the library has dropped, and the clinic has let go while it held the page, does not come back.
    """
    refuse_unless_following(page)
    if page.is_held:
        _leave_out(page, {section.id for section in page.get_accepted_sections()})
    page.held_sections = None
    page.forget_details()
    note(page, GivenAnswer.FOLLOWS_LIVE)


def accept_waiting(page: LibraryReader, section_ids=None):
    """Accept what the library has changed on a held page: the named sections, or all of it.

    All is the texts beside the sections and the picture, too.
    """
    refuse_unless_following(page)
    if not page.is_held:
        raise AnswerError("This page follows the library live: there is nothing to approve.")
    live, accepted = page.get_live_library_sections(), page.get_accepted_sections()
    if not set(section_ids or ()) <= {section.id for section in [*live, *accepted]}:
        raise AnswerError(GONE)
    for section_id in section_ids or ():
        accepted = accept(accepted, live, section_id)
    page.held_sections = raw_from_sections(live if section_ids is None else accepted)
    if section_ids is None:
        page.accept_details()
    for section_id in [""] if section_ids is None else section_ids:
        note(page, GivenAnswer.ACCEPTED, section_id)
    if not review.waits_for_clinical_words(page):
        review.note_accepted(page)


def accept_details(page: LibraryReader):
    """Accept what the library has changed beside the sections of a held page: its texts and its picture."""
    refuse_unless_following(page)
    if not page.get_waiting_details():
        raise AnswerError("Nothing waits here any more.")
    page.accept_details()
    note(page, GivenAnswer.ACCEPTED)
    if not review.waits_for_clinical_words(page):
        review.note_accepted(page)


def _leave_out(page, accepted):
    """Note the retired sections that a held page has not accepted: they are not on it, and stay away."""
    base = dict_or_empty(page.library_base)
    gone = {one.section.id for one in retired_from_raw(page.library_source.retired_sections)} - accepted
    moment = timezone.now().isoformat()
    page.library_base = {
        **base,
        "left_out": {**dict_or_empty(base.get("left_out")), **dict.fromkeys(gone, moment)},
    }
