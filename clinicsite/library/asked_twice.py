"""One question, one answer: what a clinic answers in its own words, the library does not answer beside it.

The library's "ask us" beside the clinic's "yes" would leave a patient to choose between two answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from clinicsite.library.composition import ComposedSection, State
from clinicsite.library.stored import StoredBlock, item_value

#: Sections in the library's words that a clinic may answer in; a locked one is always the library's.
LIBRARYS = (State.LIBRARY,)
OWN = (State.ADDED, State.YOURS, State.YOURS_CHANGED)


def without_asked_twice(sections: Iterable[ComposedSection]) -> list[ComposedSection]:
    """The sections that patients read, without the library's questions that the clinic's own answer too."""
    sections = list(sections)
    answered = {key for one in sections if one.state in OWN for key, _ in _questions(one.body)}
    if not answered:
        return sections
    left = ((one, _without(one, answered) if one.state in LIBRARYS else one) for one in sections)
    return [after for before, after in left if after.body or not before.body]


def answered_elsewhere(section: ComposedSection, sections: Iterable[ComposedSection]) -> list[str]:
    """The questions of a library section that the clinic's own sections answer, in the library's words."""
    if section.state not in LIBRARYS:
        return []
    own = (one for one in sections if one.state in OWN and one.is_shown)
    answered = {key for one in own for key, _ in _questions(one.body)}
    return [question for key, question in _questions(section.body) if key in answered]


def _without(section, answered):
    if not any(key in answered for key, _ in _questions(section.body)):
        return section
    body = [block for block in (_shorter(block, answered) for block in section.body) if block]
    return replace(section, body=body)


def _shorter(block: StoredBlock, answered) -> StoredBlock | None:
    """A block without the questions answered elsewhere; None where none is left."""
    items = _items(block)
    left = [item for item in items if _key(_question(item)) not in answered]
    if len(left) == len(items):
        return block
    return {**block, "value": {**block["value"], "items": left}} if left else None


def _questions(body: Iterable[StoredBlock]) -> Iterator[tuple[str, str]]:
    """(what makes two questions the same, the question) of a stored body."""
    for block in body:
        for item in _items(block):
            yield _key(_question(item)), _question(item)


def _items(block: StoredBlock) -> list[Any]:
    value = block["value"]
    is_asked = block["type"] == "questions" and isinstance(value, dict)
    return list(value.get("items") or []) if is_asked else []


def _question(item) -> str:
    value = item_value(item)
    return str(value.get("question") or "") if isinstance(value, dict) else ""


def _key(question: str) -> str:
    return "".join(letter for letter in question.casefold() if letter.isalnum())
