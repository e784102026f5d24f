"""Finding words in a text and putting others in their place: in plain text and in rich text. No Django here.

Only what people read is touched. A tag with all that is in it, a token in braces and a citation are never
changed, and neither are words within which formatting begins or ends: those are counted.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape

#: So much is shown around a place, in characters.
AROUND = 40
_ATTRIBUTES = r"(?:\"[^\"]*\"|'[^']*'|[^'\">])*"
_CITATION = r'<a [^>]*linktype="clinicsite-(?:own-)?citation"[^>]*>[^<]*</a>'
_TOKEN = r"\{[^{}<>]*\}"
_RICH = re.compile(
    rf"(?P<citation>{_CITATION})|(?P<tag><!--.*?-->|</?[a-zA-Z]{_ATTRIBUTES}>)|(?P<token>{_TOKEN})"
    r"|(?P<entity>&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)|(?P<text>.)",
    re.DOTALL,
)
_PLAIN = re.compile(rf"(?P<token>{_TOKEN})|(?P<text>.)", re.DOTALL)
_ANY_TAG = re.compile(rf"<!--.*?-->|</?[a-zA-Z]{_ATTRIBUTES}>", re.DOTALL)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_INLINE = frozenset(["a", "b", "code", "del", "em", "i", "s", "span", "strong", "sub", "sup", "u"])
#: Stands for what is no text; nobody can search for it.
_WALL = "\x00"
_SPACE = "[ \u00a0]"


@dataclass(frozen=True)
class Search:
    """What is looked for, and what is put in its place.

    Args:
        find: Words as people read them, without markup.
        replace: Words likewise; empty takes the found ones out.
        matches_case: Whether “Clinic” and “clinic” are two words.
        whole_words: Whether “art” is not found within “part”.
    """

    find: str
    replace: str
    matches_case: bool = True
    whole_words: bool = True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the words; a space is found where the text has one that does not break, too."""
        words = _SPACE.join(re.escape(part) for part in self.find.split(" "))
        if self.whole_words:
            before = r"(?<!\w)" if re.match(r"\w", self.find) else ""
            after = r"(?!\w)" if re.search(r"\w$", self.find) else ""
            words = f"{before}{words}{after}"
        return re.compile(words, re.NOFLAG if self.matches_case else re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A place that was changed: what was there and is there now, with a little of what stands around it."""

    before: str
    was: str
    now: str
    after: str


@dataclass
class Replaced:
    """A text after the search.

    Args:
        text: As it is to be stored; the same where nothing was found.
        found: The places that were changed.
        left: How many were found and left, because formatting begins or ends within them.
    """

    text: str
    found: list[Found] = field(default_factory=list)
    left: int = 0


@dataclass
class _Cells:
    """A stored text cut into what must stay whole.

    `stored` are the pieces; `shown` has one character for each that is read, `at` its piece.
    """

    stored: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)

    def add(self, piece: str, character: str = "") -> None:
        if character:
            self.shown.append(character)
            self.at.append(len(self.stored))
        self.stored.append(piece)


def replace_in_plain(text: str, search: Search) -> Replaced:
    """A plain text with the words replaced."""
    if not search.pattern.search(text):
        return Replaced(text)
    cells = _Cells()
    for match in _PLAIN.finditer(text):
        cells.add(match[0], match[0] if match.lastgroup == "text" else _WALL)
    return _replace(text, cells, search, search.replace)


def replace_in_rich(html: str, search: Search) -> Replaced:
    """A stored rich text with the words replaced."""
    if not search.pattern.search(unescape(_ANY_TAG.sub("", html))):
        # Most texts have none, and cutting them takes longer than this.
        return Replaced(html)
    cells = _Cells()
    for match in _RICH.finditer(html):
        kind, piece = match.lastgroup, match[0]
        if kind == "text":
            cells.add(piece, piece)
        elif kind == "entity":
            # A rare entity is two characters to Python, and never part of a word that is looked for.
            read = unescape(piece)
            cells.add(piece, read if len(read) == 1 else _WALL)
        elif kind == "tag" and _is_inline(piece):
            cells.add(piece)
        else:
            cells.add(piece, _WALL)
    return _replace(html, cells, search, escape(search.replace, quote=False))


def _is_inline(tag):
    name = _TAG_NAME.match(tag)
    return name is not None and name[1].lower() in _INLINE


def _replace(stored, cells, search, put):
    shown = "".join(cells.shown)
    done, result, end = Replaced(stored), [], 0
    for match in search.pattern.finditer(shown):
        first, last = cells.at[match.start()], cells.at[match.end() - 1]
        if last - first != match.end() - match.start() - 1:
            done.left += 1
            continue
        result += [*cells.stored[end:first], put]
        end = last + 1
        done.found.append(_found(shown, match, search))
    if done.found:
        done.text = "".join([*result, *cells.stored[end:]])
    return done


def _found(shown, match, search):
    before = shown[: match.start()].rpartition(_WALL)[2]
    after = shown[match.end() :].partition(_WALL)[0]
    return Found(
        before=("…" if len(before) > AROUND else "") + before[-AROUND:],
        was=match[0],
        now=search.replace,
        after=after[:AROUND] + ("…" if len(after) > AROUND else ""),
    )
