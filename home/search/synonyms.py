"""Words that mean the same, or lead to others, as the library keeps them for every clinic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from clinicsite.home.search.words import stem, words_in
from clinicsite.library.models import SynonymGroup
from clinicsite.library.models.synonyms import phrases_in

#: The most other ways to put one word or phrase.
MOST_WAYS = 8

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Phrases that mean the same, and those that lead to them and not back."""

    terms: tuple[Phrase, ...]
    narrower: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A word of a search, or a phrase that the library knows, with what else to look for."""

    words: Phrase
    same: tuple[Phrase, ...] = ()
    leads: tuple[Phrase, ...] = ()


@dataclass
class _Others:
    same: list[Phrase] = field(default_factory=list)
    leads: list[Phrase] = field(default_factory=list)


@dataclass(frozen=True)
class Synonyms:
    """The library's groups, each phrase as its words."""

    groups: tuple[Group, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of every phrase."""
        return frozenset(word for group in self.groups for phrase in _phrases(group) for word in phrase)

    def pieces(self, words: Sequence[str]) -> list[Piece]:
        """The search taken apart, the longest phrase first wherever several begin."""
        stems, pieces, at = [stem(word) for word in words], [], 0
        while at < len(words):
            length = next((n for n in self._lengths if tuple(stems[at : at + n]) in self._others), 0)
            others = self._others[tuple(stems[at : at + length])] if length else _Others()
            end = at + max(length, 1)
            same, leads = others.same[:MOST_WAYS], others.leads[:MOST_WAYS]
            pieces.append(Piece(tuple(words[at:end]), tuple(same), tuple(leads)))
            at = end
        return pieces

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(stems) for stems in self._others}, reverse=True)

    @cached_property
    def _others(self) -> dict[Phrase, _Others]:
        """The stems of every phrase -> what else to look for."""
        found: dict[Phrase, _Others] = {}
        for group in self.groups:
            for phrase in group.terms:
                others = found.setdefault(_stems(phrase), _Others())
                _add(others.same, (one for one in group.terms if _stems(one) != _stems(phrase)))
            for phrase in group.narrower:
                _add(found.setdefault(_stems(phrase), _Others()).leads, group.terms)
        return found


def synonyms() -> Synonyms:
    """All groups; one query."""
    rows = SynonymGroup.objects.values_list("terms", "narrower_terms")
    return Synonyms(tuple(Group(_read(terms), _read(narrower)) for terms, narrower in rows))


def _read(text: str) -> tuple[Phrase, ...]:
    return tuple(tuple(words) for phrase in phrases_in(text) if (words := words_in(phrase)))


def _phrases(group: Group) -> tuple[Phrase, ...]:
    return group.terms + group.narrower


def _stems(phrase: Iterable[str]) -> Phrase:
    return tuple(stem(word) for word in phrase)


def _add(known: list[Phrase], phrases: Iterable[Phrase]) -> None:
    known += [phrase for phrase in phrases if phrase not in known]
