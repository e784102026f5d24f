"""Rich text as a list of paragraphs, sub-headings and list items, and back. No Django here.

Whatever the reader does not know, or could not write again exactly as it was, is left in one piece.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from clinicsite.library.comparison.sequences import Entry
from clinicsite.library.markup import as_read, is_void, name_of, pieces, plain

_HEADED = ("p", "h2", "h3", "h4", "h5", "h6", "blockquote")
_LISTS = ("ul", "ol")
_KEY = re.compile(r' data-block-key="[^"]*"')
_KEY_OF = re.compile(r'data-block-key="([^"]*)"')


@dataclass(frozen=True)
class Line:
    """One paragraph, sub-heading or list item.

    `tag` is empty for markup that is taken in one piece; then `html` is all of it. `lists` are the lists an
    item stands in, the outermost first.
    """

    html: str
    tag: str = ""
    opening: str = ""
    lists: tuple[str, ...] = ()
    #: Begins a list of its own right after another.
    is_apart: bool = False

    @property
    def key(self) -> str:
        """The editor's own mark for it, which stays when its words change; may be empty."""
        found = _KEY_OF.search(self.opening)
        return found.group(1) if found else ""

    @property
    def form(self) -> tuple[str, tuple[str, ...]]:
        """Whether it is a paragraph, a sub-heading or an item of which lists."""
        return (self.tag, self.lists)

    @property
    def noun(self) -> str:
        """What a sentence calls it."""
        if self.tag == "li":
            return "list item"
        return "sub-heading" if self.tag.startswith("h") else "paragraph"


def lines(html: str) -> list[Line]:
    """The lines of rich text."""
    if not html.strip():
        return []
    reader = _Reader()
    for piece in pieces(html):
        if not reader.take(piece):
            return [Line(html)]
    return reader.found if html_of(reader.found) == "".join(reader.kept) else [Line(html)]


def html_of(found: Iterable[Line]) -> str:
    """Rich text of lines, lists put together again."""
    out: list[str] = []
    open_lists: tuple[str, ...] = ()
    for line in found:
        shared = _shared(open_lists, line)
        out += [f"</li></{name}>" for name in reversed(open_lists[shared:])]
        open_lists = line.lists[: shared + 1]
        if not line.lists:
            out.append(f"{line.opening}{line.html}</{line.tag}>" if line.tag else line.html)
            continue
        out += [f"<{name}>" for name in open_lists[shared:]] or ["</li>"]
        out.append(f"{line.opening}{line.html}")
    return "".join([*out, *(f"</li></{name}>" for name in reversed(open_lists))])


def _shared(open_lists: tuple[str, ...], line: Line) -> int:
    """How many of the lists that are open the line stands in."""
    count = 0
    while count < min(len(open_lists), len(line.lists)) and open_lists[count] == line.lists[count]:
        count += 1
    return min(count, len(line.lists) - 1) if line.is_apart else count


def line_entries(lines: Iterable[Line]) -> list[Entry]:
    """What the lines of rich text are known by."""
    return [_line_entry(line) for line in lines]


def _line_entry(line: Line) -> Entry:
    # A paragraph may become a list item; markup taken in one piece is never a paragraph.
    kind = "line" if line.tag else "piece"
    return Entry(
        line.key, kind, (line.form, as_read(line.html)), frozenset(plain(line.html).casefold().split())
    )


def same_line(one: Line, other: Line) -> bool:
    """Whether two lines read and look the same."""
    return (one.form, as_read(one.html)) == (other.form, as_read(other.html))


def without_key(line: Line) -> Line:
    """The line as a new one: the editor knows each line by a key of its own."""
    return replace(line, opening=_KEY.sub("", line.opening), is_apart=False)


class _Reader:
    """Reads rich text piece by piece. What it reads wrongly would not be written back: `lines` notices."""

    def __init__(self) -> None:
        self.found: list[Line] = []
        #: All pieces but the space between paragraphs.
        self.kept: list[str] = []
        self._lists: list[str] = []
        self._is_apart = False
        #: The line that is being read: its tag, the tag as stored, what stands in it, the tags open in it.
        self._tag = ""
        self._opening = ""
        self._parts: list[str] = []
        self._open: list[str] = []

    def take(self, piece: str) -> bool:
        """Read one piece; False if it cannot stand there."""
        if not self._opening and piece.isspace():
            return True
        self.kept.append(piece)
        return self._take_inside(piece) if self._opening else self._take_between(piece)

    def _take_between(self, piece: str) -> bool:
        name = name_of(piece)
        if piece.startswith("</"):
            return self._close_list(name)
        if name in _LISTS:
            self._open_list(name)
        elif name == "li" or name in _HEADED:
            self._tag, self._opening = name, piece
        elif name and is_void(piece) and not self._lists:
            self.found.append(Line(piece))
        else:
            return False
        return True

    def _take_inside(self, piece: str) -> bool:
        name = name_of(piece)
        if self._tag == "li" and name in _LISTS and not self._open and not piece.startswith("</"):
            self._end_line()
            self._open_list(name)
            return True
        if piece.startswith("</") and not self._open:
            self._end_line()
            return True
        if piece.startswith("</"):
            if self._open.pop() != name:
                return False
        elif name and not is_void(piece):
            self._open.append(name)
        self._parts.append(piece)
        return True

    def _open_list(self, name: str) -> None:
        before = self.found[-1].lists if self.found else ()
        self._lists.append(name)
        self._is_apart = before[: len(self._lists)] == tuple(self._lists)

    def _close_list(self, name: str) -> bool:
        if name in _LISTS and self._lists:
            self._lists.pop()
            return True
        return name == "li" and bool(self._lists)

    def _end_line(self) -> None:
        html = "".join(self._parts)
        self.found.append(Line(html, self._tag, self._opening, tuple(self._lists), self._is_apart))
        self._tag, self._opening, self._parts, self._is_apart = "", "", [], False
