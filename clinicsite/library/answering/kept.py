"""The words a clinic wrote that patients do not read now: all are kept, and can be read and copied."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from clinicsite.library.composition import Action, ComposedSection, State
from clinicsite.library.models.overrides import SectionOverride, mark_of
from clinicsite.library.plain_text import texts_in
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.stored import OwnWords

#: The states in which patients read the clinic's words, if it has any.
OWN_STATES = (State.YOURS, State.YOURS_CHANGED, State.RETIRED)


@dataclass(frozen=True)
class KeptWords:
    """A clinic's words for one section, as its editor reads and copies them."""

    section_id: str
    heading: str
    text: str
    #: The screen that brings earlier words back; empty where there is another way, or the library has
    #: locked or pulled the section.
    address: str = ""


def kept_words(page: LibraryReader, section: ComposedSection, *, may_answer=False) -> list[KeptWords]:
    """What the clinic wrote for a section of the composed page and patients do not read, the newest first."""
    record = next((one for one in page.override_records if one.section_id == section.id), None)
    # What the override holds comes back by the section's own button.
    can_return = may_answer and section.state is not State.LOCKED
    return [
        _kept(record, words, _address(page, section.id, mark) if can_return and mark else "")
        for words, mark in (_unread(record, section) if record else ())
    ]


def words_without_a_place(page: LibraryReader) -> list[KeptWords]:
    """What the clinic wrote for sections that are not on its page: the library has pulled them, say."""
    here = {section.id for section in page.compose()} if page.is_follower else set()
    return [
        _kept(record, words)
        for record in page.override_records
        if record.section_id not in here
        for words, _ in _all(record)
    ]


def is_read(record: SectionOverride, section: ComposedSection) -> bool:
    """Whether patients read the words of this override."""
    return section.state in OWN_STATES and record.action == Action.REPLACE


def text_of(body) -> str:
    """The text of a stored body, a line for each paragraph or item of a list."""
    block = SectionOverride._meta.get_field("body").stream_block
    return "\n".join(text for text in texts_in(block, body) if text.strip())


def _kept(record, words, address=""):
    return KeptWords(record.section_id, words["heading"], text_of(words["body"]), address)


def _unread(record, section) -> Iterator[tuple[OwnWords, str]]:
    found = _all(record)
    if is_read(record, section):
        next(found, None)
    yield from found


def _all(record) -> Iterator[tuple[OwnWords, str]]:
    if record.has_words:
        yield record.words, ""
    yield from ((words, mark_of(words)) for words in reversed(record.earlier_words))


def _address(page, section_id, mark):
    return reverse("clinicsite_library:bring_earlier_back", args=[page.pk, section_id, mark])
