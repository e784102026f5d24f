"""Which words are English ones, so that none of them is taken for a slip of the finger."""

from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

#: A word met less often in the dictionary's texts may be a slip itself.
FEWEST_MET = 100


def is_common(word: str) -> bool:
    """Whether this is a word that English texts use, whatever a clinic's site says."""
    return word in _words()


def is_nearer_to_common(word: str, slips: int) -> bool:
    """Whether a common word is fewer slips away than this."""
    if slips < 2:
        return False
    found = process.extractOne(word, _words(), scorer=OSA.distance, score_cutoff=slips - 1)
    return found is not None


@cache
def _words() -> frozenset[str]:
    """Some 47,000 words, read when the first search of a process needs them: a fifth of a second, 10 MB."""
    met = SpellChecker(language="en").word_frequency.items()
    return frozenset(word for word, times in met if times >= FEWEST_MET)
