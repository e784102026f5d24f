"""From stored rich text and stored blocks to the plain words a patient reads. No Django models here."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from clinicsite.core.rich_text.entries import as_markup

#: A citation shows as a number that means nothing outside the page.
_CITATION = re.compile(r'<a [^>]*linktype="clinicsite-(?:own-)?citation"[^>]*>.*?</a>', re.DOTALL)
_BREAK = re.compile(r"</(?:p|li|ul|ol|h[2-6]|blockquote|div)>|<br\s*/?>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(html: str) -> str:
    """The words of rich text, a line for each paragraph and list item, without citations."""
    broken = _BREAK.sub("\n", without_citations(html or ""))
    text = _SPACES.sub(" ", unescape(strip_tags(broken)))
    return _LINES.sub("\n", text).strip()


def without_citations(html: str) -> str:
    """Stored rich text without its citations, whose words nobody reads as a part of the sentence."""
    return _CITATION.sub("", html)


def words_of(body: Iterable[dict]) -> str:
    """The words of a section's stored body: running text, steps, lists and callouts, a line for each."""
    lines = [line for block in body for line in _lines_of(block)]
    return "\n".join(line for line in lines if line)


def questions_in(sections: Iterable[dict]) -> list[tuple[str, str]]:
    """(question, answer) for each question in the stored sections, in reading order."""
    blocks = (block for section in sections for block in section["value"].get("body") or ())
    asked = (item for block in blocks if block["type"] == "questions" for item in _items(block["value"]))
    return [(item["question"], plain_text(item["answer"])) for item in asked]


def _lines_of(block: dict) -> Iterator[str]:
    read = _READERS.get(block["type"])
    if read is not None:
        yield from read(block["value"])


def _paragraph(value: str) -> Iterator[str]:
    yield plain_text(value)


def _titled(value: dict) -> Iterator[str]:
    yield value.get("intro") or ""
    for item in _items(value):
        yield item.get("title") or ""
        yield plain_text(item.get("text") or "")


def _groups(value: dict) -> Iterator[str]:
    for group in _items(value, "groups"):
        yield group["heading"]
        yield from (plain_text(as_markup(entry)) for entry in _items(group))


def _callout(value: dict) -> Iterator[str]:
    yield value.get("heading") or ""
    yield plain_text(value["text"])


def _items(value: dict, name: str = "items") -> list[Any]:
    """The entries of a stored list; each is wrapped with an id, or in very old pages bare."""
    entries = value.get(name) or ()
    return [e["value"] if isinstance(e, dict) and e.get("type") == "item" else e for e in entries]


_READERS: dict[str, Callable[[Any], Iterator[str]]] = {
    "paragraph": _paragraph,
    "steps": _titled,
    "benefits": _titled,
    "grouped_list": _groups,
    "callout": _callout,
}
