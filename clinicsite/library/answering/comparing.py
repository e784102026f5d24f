"""What there is to compare in a section of a clinic's page, and what the clinic can say to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.answers import GONE, composed_section, record_of
from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.comparison.merging import Merged, merge
from clinicsite.library.comparison.reader import Reader, is_valid
from clinicsite.library.comparison.showing import ComparedRow, compare
from clinicsite.library.comparison.values import Content
from clinicsite.library.composition import Action, Lock, Section, State
from clinicsite.library.equality import fingerprint, same_words
from clinicsite.library.holding import LibraryChange
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.sections import section_from_base


class Mode(StrEnum):
    """How the clinic's page stands to the library's section."""

    OWN = "own"
    HIDDEN = "hidden"
    #: The clinic's words are kept, but patients read the library's.
    RETURNED = "returned"
    #: A held page has accepted an older text.
    WAITING = "waiting"


@dataclass(frozen=True)
class Case:
    """A section before and after the library changed it, and the clinic's own version where it has one.

    `base` or `library` is None where the section did not exist yet, or is gone.
    """

    mode: Mode
    section_id: str
    base: Section | None
    library: Section | None
    own: Section | None = None
    #: On a held page: what waits.
    change: LibraryChange | None = None

    @property
    def heading(self) -> str:
        """What to call the section on the screen."""
        section = self.library or self.base
        return (section.heading if section else "") or "Opening"

    @property
    def library_fingerprint(self) -> str:
        """Stands for the library's text as it is now: a different one was not seen."""
        return fingerprint(self.library) if self.library else ""

    @property
    def own_fingerprint(self) -> str:
        """Stands for the clinic's text as it is now."""
        return fingerprint(self.own) if self.own else ""

    @property
    def has_changed(self) -> bool:
        """Whether the library says anything new."""
        # A change of order waits on a held page, though the words are the same.
        return self.mode is Mode.WAITING or not same_words(self.base, self.library)

    def compared(self) -> tuple[list[ComparedRow], Merged | None]:
        """The versions side by side, and the merge where the clinic has words of its own."""
        reader = Reader()
        base, library = _content(reader, self.base), _content(reader, self.library)
        if self.own is None:
            return compare(base, library, base), None
        own = _content(reader, self.own)
        return compare(base, library, own), merge(base, library, own, is_valid)


def _content(reader: Reader, section: Section | None) -> Content:
    return reader.content(section.heading, section.body) if section else reader.content("", [])


def case_for(page: LibraryReader, section_id: str) -> Case:
    """What there is to compare; raises `AnswerError` with a sentence where there is nothing."""
    for waiting in page.get_waiting_changes():
        if waiting.section_id == section_id:
            return Case(Mode.WAITING, section_id, waiting.accepted, waiting.live, change=waiting.change)
    section = composed_section(page, section_id)
    _refuse_what_is_not_compared(section)
    record = record_of(page, section_id)
    if record is None:
        raise AnswerError("Your page shows the library’s text here. There is nothing of yours to compare.")
    if section_id not in {one.id for one in page.get_library_sections()}:
        raise AnswerError(GONE)
    mode = _mode(section, record)
    base = section_from_base(section_id, record.compared_with)
    own = Section(section_id, section.kind, record.heading, list(record.body.raw_data))
    if record.is_heading_only and mode is not Mode.HIDDEN:
        # Under a heading of its own the clinic reads the library's text: there is nothing to compare in it.
        base, own = replace(base, body=section.library.body), replace(own, body=section.library.body)
    return Case(mode, section_id, base, section.library, None if mode is Mode.HIDDEN else own)


def _refuse_what_is_not_compared(section):
    if section.library is None:
        raise AnswerError("Your clinic has added this section itself: the library has no text for it.")
    if section.state is State.LOCKED:
        reason = section.library.lock_reason
        raise AnswerError(
            f"The library has locked this section, so patients read the library’s. {reason} "
            "Words of your own are kept: open them on the page, under this section, to read and copy them."
        )
    if section.state is State.RETIRED:
        raise AnswerError(
            "The library has retired this section, so there is no newer text to compare. "
            "Go back to the page and keep it or drop it."
        )


def _mode(section, record) -> Mode:
    if record.action == Action.REPLACE:
        return Mode.OWN
    if section.state in (State.HIDDEN, State.HIDDEN_CHANGED):
        return Mode.HIDDEN
    if record.has_words:
        return Mode.RETURNED
    raise AnswerError("Patients read the library’s text here. There is nothing of yours to compare.")


@dataclass(frozen=True)
class ComparisonAnswer:
    """One thing a clinic can say. `apply` takes the page, the section's id and what the merge form says."""

    label: str
    patients_read: str
    done: str
    apply: Callable


def _merge(page, section_id, cleaned):
    answers.merge(page, section_id, cleaned["heading"], cleaned["body"])


ANSWERS = {
    "merge": ComparisonAnswer(
        "Merge", "Patients will read the text below.", "merged the library’s text into its own", _merge
    ),
    "keep": ComparisonAnswer(
        "Keep mine",
        "Patients go on reading your version. The library’s newer text is noted as seen.",
        "kept its own version",
        lambda page, section_id, cleaned: answers.keep_own(page, section_id),
    ),
    "library": ComparisonAnswer(
        "Take the library’s",
        "Patients will read the library’s text, now and whenever it changes. Your words are kept and can "
        "come back.",
        "took the library’s version",
        lambda page, section_id, cleaned: answers.return_to_library(page, section_id),
    ),
    "hide": ComparisonAnswer(
        "Hide it",
        "Patients will read nothing here. Your words are kept and can come back.",
        "hid the section",
        lambda page, section_id, cleaned: answers.hide(page, section_id),
    ),
    "keep-hidden": ComparisonAnswer(
        "Keep it hidden",
        "Patients go on reading nothing here. The library’s newer text is noted as seen.",
        "kept the section hidden",
        lambda page, section_id, cleaned: answers.keep_own(page, section_id),
    ),
    "show": ComparisonAnswer(
        "Show the library’s",
        "Patients will read the library’s text, now and whenever it changes.",
        "showed the library’s version",
        lambda page, section_id, cleaned: answers.return_to_library(page, section_id),
    ),
    "approve": ComparisonAnswer(
        "Approve",
        "Patients will read the library’s newer version. Everything else on this page that waits, waits on.",
        "approved what the library changed",
        lambda page, section_id, cleaned: held_pages.accept_waiting(page, [section_id]),
    ),
}
OFFERED = {
    Mode.OWN: ["merge", "keep", "library", "hide"],
    Mode.HIDDEN: ["keep-hidden", "show"],
    Mode.RETURNED: ["merge"],
    Mode.WAITING: ["approve"],
}

#: What patients will read once a change that waits on a held page is approved.
APPROVING = {
    LibraryChange.CHANGED: (
        "Patients will read the library’s newer text. Whatever else waits on this page waits on."
    ),
    LibraryChange.NEW: "Patients will read this new section, at its place on the page.",
    LibraryChange.DROPPED: "The section leaves your page, as it has left the library.",
    LibraryChange.MOVED: "The section moves to the place it has in the library now.",
}
COLUMNS = {
    Mode.OWN: ["As it was when you took it", "The library now", "Yours"],
    Mode.HIDDEN: ["As it was when you hid it", "The library now"],
    Mode.RETURNED: ["As it was when you took it", "The library now: patients read this", "Your kept words"],
    Mode.WAITING: ["As you accepted it: patients read this", "The library now"],
}


def offered(case: Case) -> dict[str, ComparisonAnswer]:
    """The answers that can be given, by name; none where the library says nothing new."""
    if not case.has_changed and case.mode is not Mode.RETURNED:
        return {}
    names = [name for name in OFFERED[case.mode] if name != "hide" or not must_show(case)]
    return {name: _said(name, case) for name in names}


def must_show(case: Case) -> bool:
    """Whether the library lets no clinic hide the section."""
    return case.library is not None and case.library.lock is Lock.ADAPT


def _said(name: str, case: Case) -> ComparisonAnswer:
    answer = ANSWERS[name]
    return replace(answer, patients_read=APPROVING[case.change]) if name == "approve" else answer
