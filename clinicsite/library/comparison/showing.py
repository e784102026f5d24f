"""What changed between two versions, line by line and word by word, ready to be shown. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clinicsite.library import markup
from clinicsite.library.comparison import paragraphs
from clinicsite.library.comparison.orders import in_order, moved_in
from clinicsite.library.comparison.paragraphs import Line, line_entries, same_line
from clinicsite.library.comparison.sequences import Entry, Thread, match, members_of, threads
from clinicsite.library.comparison.values import (
    Content,
    Item,
    Items,
    Node,
    Rich,
    Struct,
    item_entries,
    plain_words,
)
from clinicsite.library.comparison.word_by_word import Run, WordChange, runs_of
from clinicsite.library.markup import Atom, plain


@dataclass(frozen=True)
class ShownLine:
    """One paragraph or field, with its label. `note` says what it has become, with the same words."""

    runs: tuple[Run, ...]
    label: str = ""
    note: str = ""
    is_moved: bool = False

    @property
    def change(self) -> WordChange:
        """What became of the line as a whole."""
        kinds = {run.change for run in self.runs}
        if len(kinds) == 1 and not self.note:
            return kinds.pop()
        return (
            WordChange.REFORMATTED
            if kinds <= {WordChange.SAME, WordChange.REFORMATTED}
            else WordChange.CHANGED
        )


@dataclass(frozen=True)
class ComparedCell:
    """One thing in one version: a paragraph, a step, a callout. `noun` is what a sentence calls it."""

    noun: str
    lines: tuple[ShownLine, ...]
    is_moved: bool = False
    #: The version has no such thing; the lines are those of the version before.
    is_gone: bool = False
    is_new: bool = False

    @property
    def has_changed(self) -> bool:
        """Whether there is anything to say of it."""
        is_other = self.is_moved or self.is_gone or self.is_new
        return is_other or any(line.is_moved or line.change is not WordChange.SAME for line in self.lines)


@dataclass(frozen=True)
class ComparedRow:
    """One thing through three versions; a cell is None where there is nothing to show."""

    label: str
    base: ComparedCell | None
    library: ComparedCell | None
    own: ComparedCell | None

    @property
    def is_same(self) -> bool:
        """Whether nobody has changed it."""
        return all(cell is not None and not cell.has_changed for cell in (self.library, self.own))


def compare(base: Content, library: Content, own: Content) -> list[ComparedRow]:
    """The heading and all that stands under it in the three versions, aligned, with what each changed."""
    heading = [_cell("heading", base.heading, version.heading) for version in (base, library, own)]
    return [ComparedRow("Heading", *heading), *_member_rows([base.body, library.body, own.body])]


def _member_rows(versions: Sequence[Node | None]) -> Iterator[ComparedRow]:
    """A row for each member of a stream or a list; several for one that has members itself."""
    members = [node.items if isinstance(node, Items) else () for node in versions]
    found = threads(*map(item_entries, members))
    moved = [set(), moved_in(found, "library"), moved_in(found, "own")]
    for thread in in_order(found):
        items = members_of(thread, members)
        here = next(item for item in reversed(items) if item is not None)
        nodes = [item and item.node for item in items]
        yield from _rows_of(here, nodes, [thread in side for side in moved])


def _rows_of(item: Item, nodes: list[Node | None], moved: list[bool]) -> Iterator[ComparedRow]:
    if isinstance(item.node, Rich):
        yield from _moved_row(item, moved)
        yield from _line_rows(nodes)
    elif any(_lists_in(item.node)):
        yield from _moved_row(item, moved)
        yield from _list_rows(item, nodes)
    else:
        yield _row(item.label, item.noun, nodes, moved)


def _moved_row(item: Item, moved: list[bool]) -> Iterator[ComparedRow]:
    """Says that a block has moved of which each part has a row of its own."""
    if any(moved):
        cells = (ComparedCell(item.noun, (), is_moved) for is_moved in moved)
        yield ComparedRow(item.label, *cells)


def _list_rows(item: Item, nodes: list[Node | None]) -> Iterator[ComparedRow]:
    """The fields of a block in one row, then each member of its lists in its own."""
    plain_fields = [_without_lists(node) for node in nodes]
    row = _row(item.label, item.noun, plain_fields, [False] * 3)
    if any(cell is not None and cell.lines for cell in (row.base, row.library, row.own)):
        yield row
    for name in _lists_in(item.node):
        yield from _member_rows([_fields(node).get(name) for node in nodes])


def _lists_in(node: Node) -> list[str]:
    """The fields whose members are worth a row: a list of texts inside a member is not."""
    return (
        [part.name for part in node.parts if isinstance(part.node, Items)] if isinstance(node, Struct) else []
    )


def _without_lists(node: Node | None) -> Node | None:
    if not isinstance(node, Struct):
        return node
    return Struct(tuple(part for part in node.parts if not isinstance(part.node, Items)))


def _row(label: str, noun: str, nodes: Sequence[Node | None], moved: Sequence[bool]) -> ComparedRow:
    base = nodes[0]
    return ComparedRow(
        label, *(_cell(noun, base, node, is_moved) for node, is_moved in zip(nodes, moved, strict=True))
    )


def _cell(noun: str, old: Node | None, new: Node | None, is_moved: bool = False) -> ComparedCell | None:
    if old is None and new is None:
        return None
    return ComparedCell(noun, tuple(_lines(old, new, "")), is_moved, is_gone=new is None, is_new=old is None)


def _line_rows(nodes: Sequence[Node | None]) -> Iterator[ComparedRow]:
    """A row for each paragraph, sub-heading and list item of a text."""
    versions = [paragraphs.lines(node.value) if isinstance(node, Rich) else [] for node in nodes]
    found = threads(*map(line_entries, versions))
    moved = [set(), moved_in(found, "library"), moved_in(found, "own")]
    for thread in in_order(found):
        lines = members_of(thread, versions)
        noun = next(line for line in reversed(lines) if line is not None).noun
        cells = [
            _line_cell(noun, lines[0], line, thread in side) for line, side in zip(lines, moved, strict=True)
        ]
        yield ComparedRow(noun.capitalize(), *cells)


def _line_cell(noun: str, old: Line | None, new: Line | None, is_moved: bool) -> ComparedCell | None:
    if old is None and new is None:
        return None
    return ComparedCell(noun, (_rich_line(old, new),), is_moved, is_gone=new is None, is_new=old is None)


def _lines(old: Node | None, new: Node | None, label: str) -> Iterator[ShownLine]:
    some = new if new is not None else old
    if isinstance(some, Struct):
        olds, news = _fields(old), _fields(new)
        gone = [part for part in old.parts if part.name not in news] if isinstance(old, Struct) else []
        for part in [*some.parts, *(gone if new is not None else [])]:
            yield from _lines(olds.get(part.name), news.get(part.name), part.label)
    elif isinstance(some, Items):
        yield from _member_lines(old, new)
    elif isinstance(some, Rich):
        yield from _rich_lines(old, new, label)
    else:
        was, now = ("" if node is None else plain_words(node) for node in (old, new))
        if runs := runs_of(markup.plain_atoms(was), markup.plain_atoms(now)):
            yield ShownLine(tuple(runs), label)


def _fields(node: Node | None) -> dict[str, Node]:
    return {part.name: part.node for part in node.parts} if isinstance(node, Struct) else {}


def _member_lines(old: Node | None, new: Node | None) -> Iterator[ShownLine]:
    olds, news = (list(node.items) if isinstance(node, Items) else [] for node in (old, new))
    for was, now, is_moved in _steps(olds, news, item_entries(olds), item_entries(news)):
        for line in _lines(was and was.node, now and now.node, (now or was).label):
            yield replace(line, is_moved=is_moved)


def _rich_lines(old: Node | None, new: Node | None, label: str) -> Iterator[ShownLine]:
    olds, news = (paragraphs.lines(node.value) if isinstance(node, Rich) else [] for node in (old, new))
    for was, now, is_moved in _steps(olds, news, line_entries(olds), line_entries(news)):
        yield replace(_rich_line(was, now), label=label, is_moved=is_moved)


def _steps(olds: Sequence, news: Sequence, was: Sequence[Entry], now: Sequence[Entry]) -> Iterator[tuple]:
    """(old, new, is moved) for each member of two versions, in the newer order."""
    pairs = match(was, now)
    new_of = {old: new for new, old in pairs.items()}
    found = [Thread(index, None, new_of.get(index)) for index in range(len(olds))]
    found += [Thread(None, None, index) for index in range(len(news)) if index not in pairs]
    moved = moved_in(found, "own")
    for thread in in_order(found):
        old, _, new = members_of(thread, (olds, (), news))
        yield old, new, thread in moved


def _rich_line(old: Line | None, new: Line | None) -> ShownLine:
    if old is not None and new is not None and same_line(old, new):
        return ShownLine(tuple(runs_of(_atoms(new), _atoms(new))))
    note = _form_note(old, new) if old is not None and new is not None and old.form != new.form else ""
    return ShownLine(tuple(runs_of(_atoms(old), _atoms(new))), note=note)


def _form_note(old: Line, new: Line) -> str:
    if old.noun != new.noun:
        return f"now a {new.noun}"
    return "now in another list" if new.lists else "now another level"


def _atoms(line: Line | None) -> list[Atom]:
    if line is None:
        return []
    atoms = markup.rich_atoms(line.html) if line.tag else None
    return markup.plain_atoms(plain(line.html)) if atoms is None else atoms
