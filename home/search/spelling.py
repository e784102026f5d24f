"""Which known word was meant by one that is not known. No Django here."""

from collections.abc import Iterable, Mapping

#: Two words run together are each at least this long.
SHORTEST_PART = 3


def nearest(word: str, known: Mapping[str, int], limit: int) -> str | None:
    """The known word at most `limit` slips of the finger away; None where none is so near.

    `known` gives each word a weight: of two that are equally near the heavier one is meant.
    """
    if limit < 1:
        return None
    near = ((distance(word, other, limit), other) for other in known if abs(len(other) - len(word)) <= limit)
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


def distance(one: str, other: str, limit: int) -> int:
    """How many letters are missing, wrong, too many or swapped with the next; `limit + 1` for more.

    Optimal string alignment: Damerau 1964, Communications of the ACM 7(3), each letter edited once.
    """
    before_last, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, its in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before_last, last = last, current
    return min(last[-1], limit + 1)
