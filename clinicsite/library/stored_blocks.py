"""The one way through a block's stored value: for tokens, plain text, equality and the comparison."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail import blocks
from wagtail.blocks import Block

from clinicsite.core.blocks.lists import EntryBlock
from clinicsite.core.rich_text.entries import as_markup
from clinicsite.library.stored import is_wrapped, item_value


@dataclass(frozen=True)
class StoredPart:
    """A field of a struct, a child of a stream or an item of a list, one level down.

    `name` is the field's, or the type of the child; empty for one that is no child of a stream at all.
    `block` is the definition of its value; None where the code has it no more.
    """

    name: str
    block: Block | None
    value: Any
    id: str = ""
    #: The child or item around the value; None for a field of a struct, or an item that is the bare value.
    wrapping: dict[str, Any] | None = None

    def with_value(self, value: Any) -> Any:
        """The part in its stored form, with another value."""
        return value if self.wrapping is None else {**self.wrapping, "value": value}


def parts_of(block: Block, raw: Any) -> list[StoredPart] | None:
    """The parts of a stored value, in the order they are read.

    None for what has no parts: the value of a field, or one that is not in the block's form, being old or
    damaged.
    """
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        defined = [name for name in block.child_blocks if name in raw]
        others = [name for name in raw if name not in block.child_blocks]
        return [StoredPart(name, block.child_blocks.get(name), raw[name]) for name in [*defined, *others]]
    if isinstance(block, blocks.StreamBlock) and _is_list(raw):
        return [_child(block, child) for child in raw]
    if isinstance(block, blocks.ListBlock) and _is_list(raw):
        return [_item(block, item) for item in raw]
    return None


def leaves(block: Block, raw: Any) -> Iterator[tuple[Block, Any]]:
    """(definition, stored value) of everything in a stored value that has no parts, in reading order.

    What the code has no definition of any more is left out.
    """
    parts = parts_of(block, raw)
    if parts is None:
        yield block, raw
        return
    for part in parts:
        if part.block is not None:
            yield from leaves(part.block, part.value)


def with_leaves(block: Block, raw: Any, change: Callable[[Block, Any], Any]) -> Any:
    """A stored value with `change(definition, value)` in place of each leaf; all else stays as it is."""
    parts = parts_of(block, raw)
    if parts is None:
        return change(block, raw)
    values = [
        part.value if part.block is None else with_leaves(part.block, part.value, change) for part in parts
    ]
    if isinstance(block, blocks.StructBlock):
        return {part.name: value for part, value in zip(parts, values, strict=True)}
    return [part.with_value(value) for part, value in zip(parts, values, strict=True)]


def definitions_in(block: Block) -> Iterator[Block]:
    """A block and every block that its values are made of, at any depth."""
    yield block
    below = [block.child_block] if isinstance(block, blocks.ListBlock) else []
    if isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        below = list(block.child_blocks.values())
    for child in below:
        yield from definitions_in(child)


def _is_list(raw: Any) -> bool:
    """Whether something is a list, or the view of one that `StreamValue.raw_data` is."""
    return isinstance(raw, Sequence) and not isinstance(raw, str)


def _child(block: blocks.StreamBlock, child: Any) -> StoredPart:
    if not isinstance(child, dict) or not {"type", "value"} <= child.keys():
        return StoredPart("", None, child)
    definition = block.child_blocks.get(child["type"])
    return StoredPart(child["type"], definition, child["value"], child.get("id") or "", child)


def _item(block: blocks.ListBlock, item: Any) -> StoredPart:
    wrapping = item if is_wrapped(item) else None
    ident = (item["id"] or "") if wrapping else ""
    value = item_value(item)
    if isinstance(block.child_block, EntryBlock) and isinstance(value, str):
        value = as_markup(value)
    return StoredPart("item", block.child_block, value, ident, wrapping)
