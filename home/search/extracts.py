"""The part of a page's text that answers, its words marked. No Django here."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass

from clinicsite.home.search.words import placed_words

#: About two lines of a wide screen.
LENGTH = 190
#: How far from the place where a text is cut a space is looked for.
SLACK = 24
#: So many places are compared.
MOST_PLACES = 60

#: What a word stands for, and how much that is worth.
Value = tuple[Hashable, float]


@dataclass(frozen=True)
class Piece:
    """Some letters of a text, marked or not."""

    text: str
    is_marked: bool = False


def extract(text: str, forms: Collection[str], values: Mapping[str, Value] | None = None) -> list[Piece]:
    """About two lines of a text around the words that are looked for; its beginning where it has none.

    `values` says which words stand for the same and what they are worth; else each stands for itself.
    """
    text = _as_sentences(text)
    places = [(start, end, word) for word, start, end in placed_words(text) if word in forms]
    begin = _before(text, _best_begin(places, values or {}))
    end = _after(text, begin + LENGTH)
    pieces = list(_pieces(text, begin, end, [place[:2] for place in places]))
    before, after = [Piece("… ")] if begin else [], [Piece(" …")] if end < len(text) else []
    return [*before, *pieces, *after]


def marked(text: str, forms: Collection[str]) -> list[Piece]:
    """A whole text with the words that are looked for marked, such as a title."""
    places = [(start, end) for word, start, end in placed_words(text) if word in forms]
    return list(_pieces(text, 0, len(text), places))


def _as_sentences(text: str) -> str:
    """The text on one line; a line without a mark at its end, such as a heading, gets a full stop."""
    lines = [words for line in text.splitlines() if (words := " ".join(line.split()))]
    ended = [f"{line}." if line[-1].isalnum() else line for line in lines[:-1]]
    return " ".join([*ended, *lines[-1:]])


def _best_begin(places: list[tuple[int, int, str]], values: Mapping[str, Value]) -> int:
    """Where to begin so that the most of what was looked for is shown, the earliest such place."""

    def worth_from(start: int) -> float:
        shown = (word for at, end, word in places if start <= at and end <= start + LENGTH - SLACK)
        return sum(dict(values.get(word, (word, 1.0)) for word in shown).values())

    # What tells most is looked at first: a long text may have a common word hundreds of times.
    ordered = sorted(places, key=lambda place: -values.get(place[2], (place[2], 1.0))[1])
    starts = sorted(start for start, _, _ in ordered[:MOST_PLACES])
    return max(starts, key=worth_from, default=0)


def _before(text: str, place: int) -> int:
    """The beginning of the sentence that a place lies in, or of a word a little before it."""
    earliest = max(0, place - LENGTH // 3)
    if earliest == 0:
        return 0
    ends = [text.rfind(mark, earliest, place) for mark in (". ", "? ", "! ")]
    if max(ends) >= 0:
        return max(ends) + 2
    return text.find(" ", earliest, place) + 1 or place


def _after(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - SLACK, place)
    return space if space > 0 else place


def _pieces(text: str, begin: int, end: int, places: list[tuple[int, int]]) -> Iterator[Piece]:
    at = begin
    for start, stop in places:
        if start >= at and stop <= end:
            if start > at:
                yield Piece(text[at:start])
            yield Piece(text[start:stop], is_marked=True)
            at = stop
    if at < end:
        yield Piece(text[at:end])
