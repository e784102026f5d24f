"""What a section says, as values that can be compared and merged. No Django here.

A stored body is turned into these by `reader.py`, with every field its block defines; `stored_form()` turns
them back. Two values mean the same if they differ only in what nobody reads: ids and the editor's marks.
"""

import json
import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from uuid import NAMESPACE_OID, uuid5

from clinicsite.library.comparison.sequences import Entry
from clinicsite.library.markup import as_read, plain

_NOTHING = (None, "", False)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Text:
    """Plain words: a heading, a cell."""

    value: str


@dataclass(frozen=True)
class Rich:
    """Rich text, as stored."""

    value: str


@dataclass(frozen=True)
class Choice:
    """Something that is taken whole or not at all: a picture, a style, an address, yes or no.

    `shown` is what a person reads for it; empty for one that says nothing.
    """

    value: Any
    shown: str = ""


@dataclass(frozen=True)
class Part:
    """One field of a `Struct`, with its label."""

    name: str
    label: str
    node: "Node"


@dataclass(frozen=True)
class Struct:
    """Several fields that belong together."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Item:
    """One member of a stream or a list. `noun` is what a sentence calls it: "step", "picture"."""

    id: str
    type: str
    label: str
    noun: str
    node: "Node"


@dataclass(frozen=True)
class Items:
    """The members of a stream or a list, in order."""

    items: tuple[Item, ...]


Node: TypeAlias = Text | Rich | Choice | Struct | Items


@dataclass(frozen=True)
class Content:
    """A section's heading and body."""

    heading: Text
    body: Items


def meaning(node: Node) -> Hashable:
    """What a patient reads of a value: equal for two values if and only if they read the same."""
    if isinstance(node, Rich):
        return as_read(node.value)
    if isinstance(node, Struct):
        return tuple((part.name, meaning(part.node)) for part in node.parts)
    if isinstance(node, Items):
        return tuple((item.type, meaning(item.node)) for item in node.items)
    if isinstance(node, Choice):
        return None if node.value in _NOTHING else json.dumps(node.value, sort_keys=True, default=str)
    return node.value


def same(one: Node, other: Node) -> bool:
    """Whether a patient would read the same in two values."""
    return one == other or meaning(one) == meaning(other)


def stored_form(node: Node) -> Any:
    """The value as a block stores it."""
    if isinstance(node, Struct):
        return {part.name: stored_form(part.node) for part in node.parts}
    if isinstance(node, Items):
        return [{"type": item.type, "value": stored_form(item.node), "id": item.id} for item in node.items]
    return node.value


def texts(node: Node) -> Iterator[str]:
    """Every text in a value that a person reads, without markup."""
    if isinstance(node, Struct):
        for part in node.parts:
            yield from texts(part.node)
    elif isinstance(node, Items):
        for item in node.items:
            yield from texts(item.node)
    elif isinstance(node, Rich):
        yield _TAG.sub(" ", node.value)
    elif isinstance(node, Choice):
        yield node.shown
    else:
        yield node.value


def words(node: Node) -> frozenset[str]:
    """The words of a value, for telling how alike two values are."""
    return frozenset(" ".join(texts(node)).casefold().split())


def plain_words(node: Node) -> str:
    """The words of a value in one line, as they are read."""
    if isinstance(node, Rich):
        return plain(node.value)
    if isinstance(node, Struct):
        return _joined(part.node for part in node.parts)
    if isinstance(node, Items):
        return _joined(item.node for item in node.items)
    return " ".join((node.shown if isinstance(node, Choice) else node.value).split())


def _joined(nodes: Iterable[Node]) -> str:
    return " · ".join(filter(None, map(plain_words, nodes)))


def item_entries(items: Iterable[Item]) -> list[Entry]:
    """What the members of a stream or a list are known by."""
    return [Entry(item.id, item.type, meaning(item.node), words(item.node)) for item in items]


def same_item(one: Item, other: Item) -> bool:
    """Whether two members of a stream or a list read the same."""
    return one.type == other.type and same(one.node, other.node)


def new_id(item: Item) -> str:
    """An id for a second copy of an item; the same each time the merge is made."""
    return str(uuid5(NAMESPACE_OID, f"{item.id}:{meaning(item.node)!r}"))


def with_own_ids(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items, each with an id that no other has."""
    taken: set[str] = set()
    result = []
    for item in items:
        ident = item.id
        while ident in taken or not ident:
            ident = str(uuid5(NAMESPACE_OID, f"{ident}:{len(taken)}:{meaning(item.node)!r}"))
        taken.add(ident)
        result.append(replace(item, id=ident))
    return tuple(result)
