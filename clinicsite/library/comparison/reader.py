"""Between stored JSON and the values that are compared: the only module here that knows blocks."""

from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock, ChooserBlock

from clinicsite.core.blocks import BodyBlock
from clinicsite.library.comparison.values import (
    Choice,
    Content,
    Item,
    Items,
    Node,
    Part,
    Rich,
    Struct,
    Text,
    stored_form,
)
from clinicsite.library.stored_blocks import StoredPart, parts_of


class Reader:
    """Turns stored sections into values; names each picture once, however often it is used."""

    def __init__(self):
        self._names: dict[tuple[type, Any], str] = {}

    def content(self, heading: str, body: list) -> Content:
        """A section's heading and stored body as values."""
        return Content(Text(heading or ""), self.node(body_block(), body or []))

    def node(self, block, raw) -> Node:
        """The value of a block's stored form, with every field the block defines."""
        if isinstance(block, blocks.StructBlock) and isinstance(raw, dict | None):
            return Struct(tuple(self._fields(block, raw or {})))
        if isinstance(block, blocks.StreamBlock | blocks.ListBlock) and isinstance(raw, list | None):
            return Items(tuple(self._item(part) for part in parts_of(block, raw or [])))
        if isinstance(block, blocks.RichTextBlock) and isinstance(raw, str | None):
            return Rich(raw or "")
        if isinstance(block, blocks.CharBlock | blocks.TextBlock) and isinstance(raw, str | None):
            return Text(raw or "")
        return Choice(raw, self._shown(block, raw))

    def _fields(self, block, raw):
        for name, child in block.child_blocks.items():
            value = raw[name] if name in raw else _default(child)
            yield Part(name, str(child.label), self.node(child, value))
        for name in [name for name in raw if name not in block.child_blocks]:
            # Of a definition that is gone, or not here yet: it counts as a change, so it is shown as one.
            yield Part(name, name, Choice(raw[name], str(raw[name] or "")))

    def _item(self, part: StoredPart) -> Item:
        if part.block is None:
            gone = Choice(part.value, str(part.value))
            return Item(part.id, part.name, part.name, part.name, gone)
        return Item(part.id, part.name, *_names(part.block), self.node(part.block, part.value))

    def _shown(self, block, raw) -> str:
        if isinstance(block, blocks.BooleanBlock):
            return "Yes" if raw else ""
        if raw in (None, ""):
            return ""
        if isinstance(block, ChooserBlock):
            return self._name_of(block, raw)
        if isinstance(block, BaseChoiceBlock):
            return str(dict(block.field.choices).get(raw, raw))
        return str(raw)

    def _name_of(self, block, raw):
        key = (block.model_class, str(raw))
        if key not in self._names:
            found = block.to_python(raw)
            self._names[key] = str(found) if found else "One that is no longer there"
        return self._names[key]


def stored_body(content: Content) -> list[dict]:
    """The body as an override stores it."""
    return stored_form(content.body)


def is_valid(item: Item) -> bool:
    """Whether the editor would accept this block of a body."""
    block = body_block().child_blocks.get(item.type)
    if block is None:
        return True
    try:
        block.clean(block.to_python(stored_form(item.node)))
    except ValidationError:
        return False
    return True


@cache
def body_block():
    """The block every section's body is made of."""
    return BodyBlock()


def _default(block):
    return block.get_prep_value(block.get_default())


def _names(block) -> tuple[str, str]:
    """The label of a block, and what a sentence calls one of them: a plural can only be quoted."""
    label = str(block.label)
    return label, f"“{label}” block" if label.endswith("s") else label.lower()
