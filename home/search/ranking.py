"""How well a page answers what is looked for. No Django here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log1p

from clinicsite.home.search.words import words_in

#: Any form of one word that is looked for.
Forms = frozenset[str]
#: One way to put what is looked for: each of its words, in any form.
Variant = tuple[Forms, ...]

IN_TEXT, IN_NAMES, IN_TITLE, IS_NAME, IS_TITLE = range(1, 6)


@dataclass(frozen=True)
class Score:
    """How well a page answers; greater is better."""

    words: int
    place: int
    weight: float

    @property
    def order(self) -> tuple[int, int, float]:
        """For comparing two pages: words found, then where, then how often."""
        return self.words, self.place, self.weight


@dataclass(frozen=True)
class Candidate:
    """The words of a page, by where they stand."""

    title: Sequence[str]
    names: Sequence[Sequence[str]]
    text: Sequence[str]


def candidate(title: str, names: Iterable[str], text: str) -> Candidate:
    """A page as it is compared."""
    return Candidate(words_in(title), [words_in(name) for name in names], words_in(text))


def score(page: Candidate, variants: Iterable[Variant]) -> Score:
    """The best score of a page for any of these ways to put what is looked for."""
    scores = [_score(page, variant) for variant in variants]
    return max(scores, key=lambda one: one.order, default=Score(0, 0, 0.0))


def _score(page: Candidate, variant: Variant) -> Score:
    named = [*page.title, *(word for name in page.names for word in name)]
    counts = [sum(word in forms for word in page.text) for forms in variant]
    found = sum(
        bool(count) or not forms.isdisjoint(named) for forms, count in zip(variant, counts, strict=True)
    )
    return Score(found, _place(page, variant, named), sum(log1p(count) for count in counts))


def _place(page: Candidate, variant: Variant, named: Collection[str]) -> int:
    if _is(page.title, variant):
        return IS_TITLE
    if any(_is(name, variant) for name in page.names):
        return IS_NAME
    if _all_in(page.title, variant):
        return IN_TITLE
    return IN_NAMES if _all_in(named, variant) else IN_TEXT


def _is(words: Sequence[str], variant: Variant) -> bool:
    return len(words) == len(variant) and all(
        word in forms for word, forms in zip(words, variant, strict=True)
    )


def _all_in(words: Collection[str], variant: Variant) -> bool:
    return all(not forms.isdisjoint(words) for forms in variant)


def named_by(title: str, names: Iterable[str], variants: Iterable[Variant]) -> bool:
    """Whether a page's title and other names hold all the words of one of these ways to put it."""
    words = {word for text in (title, *names) for word in words_in(text)}
    return any(_all_in(words, variant) for variant in variants)
