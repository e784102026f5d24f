"""Tags that mean one topic, however they are written. No Django here.

A tag's address is made of its own letters alone. So nobody sees in it that another clinic has a tag like it,
and `Dry Needling`, `dry-needling` and `dry  needling` lead to the same posts.
"""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar
from unicodedata import normalize

from clinicsite.core.printable import printable

#: What stands between words: spaces, hyphens and dashes of any kind, and the low line.
_BETWEEN = re.compile(r"[\s\-_\u2010-\u2015\u2212]+")

#: What somebody ends a tag with who writes it as a sentence; a hashtag's sign goes as well.
_AFTER = ".,;:!?"


class Tag(Protocol):
    """A tag: its name as somebody wrote it, and its address."""

    name: str
    slug: str


AnyTag = TypeVar("AnyTag", bound=Tag)


def topic_of(name: str) -> str:
    """The address of a tag: its words in small letters, a hyphen between; other signs stay, as in `c#`."""
    text = normalize("NFKC", printable(name)).casefold()
    words = list(filter(None, _BETWEEN.split(text)))
    plain = "-".join(words).removeprefix("#").rstrip(_AFTER)
    return plain or "-".join(words) or "-"


def one_of_each(tags: Iterable[AnyTag]) -> list[AnyTag]:
    """The tags without those that mean a topic that is there already; the first of each stays."""
    return list({tag.slug: tag for tag in reversed(list(tags))}.values())[::-1]
