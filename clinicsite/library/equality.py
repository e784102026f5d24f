"""What a patient reads of a stored block, whatever its stored form: the measure of "the library changed".

Two stored values mean the same if they differ only in what nobody reads: block ids, the editor's marks on
paragraphs, how a character is written down, a field left at its default. So a block that gains a field, or a
page that is saved unchanged, marks no clinic's text as out of date.
"""

import hashlib
import json
from functools import cache

from wagtail import blocks

from clinicsite.core.blocks import BodyBlock
from clinicsite.core.blocks.lists import EntryBlock
from clinicsite.core.rich_text.entries import plain_words
from clinicsite.library.composition import Section
from clinicsite.library.markup import as_read
from clinicsite.library.stored_blocks import parts_of


def same_words(one: Section, other: Section) -> bool:
    """Whether a patient would read the same in two versions of a section."""
    if (one.kind, one.heading) != (other.kind, other.heading):
        return False
    return one.body == other.body or body_meaning(one.body) == body_meaning(other.body)


def fingerprint(section: Section) -> str:
    """A short word that is equal for two versions of a section if and only if they read the same."""
    words = json.dumps([section.kind, section.heading, body_meaning(section.body)], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def body_meaning(body):
    """The meaning of a section's stored body."""
    return meaning(_body_block(), body)


def meaning(block, raw):
    """The meaning of a stored value of this block, as plain data that can be compared.

    A value that is not in the block's form, or whose block is gone (None), stands for itself: it is old or
    damaged, and read by nobody.
    """
    if isinstance(block, blocks.RichTextBlock) and isinstance(raw, str):
        return _entry_meaning(raw) if isinstance(block, EntryBlock) else as_read(raw)
    parts = parts_of(block, raw)
    if parts is None:
        return raw
    if isinstance(block, blocks.StructBlock):
        # What was chosen in each field: one left at its default, or missing, says nothing.
        said = {part.name: meaning(part.block, part.value) for part in parts}
        return {name: value for name, value in said.items() if not _is_default(block, name, value)}
    if isinstance(block, blocks.StreamBlock):
        return [[part.name, meaning(part.block, part.value)] if part.name else part.value for part in parts]
    return [meaning(part.block, part.value) for part in parts]


def _entry_meaning(raw):
    """An entry without a link means what it meant when entries were plain words."""
    words = plain_words(raw)
    return as_read(raw) if words is None else words


def _is_default(block, name, value):
    default = _default_meaning(block, name)
    return value == default or (_is_empty(value) and _is_empty(default))


def _is_empty(value):
    return value is None or value is False or value in ("", [], {})


def _default_meaning(block, name):
    child = block.child_blocks.get(name)
    return None if child is None else meaning(child, child.get_prep_value(child.get_default()))


@cache
def _body_block():
    return BodyBlock()
