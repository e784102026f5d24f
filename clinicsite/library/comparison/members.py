"""The members of streams, lists and rich text: what each is known by, and when two are the same."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import NAMESPACE_OID, uuid5

from clinicsite.library.comparison.paragraphs import Line
from clinicsite.library.comparison.sequences import Entry, Thread
from clinicsite.library.comparison.values import Item, meaning, same, words
from clinicsite.library.markup import as_read, plain

_KEY = re.compile(r' data-block-key="[^"]*"')


def item_entries(items: Iterable[Item]) -> list[Entry]:
    """What the members of a stream or a list are known by."""
    return [Entry(item.id, item.type, meaning(item.node), words(item.node)) for item in items]


def line_entries(lines: Iterable[Line]) -> list[Entry]:
    """What the lines of rich text are known by."""
    return [_line_entry(line) for line in lines]


def _line_entry(line: Line) -> Entry:
    # A paragraph may become a list item; markup taken in one piece is never a paragraph.
    kind = "line" if line.tag else "piece"
    return Entry(
        line.key, kind, (line.form, as_read(line.html)), frozenset(plain(line.html).casefold().split())
    )


def members_of(thread: Thread, versions: Sequence[Sequence]) -> list:
    """The member in each version, None where it is not."""
    places = (thread.base, thread.library, thread.own)
    return [
        None if place is None else version[place] for place, version in zip(places, versions, strict=True)
    ]


def same_line(one: Line, other: Line) -> bool:
    """Whether two lines read and look the same."""
    return (one.form, as_read(one.html)) == (other.form, as_read(other.html))


def same_item(one: Item, other: Item) -> bool:
    """Whether two members of a stream or a list read the same."""
    return one.type == other.type and same(one.node, other.node)


def without_key(line: Line) -> Line:
    """The line as a new one: the editor knows each line by a key of its own."""
    return replace(line, opening=_KEY.sub("", line.opening), is_apart=False)


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
