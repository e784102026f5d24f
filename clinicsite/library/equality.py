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
from clinicsite.library.composition import Section
from clinicsite.library.markup import as_read


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

    A value that is not in the block's form stands for itself: it is old or damaged, and read by nobody.
    """
    if isinstance(block, blocks.RichTextBlock) and isinstance(raw, str):
        return as_read(raw)
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        return _fields(block, raw)
    if isinstance(block, blocks.StreamBlock) and isinstance(raw, list):
        return [_child(block, child) for child in raw]
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        return [meaning(block.child_block, _item(item)) for item in raw]
    return raw


def _fields(block, raw):
    """What was chosen in each field: one left at its default, or missing, says nothing."""
    found = {name: _child_meaning(block, name, value) for name, value in raw.items()}
    return {name: value for name, value in found.items() if not _is_default(block, name, value)}


def _is_default(block, name, value):
    default = _default_meaning(block, name)
    return value == default or (_is_empty(value) and _is_empty(default))


def _is_empty(value):
    return value is None or value is False or value in ("", [], {})


def _child_meaning(block, name, value):
    child = block.child_blocks.get(name)
    return value if child is None else meaning(child, value)


def _default_meaning(block, name):
    child = block.child_blocks.get(name)
    return None if child is None else meaning(child, child.get_prep_value(child.get_default()))


def _child(block, child):
    """What a block of a stream is and says; one of a type that is gone says what is stored."""
    if not isinstance(child, dict) or not {"type", "value"} <= child.keys():
        return child
    definition = block.child_blocks.get(child["type"])
    said = child["value"] if definition is None else meaning(definition, child["value"])
    return [child["type"], said]


def _item(item):
    """Items are stored as {"type": "item", "value": …, "id": …}; very old ones as the bare value."""
    return item["value"] if isinstance(item, dict) and {"id", "type", "value"} <= item.keys() else item


@cache
def _body_block():
    return BodyBlock()
