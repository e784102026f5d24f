"""Values in plain words, for sentences about them. No Django here."""

from clinicsite.library.comparison import markup
from clinicsite.library.comparison.paragraphs import Line
from clinicsite.library.comparison.values import Choice, Items, Node, Rich, Struct

_BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "div", "br"})


def plain(html: str) -> str:
    """The words of rich text in one line, as they are read."""
    return " ".join("".join(_plain_piece(piece) for piece in markup.pieces(html)).split())


def _plain_piece(piece: str) -> str:
    # The space keeps the words of two paragraphs apart.
    return " " if markup.name_of(piece) in _BLOCKS else markup.shown(piece)


def plain_words(node: Node) -> str:
    """The words of a value in one line, as they are read."""
    if isinstance(node, Rich):
        return plain(node.value)
    if isinstance(node, Struct):
        return _joined(part.node for part in node.parts)
    if isinstance(node, Items):
        return _joined(item.node for item in node.items)
    return " ".join((node.shown if isinstance(node, Choice) else node.value).split())


def _joined(nodes) -> str:
    return " · ".join(filter(None, map(plain_words, nodes)))


def line_noun(line: Line) -> str:
    """What a sentence calls a line of rich text."""
    if line.tag == "li":
        return "list item"
    return "sub-heading" if line.tag.startswith("h") else "paragraph"
