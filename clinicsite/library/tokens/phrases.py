"""Texts with tokens and optional phrases: what is put in, what is left out, and how the rest closes up.

A phrase in double square brackets, `[[Call us on {phone}.]]`, is left out where a token in it has no value.
Text and tags are kept as cells, one for each character or tag, so that a phrase may begin and end inside
different marks of the same paragraph and the marks stay balanced. No Django here.
"""

import re
from collections.abc import Iterable, Mapping

#: A token of any name.
TOKEN = re.compile(r"\{([^{}]*)\}")
_CELL = re.compile(r"</?[a-zA-Z][^<>]*>|.", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_HREF = re.compile(r'\bhref="([^"]*)"')
#: How a tag stands in the flat text: one inside a paragraph, and one that begins or ends a paragraph.
_MARK, _BORDER = "\x00", "\x01"
_PART = re.compile(
    rf"\[\[(?:(?!\[\[|\]\])[^{_BORDER}])*\]\]|\{{(?P<token>[^{{}}{_MARK}{_BORDER}]*)\}}", re.DOTALL
)
_TOKEN_IN_FLAT = re.compile(rf"\{{([^{{}}{_MARK}{_BORDER}]*)\}}")
_INLINE = frozenset(["a", "b", "br", "code", "del", "em", "i", "s", "span", "strong", "sub", "sup", "u"])
_VOID = frozenset(["br", "embed", "hr", "img"])
_SPACES = frozenset(" \t\xa0")
_NO_SPACE_AFTER = _SPACES | {"("}
_STOPS = frozenset(".!?,")
_BEFORE_NO_SPACE = frozenset(".!?,;:)")

NOT_CLOSED = "Close each optional phrase in the paragraph where it begins: [[Call us on {phone}.]]"
NESTED = "One optional phrase stands inside another. Close the first with ]] before you begin the next."
NO_TOKEN = (
    "“{phrase}” can never be left out: there is no token in it. "
    "Put one in, such as {{phone}}, or write it without double square brackets."
)
HALF_MARKED = "Write [[ and ]] in one piece: the two brackets are formatted differently."


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """Plain text with its tokens filled; `values` has every known token, an empty one too."""
    return _Filling(list(text), values, {}).filled()


def fill_markup(html: str, values: Mapping[str, str], addresses: Mapping[str, str]) -> str:
    """Rich text with its tokens filled. Values and addresses come escaped.

    `addresses` has what may stand in a link's target; a link whose target is empty becomes plain text.
    """
    return _Filling(_CELL.findall(html), values, addresses).filled()


def is_simple(text: str, values: Mapping[str, str]) -> bool:
    """Whether every token of a text stands in running text and has a value, and no phrase is optional."""
    names = (name for name in TOKEN.findall(text) if name in values)
    return "[[" not in text and not _has_token_in_a_tag(text) and all(values[name].strip() for name in names)


def faults_in(text: str, known: Iterable[str]) -> list[str]:
    """What is wrong with the optional phrases of a text, in sentences."""
    cells = _CELL.findall(text)
    flat = _flatten(cells)
    if len(re.findall(rf"\[{_MARK}*\[|\]{_MARK}*\]", flat)) != flat.count("[[") + flat.count("]]"):
        return [HALF_MARKED]
    faults = []
    for paragraph in _paragraphs(cells, flat):
        faults += _faults_in_paragraph(paragraph, frozenset(known))
    return list(dict.fromkeys(faults))


def link_targets(html: str) -> list[str]:
    """The targets of the links in a rich text that have a brace in them."""
    return [target for target in _HREF.findall(html) if "{" in target]


def _faults_in_paragraph(paragraph: str, known: frozenset[str]) -> list[str]:
    faults, start = [], None
    for marker in re.finditer(r"\[\[|\]\]", paragraph):
        if marker[0] == "[[" and start is not None:
            return [NESTED]
        if marker[0] == "]]" and start is None:
            return [NOT_CLOSED]
        if marker[0] == "]]":
            phrase = paragraph[start : marker.end()]
            if not known & set(TOKEN.findall(phrase)):
                faults.append(NO_TOKEN.format(phrase=_CELL.sub(_words_only, phrase)))
        start = marker.start() if marker[0] == "[[" else None
    return faults if start is None else [NOT_CLOSED]


def _words_only(match: re.Match) -> str:
    return match[0] if len(match[0]) == 1 else ""


def _paragraphs(cells: list[str], flat: str) -> list[str]:
    """The stored text of each paragraph, the tags inside it included."""
    found = [""]
    for cell, shape in zip(cells, flat, strict=True):
        if shape == _BORDER:
            found.append("")
        else:
            found[-1] += cell
    return found


def _flatten(cells: list[str]) -> str:
    return "".join(cell if len(cell) == 1 else _shape_of_tag(cell) for cell in cells)


def _shape_of_tag(tag: str) -> str:
    return _MARK if _name_of(tag) in _INLINE else _BORDER


def _name_of(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def _has_token_in_a_tag(text: str) -> bool:
    return re.search(r"<[^<>]*\{[^<>]*>", text) is not None


class _Filling:
    """One text being filled; `cells` are what it was, `out` what becomes of each cell."""

    def __init__(self, cells, values, addresses):
        self.cells, self.values, self.addresses = cells, values, addresses
        self.out = list(cells)
        self.flat = _flatten(cells)
        self.left_out: set[int] = set()

    def filled(self) -> str:
        for index in self._tags():
            if "{" in self.cells[index]:
                self._fill_tag(index)
        gaps = [match.span() for match in _PART.finditer(self.flat) if self._fill_part(match)]
        for start, end in gaps:
            self._close_up(start, end)
        if self.left_out:
            self._drop_emptied_elements()
        return "".join(self.out)

    def _tags(self):
        return [index for index, cell in enumerate(self.cells) if len(cell) > 1]

    def _fill_part(self, match) -> bool:
        """Fill a token or a phrase; whether it is left out."""
        start, end = match.span()
        names = [name for name in TOKEN.findall("".join(self.cells[start:end])) if name in self.values]
        if any(not self.values[name].strip() for name in names):
            self._leave_out(start, end)
            return True
        if names and match["token"] is None:
            self.out[start : start + 2] = self.out[end - 2 : end] = ["", ""]
        for token in _TOKEN_IN_FLAT.finditer(self.flat, start, end):
            if token[1] in self.values:
                self._replace(token.start(), token.end(), self.values[token[1]])
        return False

    def _replace(self, start, end, words):
        self.out[start:end] = [words, *[""] * (end - start - 1)]

    def _leave_out(self, start, end):
        """Take out the words from `start` to `end`; the tags stay, for they may reach beyond."""
        for index in range(start, end):
            if len(self.cells[index]) == 1 or _name_of(self.cells[index]) in _VOID:
                self.out[index] = ""
                self.left_out.add(index)

    def _fill_tag(self, index):
        tag = self.cells[index]
        target = _HREF.search(tag)
        if _name_of(tag) == "a" and target and "{" in target[1]:
            self._fill_link(index, target)
        else:
            self.out[index] = TOKEN.sub(lambda match: self.values.get(match[1], match[0]), tag)

    def _fill_link(self, index, target):
        address = TOKEN.fullmatch(target[1])
        value = self.addresses.get(address[1]) if address else None
        tag = self.cells[index]
        self.out[index] = f"{tag[: target.start(1)]}{value}{tag[target.end(1) :]}" if value else ""
        if not value:
            closing = (i for i in range(index, len(self.cells)) if self.cells[i].lower() == "</a>")
            self.out[next(closing, index)] = ""

    def _close_up(self, start, end):
        """Leave no double space, no space before a full stop and no stray stop where words were left out."""
        while True:
            left = self._neighbour(range(start - 1, -1, -1))
            right = self._neighbour(range(end, len(self.out)))
            before = self.out[left][-1] if left is not None else ""
            after = self.out[right][0] if right is not None else ""
            if after in _SPACES and (not before or before in _NO_SPACE_AFTER):
                self.out[right] = self.out[right][1:]
            elif before in _SPACES and (not after or after in _BEFORE_NO_SPACE):
                self.out[left] = self.out[left][:-1]
            elif after in _BEFORE_NO_SPACE - {")"} and (not before or before in _STOPS):
                self.out[right] = self.out[right][1:]
            else:
                return

    def _neighbour(self, indexes):
        """The nearest cell with words in it; None at the paragraph's edge or a line's."""
        for index in indexes:
            if self.flat[index] == _BORDER or self.out[index] == "\n":
                return None
            if self.flat[index] != _MARK and self.out[index]:
                return index
        return None

    def _drop_emptied_elements(self):
        """Take out each element that has no words left because they were left out."""
        open_elements = [_Element(0)]
        for index, cell in enumerate(self.cells):
            here = open_elements[-1]
            here.is_emptied |= index in self.left_out
            if len(cell) == 1:
                here.has_words |= bool(self.out[index].strip())
            elif not self.out[index]:
                continue
            elif cell.startswith("</"):
                if len(open_elements) > 1:
                    self._close(open_elements, index)
            elif _name_of(cell) in _VOID:
                here.has_words |= _name_of(cell) != "br"
            else:
                open_elements.append(_Element(index))

    def _close(self, open_elements, index):
        done = open_elements.pop()
        outer = open_elements[-1]
        if done.is_emptied and not done.has_words:
            self.out[done.start : index + 1] = [""] * (index + 1 - done.start)
        outer.has_words |= done.has_words
        outer.is_emptied |= done.is_emptied


class _Element:
    """An element whose end has not come yet."""

    def __init__(self, start):
        self.start = start
        self.has_words = False
        self.is_emptied = False
