"""Sentences of a clinic's own that speak of fees or claim something, and which of them are new."""

import re
from collections.abc import Iterator
from html import unescape

from django.utils.html import strip_tags
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from clinicsite.library.models import SectionOverride
from clinicsite.library.stored_blocks import leaves
from clinicsite.locations.models import LocationPage
from clinicsite.modalities.models import EvidenceStatement
from clinicsite.provisioning.bulk.own_words import NO_ROWS, word_fields

#: Pages that never wait: patients must read today's hours today.
NEVER = (LocationPage,)
_FEE = re.compile(
    r"[$€£]\s?\d|\b\d[\d.,]*\s?(?:[$€£]|(?:CAD|USD|dollars?|cents)\b)"
    r"|\b(?:fees?|prices?|discount\w*|free of charge|no charge|per (?:visit|session))\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\d\s?%|\b(?:\d+ (?:in|out of) (?:every )?\d+|per ?cent|cur(?:e|es|ed|ing)|guarantee\w*|proven|proves?"
    r"|evidence|stud(?:y|ies)|research|effective\w*|heal(?:s|ed)?|eliminat\w+|pain(?:less|-free)|risk-free"
    r"|side effects?|safe(?:r|st|ly)?|the best)\b",
    re.IGNORECASE,
)
_CITES = re.compile(r'linktype="clinicsite-(?:own-)?citation"')
_CITATION = re.compile(r'<a [^>]*linktype="clinicsite-(?:own-)?citation"[^>]*>[^<]*</a>')
_END = re.compile(r"(?<=[.!?])\s+|</(?:p|li|h[1-6])>|<br/?>|\n")


def new_risks(draft: Page, live: Page | None) -> list[str]:
    """A draft’s sentences about fees or with claims that stand neither live nor in the library.

    Args:
        draft: a clinic's page as it would be published.
        live: the page as patients read it; None where they read none.
    """
    if isinstance(draft, NEVER):
        return []
    found = list(dict.fromkeys(risks_of(draft)))
    if not found:
        return []
    known = set(sentences_of(live)) if live is not None else set()
    source = getattr(draft, "library_page", None)
    known |= set(sentences_of(source)) if source is not None else set()
    return [sentence for sentence in found if sentence not in known]


def risks_of(page: Page) -> Iterator[str]:
    """The sentences of a page's own that speak of a fee or claim something."""
    for text, is_claim in _texts(page):
        for raw, sentence in _sentences(text):
            if is_claim or _CITES.search(raw) or _FEE.search(sentence) or _CLAIM.search(sentence):
                yield sentence


def sentences_of(page: Page) -> Iterator[str]:
    """All sentences of a page's own."""
    return (sentence for text, _is_claim in _texts(page) for _raw, sentence in _sentences(text))


def _texts(page):
    """(stored text, whether it is a claim whatever it says) of all that a page says of its own."""
    yield from ((text, False) for text in _texts_of(page))
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name in NO_ROWS:
            continue
        for row in getattr(page, name).all():
            is_claim = isinstance(row, EvidenceStatement)
            yield from ((text, is_claim) for text in _texts_of(row))


def _texts_of(thing):
    for field in word_fields(type(thing)):
        # Why a clinic says something else is for itself, and not for patients.
        if isinstance(thing, SectionOverride) and field.name not in ("heading", "body"):
            continue
        value = getattr(thing, field.name)
        if isinstance(field, StreamField):
            for leaf, raw in leaves(field.stream_block, list(value.raw_data)):
                is_words = isinstance(leaf, blocks.RichTextBlock | blocks.CharBlock | blocks.TextBlock)
                if is_words and isinstance(raw, str):
                    yield raw
        elif value:
            yield value if isinstance(field, RichTextField) else str(value)


def _sentences(text):
    """(as stored, plain) of each sentence."""
    for raw in _END.split(text):
        sentence = " ".join(unescape(strip_tags(_CITATION.sub("", raw or ""))).split())
        if sentence:
            yield raw, sentence
