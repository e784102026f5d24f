"""How well a page answers what is looked for. No Django here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log1p

from clinicsite.home.search.words import STOP_WORDS, words_in

#: Any form of one word that is looked for.
Forms = frozenset[str]

IN_TEXT, IN_NAMES, IN_TITLE, IS_NAME, IS_TITLE = range(1, 6)
#: What a title, or the best other name, adds where all of it is looked for; less where only some of it is.
TITLE_WEIGHT, NAME_WEIGHT = 6.0, 4.0
#: What two words that are looked for together add where they stand together.
TOGETHER_WEIGHT = 1.5


@dataclass(frozen=True)
class Way:
    """One way to put a part of a search: a word or a phrase, each word in any form."""

    forms: tuple[Forms, ...]
    words: tuple[str, ...] = ()
    #: Of two pages the one that has the words typed comes before one that has others for them.
    worth: float = 1.0

    def holds(self, word: str) -> bool:
        """Whether the word is one of it."""
        return any(word in forms for forms in self.forms)


@dataclass(frozen=True)
class Part:
    """A word or phrase of a search with every way to put it, the one typed first."""

    ways: tuple[Way, ...]
    #: How much it tells: a word that few pages of the site have tells more than one they all have.
    rarity: float = 1.0

    @cached_property
    def forms(self) -> Forms:
        """Every word that answers it."""
        return frozenset(word for way in self.ways for forms in way.forms for word in forms)


@dataclass(frozen=True)
class Score:
    """How well a page answers; greater is better."""

    #: Of what was looked for, weighed by how much each part tells: 1 for all of it.
    found: float
    place: int
    weight: float

    @property
    def order(self) -> tuple[float, int, float]:
        """For comparing two pages: how much is found, then where, then how often."""
        return self.found, self.place, self.weight


@dataclass(frozen=True)
class Candidate:
    """The words of a page, by where they stand."""

    title: Sequence[str]
    names: Sequence[Sequence[str]]
    text: Sequence[str]

    @cached_property
    def named(self) -> frozenset[str]:
        """Every word of the title and the other names."""
        return frozenset([*self.title, *(word for name in self.names for word in name)])

    @cached_property
    def all(self) -> frozenset[str]:
        """Every word there is."""
        return self.named | frozenset(self.text)


def candidate(title: str, names: Iterable[str], text: str) -> Candidate:
    """A page as it is compared."""
    return Candidate(_telling(title), [_telling(name) for name in names], words_in(text))


def score(page: Candidate, parts: Sequence[Part]) -> Score:
    """How well a page answers a search made of these parts."""
    met = [part for part in parts if any(_all_in(page.all, way) for way in part.ways)]
    whole = sum(part.rarity for part in parts)
    found = sum(part.rarity for part in met) / whole if whole else 0.0
    weight = (
        sum(part.rarity * _in_text(page, part) for part in met) + _together(page, met) + _in_names(page, met)
    )
    return Score(round(found, 6), _place(page, parts), weight)


def is_typed_on(page: Candidate, part: Part, worth: float) -> bool:
    """Whether a page has a part in a way that is worth more than this, such as that of the words typed."""
    return any(way.worth > worth and _all_in(page.all, way) for way in part.ways)


def named_by(title: str, names: Iterable[str], parts: Sequence[Part]) -> bool:
    """Whether a page's title and other names alone hold all that is looked for."""
    named = candidate(title, names, "").named
    return bool(parts) and all(any(_all_in(named, way) for way in part.ways) for part in parts)


def _telling(text: str) -> list[str]:
    """The words of a name without small ones, as a search is compared: Does dry needling hurt?"""
    words = words_in(text)
    return [word for word in words if word not in STOP_WORDS] or words


def _in_text(page: Candidate, part: Part) -> float:
    """How often a part stands in the text; the tenth mention adds less than the first."""
    return max(way.worth * log1p(_times(page.text, way)) for way in part.ways)


def _in_names(page: Candidate, parts: Sequence[Part]) -> float:
    """How much of the title, or of another name, was looked for: a page about this and little else."""
    names = ((NAME_WEIGHT, name) for name in page.names)
    return max(weight * _share(name, parts) for weight, name in [(TITLE_WEIGHT, page.title), *names])


def _share(name: Sequence[str], parts: Sequence[Part]) -> float:
    """How much of a name's words was looked for, those that were typed counting most."""
    ways = [way for part in parts for way in part.ways if _all_in(name, way)]
    worth = {word: max((way.worth for way in ways if way.holds(word)), default=0.0) for word in name}
    return sum(worth.values()) / len(worth) if worth else 0.0


def _times(text: Sequence[str], way: Way) -> float:
    """How often a phrase stands in a text; half as much where its words, if all tell, stand apart only."""
    first, *rest = way.forms
    starts = [at for at, word in enumerate(text) if word in first]
    if not rest:
        return len(starts)
    on_end = sum(_follows(text, at, rest) for at in starts)
    if on_end or not STOP_WORDS.isdisjoint(way.words):
        return on_end
    return 0.5 * min(sum(word in forms for word in text) for forms in way.forms)


def _follows(text: Sequence[str], at: int, rest: Sequence[Forms]) -> bool:
    after = text[at + 1 : at + 1 + len(rest)]
    return len(after) == len(rest) and all(word in forms for word, forms in zip(after, rest, strict=True))


def _together(page: Candidate, parts: Sequence[Part]) -> float:
    """What parts that follow each other in the search add where they do so on the page as well."""
    pairs = list(pairwise(parts))
    texts = [page.title, *page.names, page.text]
    return TOGETHER_WEIGHT * sum(
        log1p(
            sum(
                one in first.forms and other in second.forms
                for text in texts
                for one, other in pairwise(text)
            )
        )
        for first, second in pairs
    )


def _place(page: Candidate, parts: Sequence[Part]) -> int:
    if _is(page.title, parts):
        return IS_TITLE
    if any(_is(name, parts) for name in page.names):
        return IS_NAME
    if _holds(frozenset(page.title), parts):
        return IN_TITLE
    return IN_NAMES if _holds(page.named, parts) else IN_TEXT


def is_named_by_some(page: Candidate, parts: Sequence[Part]) -> bool:
    """Whether a part of what was looked for is the whole title, or a whole other name, of a page."""
    return any(_is(name, [part]) for part in parts for name in (page.title, *page.names))


def _holds(words: Collection[str], parts: Sequence[Part]) -> bool:
    return bool(parts) and all(any(_all_in(words, way) for way in part.ways) for part in parts)


def _is(words: Sequence[str], parts: Sequence[Part]) -> bool:
    """Whether these words are what is looked for, in its order and nothing else."""
    ends = {0}
    for part in parts:
        ends = {at + len(way.forms) for at in ends for way in part.ways if _stands_at(words, at, way)}
    return bool(parts) and len(words) in ends


def _stands_at(words: Sequence[str], at: int, way: Way) -> bool:
    return words[at : at + 1] != [] and words[at] in way.forms[0] and _follows(words, at, way.forms[1:])


def _all_in(words: Collection[str], way: Way) -> bool:
    return all(not forms.isdisjoint(words) for forms in way.forms)
