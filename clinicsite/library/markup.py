"""Cuts rich text into pieces that may be put together again in another order, and puts them together.

Nothing is ever cut inside a tag, an entity, a citation or a token in braces. No Django here.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

VOID = frozenset({"br", "hr", "img", "embed", "input", "wbr"})
_BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "div", "br"})
_ATTRIBUTES = r"(?:\"[^\"]*\"|'[^']*'|[^'\">])*"
_PIECE = re.compile(rf"<!--.*?-->|</?[a-zA-Z]{_ATTRIBUTES}>|[^<]+|<", re.DOTALL)
_CITATION = re.compile(r'<a [^>]*linktype="clinicsite-(?:own-)?citation"[^>]*>[^<]*</a>')
_EDITOR_MARK = re.compile(r' data-block-key="[^"]*"')
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_PUNCTUATION = r"""\s<>&{}.,;:!?()\[\]"“”„«»…/"""
_RICH_WORD = re.compile(
    rf"\s+|\{{[a-z_]*\}}|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|[^{_PUNCTUATION}]+|.", re.DOTALL
)
_PLAIN_WORD = re.compile(rf"\s+|\{{[a-z_]*\}}|[^{_PUNCTUATION}]+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A stretch of characters inside the same tags; `marks` are the tags that are open, as stored."""

    raw: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Atom:
    """The least that is moved, kept or dropped: a word with the space before it."""

    word: Piece
    space: Piece | None = None

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What two atoms have in common that read the same, look the same and lead to the same place."""
        return (self.shown, self.tags)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags around the word; a citation or a line break is a tag itself."""
        return (*self.word.marks, self.word.raw) if self.word.raw.startswith("<") else self.word.marks

    @property
    def shown(self) -> str:
        """The word as it is read."""
        return shown(self.word.raw)

    @property
    def is_word(self) -> bool:
        """Whether it is more than a mark of punctuation."""
        return any(character.isalnum() for character in self.word.raw)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The space, if any, and the word."""
        return (self.word,) if self.space is None else (self.space, self.word)


def as_read(html: str) -> str:
    """Rich text without what nobody reads: the editor's marks, and how a character was written down."""
    return _ENTITY.sub(_as_character, _EDITOR_MARK.sub("", html))


def _as_character(match: re.Match[str]) -> str:
    return escape(unescape(match.group()), quote=False)


def shown(raw: str) -> str:
    """What is read of a stretch of stored characters: no markup, no entities."""
    if raw.startswith("<"):
        return "\n" if raw.lower().startswith("<br") else unescape(_PIECE.sub(_without_tag, raw))
    return unescape(raw)


def _without_tag(match: re.Match[str]) -> str:
    return "" if match.group().startswith("<") else match.group()


def pieces(html: str) -> list[str]:
    """Tags, comments and the text between them; together they are the html again."""
    return _PIECE.findall(html)


def name_of(tag: str) -> str:
    """The element's name of a tag; empty for text and comments."""
    found = _NAME.match(tag)
    return found.group(1).lower() if found else ""


def is_void(tag: str) -> bool:
    """Whether a tag stands for itself: no other tag closes it."""
    return name_of(tag) in VOID or tag.endswith("/>")


def plain(html: str) -> str:
    """The words of rich text in one line, as they are read."""
    return " ".join("".join(_plain_piece(piece) for piece in pieces(html)).split())


def _plain_piece(piece: str) -> str:
    # The space keeps the words of two paragraphs apart.
    return " " if name_of(piece) in _BLOCKS else shown(piece)


def plain_atoms(text: str) -> list[Atom]:
    """The atoms of plain text."""
    return _with_spaces([Piece(raw) for raw in _PLAIN_WORD.findall(text)])


def rich_atoms(html: str) -> list[Atom] | None:
    """The atoms of what stands inside one paragraph; None for markup that could not be rebuilt from them."""
    found: list[Piece] = []
    marks: list[str] = []
    position = 0
    while position < len(html):
        citation = _CITATION.match(html, position)
        match = citation or _PIECE.match(html, position)
        assert match is not None
        position = match.end()
        if not _take(match.group(), citation is not None, marks, found):
            return None
    atoms = _with_spaces(found)
    return atoms if not marks and html_of(atoms) == html else None


def _take(piece: str, is_whole: bool, marks: list[str], found: list[Piece]) -> bool:
    """Add one piece of html to what was found; False if it closes a tag that is not open."""
    name = name_of(piece)
    if not piece.startswith("<") or piece == "<":
        found += [Piece(raw, tuple(marks)) for raw in _RICH_WORD.findall(piece)]
    elif is_whole or not name or (is_void(piece) and not piece.startswith("</")):
        found.append(Piece(piece, tuple(marks)))
    elif not piece.startswith("</"):
        marks.append(piece)
    elif marks and name_of(marks[-1]) == name:
        marks.pop()
    else:
        return False
    return True


def _with_spaces(found: list[Piece]) -> list[Atom]:
    atoms = []
    space: Piece | None = None
    for piece in found:
        if space is None and piece.raw.isspace():
            space = piece
        else:
            atoms.append(Atom(piece, space))
            space = None
    return [*atoms, Atom(Piece("", space.marks), space)] if space else atoms


def html_of(atoms: list[Atom]) -> str:
    """The html (or plain text) of atoms: every tag that is opened is closed, in order."""
    out: list[str] = []
    open_marks: tuple[str, ...] = ()
    for piece in (piece for atom in atoms for piece in atom.pieces):
        shared = _shared(open_marks, piece.marks)
        out += [f"</{name_of(mark)}>" for mark in reversed(open_marks[shared:])]
        out += [*piece.marks[shared:], piece.raw]
        open_marks = piece.marks
    out += [f"</{name_of(mark)}>" for mark in reversed(open_marks)]
    return "".join(out)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count
