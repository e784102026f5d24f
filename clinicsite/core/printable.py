"""Text that every output can carry.

A soft line break of a word processor is pasted as U+000B, and half an emoji is left where somebody cut one in
two. XML holds neither, and so one title breaks a feed for all its readers. No Wagtail here.
"""

import re
import unicodedata
from typing import Any

#: What somebody meant as a break, and what nobody can have meant. Source: XML 1.0, 2.2.
_BREAKS = re.compile("[\x0b\x0c]+ ?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """A text without what XML cannot hold; a break that it has no sign for becomes a space."""
    return _UNPRINTABLE.sub("", _BREAKS.sub(" ", text)) if _UNPRINTABLE.search(text) else text


def is_seen(text: str) -> bool:
    """Whether anything of a text can be seen: a letter, digit or sign, and no spaces of any kind alone."""
    return any(unicodedata.category(letter)[0] in "LNPS" for letter in text)


def is_printable(raw: Any) -> bool:
    """Whether every text in a value of JSON, keys aside, is printable."""
    if isinstance(raw, str):
        return not _UNPRINTABLE.search(raw)
    if isinstance(raw, dict):
        return all(is_printable(value) for value in raw.values())
    return not isinstance(raw, list | tuple) or all(is_printable(value) for value in raw)


def all_printable(raw: Any) -> Any:
    """A value of JSON with every text in it made printable."""
    if isinstance(raw, str):
        return printable(raw)
    if isinstance(raw, dict):
        return {key: all_printable(value) for key, value in raw.items()}
    return type(raw)(all_printable(value) for value in raw) if isinstance(raw, list | tuple) else raw
