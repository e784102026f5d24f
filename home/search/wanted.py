"""From the words typed to what is looked for: corrected, in every form, in the library's other words too."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from clinicsite.home.search.dictionary import is_common
from clinicsite.home.search.extracts import Value
from clinicsite.home.search.ranking import Forms, Part, Way
from clinicsite.home.search.synonyms import Phrase, Piece, Synonyms
from clinicsite.home.search.vocabulary import Vocabulary
from clinicsite.home.search.words import MOST_WORDS, STOP_WORDS, asked_words, stem, words_in

#: Small words that may stand inside a phrase: cancel my appointment.
ARTICLES = frozenset(("a", "an", "my", "our", "the", "your"))
#: What a page counts for that has other words for those typed: the same thing, or what they lead to.
SAME_WORTH, LEADS_WORTH = 0.9, 0.7


@dataclass(frozen=True)
class Wanted:
    """What a patient looks for."""

    typed: str
    words: list[str]
    corrected: str = ""
    #: The library's other words for it, of those that the site uses.
    also: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    #: The words of each part as they were typed, and what they lead to as far as the site uses it.
    led: list[tuple[str, list[str]]] = field(default_factory=list)
    #: The stems of every way to put it, for what a clinic suggests.
    asked: list[set[str]] = field(default_factory=list)

    @cached_property
    def values(self) -> dict[str, Value]:
        """Each word that answers it -> the part it stands for, and how much that tells."""
        return {word: (number, part.rarity) for number, part in enumerate(self.parts) for word in part.forms}

    @cached_property
    def forms(self) -> Forms:
        """Every word that answers it, to be marked where it stands."""
        return frozenset(word for part in self.parts for word in part.forms)

    @property
    def is_known(self) -> bool:
        """Whether the site has words for each part of it."""
        return bool(self.parts) and all(part.ways for part in self.parts)


def wanted_by(typed: str, vocabulary: Vocabulary, synonyms: Synonyms) -> Wanted:
    """What somebody who typed this looks for."""
    asked = asked_words(typed)
    known = synonyms.words
    meant = {word: _meant(word, vocabulary, known) for word in asked}
    # Small words stay until the phrases are known: "how much" is one.
    typed_words = [word for word in dict.fromkeys(words_in(typed)) if word not in ARTICLES]
    words = [one for word in typed_words for one in meant.get(word, (word,))] or asked
    pieces = _telling(synonyms.pieces(vocabulary.joined(words)))
    telling = [word for piece in pieces for word in piece.words]
    return Wanted(
        typed=typed,
        words=telling,
        corrected=_corrected(asked, meant, vocabulary),
        also=_known_of((phrase for piece in pieces for phrase in piece.same), vocabulary),
        parts=[_part(piece, vocabulary) for piece in pieces],
        led=[(" ".join(piece.words), _leads_of(piece, vocabulary)) for piece in pieces],
        asked=list(_all_ways(pieces)),
    )


def _meant(word: str, vocabulary: Vocabulary, known: Iterable[str]) -> tuple[str, ...]:
    """The word itself where it is one, else the words that were meant by it."""
    if word in known or vocabulary.forms(word) or is_common(word):
        return (word,)
    return vocabulary.meant_by(word, known) or (word,)


def _telling(pieces: list[Piece]) -> list[Piece]:
    """The pieces that say something, each once; all where none does."""
    unique = {
        (piece.same and frozenset((piece.words, *piece.same))) or piece.words: piece for piece in pieces
    }
    telling = [piece for piece in unique.values() if _tells(piece)]
    return (telling or pieces)[:MOST_WORDS]


def _tells(piece: Piece) -> bool:
    word = piece.words[0]
    return (
        len(piece.words) > 1 or bool(piece.same or piece.leads) or (len(word) > 1 and word not in STOP_WORDS)
    )


def _is_used(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    return all(vocabulary.forms(word) for word in phrase)


def _known_of(phrases: Iterable[Phrase], vocabulary: Vocabulary) -> list[str]:
    return list(dict.fromkeys(" ".join(phrase) for phrase in phrases if _is_used(phrase, vocabulary)))


def _leads_of(piece: Piece, vocabulary: Vocabulary) -> list[str]:
    return [] if _is_question(piece) else _known_of(piece.leads, vocabulary)


def _part(piece: Piece, vocabulary: Vocabulary) -> Part:
    """A piece with those ways to put it that the site uses."""
    worths = [] if _is_question(piece) else [(piece.words, 1.0)]
    worths += [(phrase, SAME_WORTH) for phrase in piece.same]
    worths += [(phrase, LEADS_WORTH) for phrase in piece.leads]
    ways = (Way(tuple(map(vocabulary.forms, phrase)), phrase, worth) for phrase, worth in worths)
    used = tuple(way for way in ways if all(way.forms))
    return Part(used, vocabulary.rarity(used[0].words if used else piece.words))


def _is_question(piece: Piece) -> bool:
    """Whether it is a way to ask, whose words say little where they stand on a page: how much."""
    return bool(piece.leads) and not STOP_WORDS.isdisjoint(piece.words)


def _all_ways(pieces: Sequence[Piece]) -> Iterator[set[str]]:
    stems = [{stem(word) for word in piece.words} for piece in pieces]
    yield set().union(*stems)
    for place, piece in enumerate(pieces):
        rest = set().union(*stems[:place], *stems[place + 1 :])
        yield from (rest | {stem(word) for word in other} for other in (*piece.same, *piece.leads))


def _corrected(asked: list[str], meant: dict[str, tuple[str, ...]], vocabulary: Vocabulary) -> str:
    """The words shown instead of those typed; empty where nobody needs to be told."""
    words = [one for word in asked for one in meant[word]]
    if words == asked or "".join(words) == "".join(asked):
        return ""
    return " ".join(vocabulary.whole(word) for word in words)
