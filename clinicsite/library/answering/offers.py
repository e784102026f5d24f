"""What an editor is offered for each section of a composed page, and under which name."""

from dataclasses import dataclass

from django.urls import reverse

from clinicsite.library.answering.answers import record_of
from clinicsite.library.composition import Action, Lock, State
from clinicsite.library.protocols import LibraryReader

#: The name of the editor's buttons that lead to a screen; their value is its address.
GO = "library-go"
#: Action as the address has it -> its name on a button.
LABELS = {
    "make-ours": "Make it ours",
    "own-heading": "Change its heading",
    "bring-back": "Bring ours back",
    "hide": "Hide",
    "changes": "See what changed",
    "return": "Return to library",
    "keep-retired": "Keep",
    "drop-retired": "Drop",
    "move-up": "Move up",
    "move-down": "Move down",
    "add-after": "Add a section after this",
    "hold": "Hold this version",
    "follow-live": "Follow live",
    "approve": "Approve all",
}
#: Moves say it all on the button, so they are carried out without another question.
MOVES = {"move-up": -1, "move-down": 1}
CHANGED = (State.YOURS_CHANGED, State.HIDDEN_CHANGED)
HIDDEN = (State.HIDDEN, State.HIDDEN_CHANGED)


@dataclass(frozen=True)
class Offer:
    """One button: its name and the screen it leads to."""

    label: str
    address: str


def section_offers(page: LibraryReader, sections, index, waiting=frozenset()) -> list[Offer]:
    """What an editor can do with one section; `sections` is the composed page, hidden ones included.

    `waiting` are the ids of sections that wait for approval on a held page.
    """
    section = sections[index]
    names = [*_names(page, section), *_moves(section, index, len(sections)), "add-after"]
    if section.state in CHANGED or section.id in waiting:
        names.insert(0, "changes")
    return [Offer(LABELS[name], _section_address(page, section.id, name)) for name in names]


def compare_address(page: LibraryReader, section_id: str) -> str:
    """The screen that shows what has changed in a section."""
    return reverse("clinicsite_library:compare", args=[page.pk, section_id])


def page_offers(page: LibraryReader, waiting) -> list[Offer]:
    """What an editor can do with the whole page."""
    names = ["follow-live"] if page.is_held else ["hold"]
    if waiting:
        names.insert(0, "approve")
    answers = [Offer(LABELS[name], _address("page_action", page, name)) for name in names]
    return [*answers, Offer("Make independent…", _address("make_independent", page))]


def follow_offer(page: LibraryReader) -> Offer:
    """On a clinic's stand-alone page: the way to follow the library."""
    return Offer("Follow a library page…", _address("follow", page))


def _names(page, section):
    if section.state in (State.ADDED, State.LOCKED):
        return []
    record = record_of(page, section.id)
    is_retired = _is_retired(page, section)
    has_kept_words = record is not None and record.has_words and record.action != Action.REPLACE
    mine = "bring-back" if has_kept_words else "make-ours"
    if section.state is State.RETIRED:
        return ["keep-retired", "drop-retired", *(["bring-back"] if has_kept_words else [])]
    if section.state in HIDDEN:
        return ["return", mine]
    hide = [] if section.library.lock is Lock.ADAPT and not is_retired else ["hide"]
    if section.state is State.LIBRARY:
        return [mine, *(["own-heading"] if section.library.heading else []), *hide]
    # There is nothing in the library to return to once it has retired the section.
    if is_retired:
        return hide
    return ["return", *(["make-ours"] if record is not None and record.is_heading_only else []), *hide]


def _is_retired(page, section):
    return section.id not in {one.id for one in page.get_library_sections()}


def _moves(section, index, count):
    if section.state is not State.ADDED:
        return []
    return [name for name, end in (("move-up", 0), ("move-down", count - 1)) if index != end]


def _section_address(page, section_id, name):
    if name == "changes":
        return compare_address(page, section_id)
    return reverse("clinicsite_library:section_action", args=[page.pk, section_id, name])


def _address(view, page, *more):
    return reverse(f"clinicsite_library:{view}", args=[page.pk, *more])
