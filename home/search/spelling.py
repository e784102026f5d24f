"""Which known word was meant by one that is not known. No Django here."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

#: Two words run together are each at least this long.
SHORTEST_PART = 3


def nearest(word: str, known: Mapping[str, int], limit: int) -> str | None:
    """The known word at most `limit` slips of the finger away; None where none is so near.

    A slip is a letter missing, wrong, too many or swapped with the next: optimal string alignment, Damerau
    1964, Communications of the ACM 7(3), each letter edited once. `known` gives each word a weight: of two
    that are equally near the heavier one is meant.
    """
    if limit < 1:
        return None
    near = ((OSA.distance(word, other, score_cutoff=limit), other) for other in known)
    found = [
        (slips, other[0] != word[0], -known[other], other) for slips, other in near if 0 < slips <= limit
    ]
    return min(found)[-1] if found else None


def parted(word: str, known: Iterable[str]) -> tuple[str, str] | None:
    """The two known words that were written as one, as in dryneedling."""
    known = set(known)
    for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        if word[:place] in known and word[place:] in known:
            return word[:place], word[place:]
    return None


def slips_allowed(word: str) -> int:
    """How many slips a word of this length can have and still be told from others."""
    if len(word) < 3 or not word.isalpha():
        return 0
    return 1 if len(word) < 6 else 2
