"""The words a clinic's site uses, to tell which one was meant."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import log1p

from django.core.cache import cache
from rapidfuzz.distance import OSA
from wagtail.models import Site

from clinicsite.clinics.profile import ClinicProfile
from clinicsite.home.search.catalogue import Entries, Entry, Group
from clinicsite.home.search.dictionary import is_common, is_nearer_to_common
from clinicsite.home.search.matching import texts_of
from clinicsite.home.search.spelling import nearest, parted, slips_allowed
from clinicsite.home.search.words import stem, words_in

#: The library can change a clinic's texts without its knowledge; their words are read again after this time.
CACHE_SECONDS = 10 * 60
#: Bumped when the shape of what is kept changes.
SHAPE = 3
#: Fewer letters are the beginning of too many words.
SHORTEST_BEGINNING = 3
#: A whole word is taken for the beginning of another only where it has as many letters: no sun for Sunday.
SHORTEST_COMMON_BEGINNING = 5
#: The most words that one beginning may stand for.
MOST_FORMS = 12
#: Two words are joined only where each is a few letters at least.
SHORTEST_JOINED = 3


@dataclass(frozen=True)
class PageWords:
    """The words of one page: of its title and names, each as often as it stands there, and of its text."""

    names: list[str]
    text: frozenset[str]
    #: Those of a person's name.
    person: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Vocabulary:
    """Words and how much each says: those of titles and names, and all, those of texts too."""

    names: dict[str, int]
    texts: frozenset[str]
    #: Stem -> every word that has it.
    by_stem: dict[str, frozenset[str]]
    #: Words of people's names.
    people: frozenset[str] = frozenset()
    #: Stem -> on how many pages it stands; and how many pages there are.
    spread: dict[str, int] = field(default_factory=dict)
    pages: int = 0

    @classmethod
    def of(cls, pages: Iterable[PageWords]) -> "Vocabulary":
        """The words with their stems, which take so long to find that they are kept with them."""
        names: Counter[str] = Counter()
        texts: set[str] = set()
        people: set[str] = set()
        spread: Counter[str] = Counter()
        pages = list(pages)
        for page in pages:
            names.update(page.names)
            texts |= page.text
            people |= page.person
            spread.update({stem(word) for word in page.text.union(page.names)})
        by_stem = defaultdict(set)
        for word in texts | names.keys():
            by_stem[stem(word)].add(word)
        kept = {key: frozenset(words) for key, words in by_stem.items()}
        return cls(dict(names), frozenset(texts), kept, frozenset(people), dict(spread), len(pages))

    def rarity(self, words: Iterable[str]) -> float:
        """How much a phrase tells: its rarest word, by the part of the site's pages that have it.

        The inverse document frequency of Sparck Jones 1972, Journal of Documentation 28(1); a word that no
        page has tells as much as one that half a page had.
        """
        counts = (
            sum(self.spread.get(key, 0) for key in {stem(one) for one in self.forms(word)}) for word in words
        )
        return max(log1p(self.pages / (count or 0.5)) for count in counts)

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
        shortest = SHORTEST_COMMON_BEGINNING if is_common(word) else SHORTEST_BEGINNING
        if len(word) < shortest:
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
        """The words most likely meant by one that is none; none where nothing is near.

        `also` are words that are known though the site does not use them, such as synonyms.
        """
        names = {**dict.fromkeys(also, 1), **self.names}
        things = {one: weight for one, weight in names.items() if one not in self.people}
        found = self._near_in_people(word, things) or nearest(word, things, slips_allowed(word))
        if found is None:
            found = self._near_in_texts(word)
        if found:
            return (found,)
        return parted(word, names) or ()

    def _near_in_people(self, word: str, things: dict[str, int]) -> str | None:
        """The person meant, where nothing else is as near: whoever misses "cancel" looks for nobody."""
        found = nearest(word, dict.fromkeys(self.people, 1), slips_allowed(word))
        if found is None:
            return None
        slips = OSA.distance(word, found)
        if nearest(word, things, slips) or is_nearer_to_common(word, slips):
            return None
        return found

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
    texts = texts_of(entries.values())
    return Vocabulary.of(_words_of(entry, texts.get(pk, "")) for pk, entry in entries.items())


def _words_of(entry: Entry, text: str) -> PageWords:
    named = [words_in(name) for name in (entry.title, *entry.all_names)]
    person = named[0] if entry.group is Group.PEOPLE else []
    return PageWords(
        [word for words in named for word in words], frozenset(words_in(text)), frozenset(person)
    )
