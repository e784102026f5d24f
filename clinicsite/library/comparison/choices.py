"""What a clinic can say once it has seen what changed, and what each answer means to patients."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from clinicsite.library.answering import answers
from clinicsite.library.comparison.cases import Case, Mode
from clinicsite.library.composition import Lock
from clinicsite.library.holding import Change


@dataclass(frozen=True)
class Answer:
    """One thing a clinic can say. `apply` takes the page, the section's id and what the merge form says."""

    label: str
    patients_read: str
    done: str
    apply: Callable


def _merge(page, section_id, cleaned):
    answers.merge(page, section_id, cleaned["heading"], cleaned["body"])


ANSWERS = {
    "merge": Answer(
        "Merge", "Patients will read the text below.", "merged the library’s text into its own", _merge
    ),
    "keep": Answer(
        "Keep mine",
        "Patients go on reading your version. The library’s newer text is noted as seen.",
        "kept its own version",
        lambda page, section_id, cleaned: answers.keep_mine(page, section_id),
    ),
    "library": Answer(
        "Take the library’s",
        "Patients will read the library’s text, now and whenever it changes. Your words are kept and can "
        "come back.",
        "took the library’s version",
        lambda page, section_id, cleaned: answers.return_to_library(page, section_id),
    ),
    "hide": Answer(
        "Hide it",
        "Patients will read nothing here. Your words are kept and can come back.",
        "hid the section",
        lambda page, section_id, cleaned: answers.hide(page, section_id),
    ),
    "keep-hidden": Answer(
        "Keep it hidden",
        "Patients go on reading nothing here. The library’s newer text is noted as seen.",
        "kept the section hidden",
        lambda page, section_id, cleaned: answers.keep_mine(page, section_id),
    ),
    "show": Answer(
        "Show the library’s",
        "Patients will read the library’s text, now and whenever it changes.",
        "showed the library’s version",
        lambda page, section_id, cleaned: answers.return_to_library(page, section_id),
    ),
    "approve": Answer(
        "Approve",
        "Patients will read the library’s newer version. Everything else on this page that waits, waits on.",
        "approved what the library changed",
        lambda page, section_id, cleaned: answers.approve_waiting(page, [section_id]),
    ),
}
OFFERED = {
    Mode.YOURS: ["merge", "keep", "library", "hide"],
    Mode.HIDDEN: ["keep-hidden", "show"],
    Mode.RETURNED: ["merge"],
    Mode.WAITING: ["approve"],
}

#: What patients will read once a change that waits on a held page is approved.
APPROVING = {
    Change.CHANGED: "Patients will read the library’s newer text. Whatever else waits on this page waits on.",
    Change.NEW: "Patients will read this new section, at its place on the page.",
    Change.DROPPED: "The section leaves your page, as it has left the library.",
    Change.MOVED: "The section moves to the place it has in the library now.",
}
COLUMNS = {
    Mode.YOURS: ["As it was when you took it", "The library now", "Yours"],
    Mode.HIDDEN: ["As it was when you hid it", "The library now"],
    Mode.RETURNED: ["As it was when you took it", "The library now: patients read this", "Your kept words"],
    Mode.WAITING: ["As you accepted it: patients read this", "The library now"],
}


def offered(case: Case) -> dict[str, Answer]:
    """The answers that can be given, by name; none where the library says nothing new."""
    if not case.has_changed and case.mode is not Mode.RETURNED:
        return {}
    names = [name for name in OFFERED[case.mode] if name != "hide" or not must_show(case)]
    return {name: _said(name, case) for name in names}


def must_show(case: Case) -> bool:
    """Whether the library lets no clinic hide the section."""
    return case.library is not None and case.library.lock is Lock.ADAPT


def _said(name: str, case: Case) -> Answer:
    answer = ANSWERS[name]
    return replace(answer, patients_read=APPROVING[case.change]) if name == "approve" else answer
