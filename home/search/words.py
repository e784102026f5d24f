"""Words as a search compares them: without case, accents and endings. No Django here."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

#: Nobody types more to find a page; what is longer is cut.
MOST_LETTERS = 100
MOST_WORDS = 10

#: A word of letters and digits, with an apostrophe inside it. One letter before that is a word of its own, as
#: it is to the databases: l'épaule, O'Brien.
_WORD = re.compile(r"[^\W_]{2,}(?:['’][^\W_]+)*|[^\W_]")
_POSSESSIVE = re.compile(r"['’]s?$|['’](?=s\b)")
#: Letters before a plural s that make no syllable: RMTs, PTs.
_ABBREVIATIONS = re.compile(r"[^aeiouy]{2,}s")

#: Words that say nothing about what is looked for.
STOP_WORDS = frozenset(
    word
    for line in (
        "a about accept accepts after all also am an and any are as at be been between but by can could did",
        "do does for from get had has have how i if in into is it its like me my myself no not of offer",
        "offers on or our please she should so some take takes taking than that the their them there these",
        "they this to us was we were what when where which who why will with would you your yourself",
        # What is left of short forms once their apostrophes are gone: I've, we'll, can't.
        "ve ll re arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt shouldnt thats theres theyre",
        "wasnt werent weve wont wouldnt youre youve whats wheres whens whos hows im ive lets",
    )
    for word in line.split()
)


def typed_text(raw: str) -> str:
    """What a person typed, on one line, without control characters, cut to a length."""
    text = unicodedata.normalize("NFKC", raw[: 4 * MOST_LETTERS])
    text = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in text)
    return " ".join(text.split())[:MOST_LETTERS].strip()


def words_in(text: str) -> list[str]:
    """The words of a text in lower case, in their order; an apostrophe and its s are left out."""
    return [word for word, _, _ in placed_words(text)]


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """(word, where it begins, where it ends) for each word of a text."""
    for match in _WORD.finditer(text):
        yield _bare(match.group()), match.start(), match.end()


def asked_words(text: str) -> list[str]:
    """The words worth looking for, each once; all of them where none is."""
    words = list(dict.fromkeys(words_in(text)))
    telling = [word for word in words if len(word) > 1 and word not in STOP_WORDS]
    return (telling or words)[:MOST_WORDS]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without accents and its English endings: needle, needles and needling are one.

    The endings are Snowball's (Porter 2001, snowballstem.org), which leave an abbreviation its s.
    """
    word = _plain(word)
    if _ABBREVIATIONS.fullmatch(word):
        return word[:-1]
    # A stemmer keeps the word in hand inside it, so no two threads may share one; a new one costs nothing.
    return snowballstemmer.stemmer("english").stemWord(word)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word.casefold()).replace("'", "").replace("’", "")


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))
