"""Words that mean the same, as the library keeps them for every clinic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinicsite.home.search.words import stem, words_in
from clinicsite.library.models import SynonymGroup

#: The most other ways to put one search.
MOST_WAYS = 8


@dataclass(frozen=True)
class Synonyms:
    """The library's groups, each phrase as its words."""

    groups: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def words(self) -> set[str]:
        """Every word of every phrase."""
        return {word for group in self.groups for phrase in group for word in phrase}

    def other_ways(self, words: list[str]) -> list[list[str]]:
        """The same search with each phrase in it put in the library's other words."""
        ways = (way for group in self.groups for way in _ways(words, group))
        unique = {tuple(way): way for way in ways if way != words}
        return list(unique.values())[:MOST_WAYS]


def synonyms() -> Synonyms:
    """All groups; one query."""
    rows = SynonymGroup.objects.values_list("terms", flat=True)
    phrases = (
        tuple(tuple(words) for line in terms.splitlines() if (words := words_in(line))) for terms in rows
    )
    return Synonyms(tuple(phrases))


def _ways(words: list[str], group: Iterable[tuple[str, ...]]) -> Iterator[list[str]]:
    """The words with a phrase of the group in them put in each of the group's other phrases."""
    stems = [stem(word) for word in words]
    for phrase in group:
        place = _place_of([stem(word) for word in phrase], stems)
        if place is None:
            continue
        rest = words[place + len(phrase) :]
        yield from ([*words[:place], *other, *rest] for other in group if other != phrase)


def _place_of(part: list[str], whole: list[str]) -> int | None:
    places = range(len(whole) - len(part) + 1)
    return next((place for place in places if whole[place : place + len(part)] == part), None)
