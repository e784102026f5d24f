"""The words of a stored section as plain text, without asking the database for its pictures."""

from collections.abc import Iterator
from html import unescape
from itertools import chain, islice

from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from clinicsite.core.structured_data import without_citations
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.stored_blocks import leaves


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
    for leaf, text in leaves(block, raw):
        if not isinstance(text, str):
            continue
        if isinstance(leaf, blocks.RichTextBlock):
            yield unescape(get_text_for_indexing(without_citations(text)))
        elif isinstance(leaf, blocks.CharBlock | blocks.TextBlock):
            yield text
