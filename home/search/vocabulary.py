"""The words a clinic's site uses, to tell which one was meant."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.core.cache import cache
from wagtail.models import Site

from clinicsite.clinics.profile import ClinicProfile
from clinicsite.home.search.catalogue import Entries
from clinicsite.home.search.matching import texts_of
from clinicsite.home.search.spelling import nearest, parted, slips_allowed
from clinicsite.home.search.words import stem, words_in

#: The library can change a clinic's texts without its knowledge; their words are read again after this time.
CACHE_SECONDS = 10 * 60
#: Bumped when the shape of what is kept changes.
SHAPE = 2
#: Fewer letters are the beginning of too many words.
SHORTEST_BEGINNING = 3
#: The most words that one beginning may stand for.
MOST_FORMS = 12
#: Two words are joined only where each is a few letters at least.
SHORTEST_JOINED = 3


@dataclass(frozen=True)
class Vocabulary:
    """Words and how much each says: those of titles and names, and all, those of texts too."""

    names: dict[str, int]
    texts: frozenset[str]
    #: Stem -> every word that has it.
    by_stem: dict[str, frozenset[str]]

    @classmethod
    def of(cls, names: dict[str, int], texts: frozenset[str]) -> "Vocabulary":
        """The words with their stems, which take so long to find that they are kept with them."""
        by_stem = defaultdict(set)
        for word in texts | names.keys():
            by_stem[stem(word)].add(word)
        return cls(names, texts, {key: frozenset(words) for key, words in by_stem.items()})

    @cached_property
    def _all(self) -> frozenset[str]:
        return self.texts | self.names.keys()

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._all)

    def forms(self, word: str) -> frozenset[str]:
        """The words of the site that this word stands for: itself in any form, else what it begins."""
        return self.by_stem.get(stem(word)) or frozenset(self._begun_by(word))

    def _begun_by(self, word: str) -> list[str]:
        if len(word) < SHORTEST_BEGINNING:
            return []
        start = bisect_left(self._sorted, word)
        end = bisect_left(self._sorted, word + chr(0x10FFFF))
        found = self._sorted[start:end]
        return sorted(found, key=lambda one: (-self.names.get(one, 0), len(one)))[:MOST_FORMS]

    def whole(self, word: str) -> str:
        """The likeliest word of the site that this stands for; itself if the site uses it or none like it."""
        if word in self._all:
            return word
        return min(self.forms(word), key=lambda one: (-self.names.get(one, 0), len(one), one), default=word)

    def meant_by(self, word: str, also: Iterable[str] = ()) -> tuple[str, ...]:
        """The words most likely meant by one that the site does not use; none where nothing is near.

        `also` are words that are known though the site does not use them, such as synonyms.
        """
        names = {**dict.fromkeys(also, 1), **self.names}
        found = nearest(word, names, slips_allowed(word)) or self._near_in_texts(word)
        if found:
            return (found,)
        return parted(word, names) or ()

    def _near_in_texts(self, word: str) -> str | None:
        # The texts hold so many words that one of them is near to most, and who types "safe" does not mean
        # "same". So fewer slips are mended, and none in the first letter, which people rarely miss.
        near = {one: 1 for one in self.texts if one[0] == word[0]}
        return nearest(word, near, slips_allowed(word) - 1)

    def joined(self, words: list[str]) -> list[str]:
        """The words with two that follow each other made one where the site writes them so: shock wave."""
        for place, (one, other) in enumerate(pairwise(words)):
            is_long = min(len(one), len(other)) >= SHORTEST_JOINED
            if is_long and one + other in self.names:
                return [*words[:place], one + other, *words[place + 2 :]]
        return words


def vocabulary_of(site: Site, clinic: ClinicProfile, entries: Entries) -> Vocabulary:
    """A clinic's words, kept under the clinic's version; reads every text of the site when they are not.

    Only the pages that anybody may find give their words: a hidden page's must not be offered to anybody.
    """
    key = f"clinicsite:search_words:{SHAPE}:{site.pk}:{clinic.version}"
    return cache.get_or_set(key, lambda: _read(entries), CACHE_SECONDS)


def _read(entries: Entries) -> Vocabulary:
    names: dict[str, int] = defaultdict(int)
    for entry in entries.values():
        for text in (entry.title, *entry.names):
            for word in words_in(text):
                names[word] += 1
    texts = texts_of(entries.values()).values()
    return Vocabulary.of(dict(names), frozenset(word for text in texts for word in words_in(text)))
