"""The words of a stored section as plain text, without asking the database for its pictures."""

from collections.abc import Iterator
from html import unescape
from itertools import chain, islice

from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from clinicsite.core.structured_data import without_citations
from clinicsite.library.models.overrides import SectionOverride


def first_words(body, count=20) -> str:
    """The beginning of a section's stored body in so many words, with an ellipsis where it goes on."""
    block = SectionOverride._meta.get_field("body").stream_block
    words = list(islice(chain.from_iterable(_joined(texts_in(block, body))), count + 1))
    return " ".join(words) if len(words) <= count else " ".join(words[:count]) + " …"


def _joined(texts):
    """The words of each text; one that ends without a mark, as headings do, leads to the next by a colon."""
    before: list[str] = []
    for words in filter(None, (text.split() for text in texts)):
        if before and before[-1][-1].isalnum():
            before[-1] += ":"
        yield before
        before = words
    yield before


def texts_in(block, raw) -> Iterator[str]:
    """Every text that a stored value of this block shows, plain, in reading order."""
    if raw is None:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield unescape(get_text_for_indexing(without_citations(raw)))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield raw
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            yield from texts_in(block.child_block, _value_of(item))
    else:
        for child, value in _children(block, raw):
            yield from texts_in(child, value)


def _children(block, raw):
    if isinstance(block, blocks.StructBlock):
        return [(child, raw.get(name)) for name, child in block.child_blocks.items()]
    if isinstance(block, blocks.StreamBlock):
        known = (child for child in raw if child["type"] in block.child_blocks)
        return [(block.child_blocks[child["type"]], child["value"]) for child in known]
    return []


def _value_of(item):
    """Items are stored as {"type": "item", "value": …, "id": …}; very old ones as the bare value."""
    return item["value"] if isinstance(item, dict) and {"id", "type", "value"} <= item.keys() else item
