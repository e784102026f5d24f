"""Whether what was typed may be an emergency. No Django here.

It is asked before anything else is looked for, and leans to the side of help: shown once too often it costs
a glance, missed once it may cost a life. So the words of a phrase count in any order, in any form, a little
apart and with a slip of the finger; a real word is never taken for a slip of another one.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from clinicsite.home.search.words import stem, words_in

#: So many other words may stand between those of one phrase: pain all over my left chest.
MOST_BETWEEN = 2
#: Letters of a word -> slips that it can have.
SLIPS = ((8, 2), (5, 1))
#: Words that may stand anywhere and change nothing. What denies, or says when, is not among them.
NOISE = frozenset(
    word
    for line in (
        "a am an and are at be been being do got had has have having her his i im in is it its just ive my",
        "of on our really she so some that the their there they this to very was we were with you your",
    )
    for word in line.split()
)
#: Ways to say that one cannot, made one.
_CANNOT = {("can", "not"): "cant", ("could", "not"): "cant", ("will", "not"): "wont"}
_AS_ONE = {"cannot": "cant", "couldnt": "cant", "unable": "cant"}

#: Whether a word is a real one.
IsWord = Callable[[str], bool]


def names_one_of(typed: str, phrases: Iterable[str], harmless: Iterable[str], is_word: IsWord) -> bool:
    """Whether one of the phrases is meant by what was typed.

    A phrase all of whose words are part of a harmless one that was typed as well is not meant: "stroke rehab"
    is no stroke, but "stroke rehab, chest pain" is chest pain.
    """
    asked = _telling(typed)
    meant = [words for words in map(_phrase, phrases) if words and _is_in(asked, words, is_word)]
    if not meant:
        return False
    excused = {
        stem(word)
        for words in map(_phrase, harmless)
        if words and _is_in(asked, words, is_word)
        for word in words
    }
    return any(not {stem(word) for word in words} <= excused for words in meant)


@lru_cache(maxsize=2_000)
def _phrase(text: str) -> tuple[str, ...]:
    """The telling words of a phrase, kept; what a patient typed never is."""
    return _telling(text)


def _telling(text: str) -> tuple[str, ...]:
    """The words of a text that say something; can not, cannot and can't are the same."""
    words: list[str] = []
    for word in words_in(text):
        joined = _CANNOT.get((words[-1], word)) if words else None
        if joined:
            words[-1] = joined
        else:
            words.append(_AS_ONE.get(word, word))
    return tuple(word for word in words if word not in NOISE) or tuple(words)


def _is_in(asked: tuple[str, ...], phrase: tuple[str, ...], is_word: IsWord) -> bool:
    if len(phrase) == 2 and "".join(phrase) in asked:
        return True
    places = []
    for one in phrase:
        found = {at for at, word in enumerate(asked) if _is_meant(word, one, is_word)}
        if not found:
            return False
        places.append(found)
    return _narrowest(places) <= len(phrase) + MOST_BETWEEN


def _narrowest(places: list[set[int]]) -> int:
    """How many words on end hold each word of the phrase, at the least."""
    choices = (sorted(choice) for choice in product(*places))
    return min(choice[-1] - choice[0] + 1 for choice in choices)


def _is_meant(typed: str, word: str, is_word: IsWord) -> bool:
    if stem(typed) == stem(word):
        return True
    slips = next((slips for letters, slips in SLIPS if len(word) >= letters), 0)
    is_near = bool(slips) and OSA.distance(typed, word, score_cutoff=slips) <= slips
    # The dictionary is asked last: it takes a moment to read.
    return is_near and not is_word(typed)
