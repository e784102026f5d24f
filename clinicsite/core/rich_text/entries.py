"""Entries of a list: one line of words, of which some may be a link.

They were plain words before they could be links, and are still stored so on pages that nobody has saved
since, in what clinics have kept of the library, and in versions of long ago.
"""

import re
from html import escape, unescape

_MARKUP = re.compile(r"\s*<p[\s>]")
_BETWEEN = re.compile(r"</p>\s*<p(?:\s[^>]*)?>")
_AROUND = re.compile(r"</?p(?:\s[^>]*)?>")
_TAG = re.compile(r"<[^>]*>")


def as_markup(stored: str) -> str:
    """An entry as rich text, whether it is stored so or as plain words."""
    return stored if not stored or _MARKUP.match(stored) else f"<p>{escape(stored, quote=False)}</p>"


def in_one_line(html: str) -> str:
    """What stands inside an entry's paragraph; several paragraphs are lines."""
    return _AROUND.sub("", _BETWEEN.sub("<br>", html))


def plain_words(stored: str) -> str | None:
    """The words of an entry that leads nowhere, plain; None for one with a link."""
    inner = in_one_line(as_markup(stored))
    return None if _TAG.search(inner) else unescape(inner)
