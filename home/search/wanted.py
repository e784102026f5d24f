"""From the words typed to what is looked for: corrected, in every form, in the library's other words too."""

from dataclasses import dataclass, field
from itertools import chain

from clinicsite.home.search.ranking import Forms, Variant
from clinicsite.home.search.synonyms import Synonyms
from clinicsite.home.search.vocabulary import Vocabulary
from clinicsite.home.search.words import asked_words


@dataclass(frozen=True)
class Wanted:
    """What a patient looks for."""

    typed: str
    words: list[str]
    corrected: str = ""
    #: The library's other words for it, of those that the site uses.
    also: list[str] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    #: The words of a search of which the site does not know every word.
    partly: list[Variant] = field(default_factory=list)

    @property
    def forms(self) -> Forms:
        """Every word that answers it, to be marked where it stands."""
        variants = chain(self.variants, self.partly)
        return frozenset(word for variant in variants for forms in variant for word in forms)


def wanted_by(typed: str, vocabulary: Vocabulary, synonyms: Synonyms) -> Wanted:
    """What somebody who typed this looks for."""
    asked = asked_words(typed)
    known = synonyms.words
    words = [word for one in asked for word in _meant(one, vocabulary, known)]
    words = vocabulary.joined(words)
    ways = [words, *synonyms.other_ways(words)]
    forms = [tuple(vocabulary.forms(word) for word in way) for way in ways]
    return Wanted(
        typed=typed,
        words=words,
        corrected=_corrected(asked, words, vocabulary),
        also=[" ".join(way) for way, variant in zip(ways[1:], forms[1:], strict=True) if all(variant)],
        variants=[variant for variant in forms if variant and all(variant)],
        partly=[tuple(filter(None, variant)) for variant in forms if any(variant)],
    )


def _meant(word: str, vocabulary: Vocabulary, known: set[str]) -> tuple[str, ...]:
    """The word itself where it is known, else the words that were meant by it."""
    if word in known or vocabulary.forms(word):
        return (word,)
    return vocabulary.meant_by(word, known) or (word,)


def _corrected(asked: list[str], words: list[str], vocabulary: Vocabulary) -> str:
    """The words shown instead of those typed; empty where nobody needs to be told."""
    if words == asked or "".join(words) == "".join(asked):
        return ""
    return " ".join(vocabulary.whole(word) for word in words)
