"""Claims that stand out on a page, and whether the findings they rest on have been read in the paper itself.

A finding that nobody has confirmed may be told in running text, where the release screen names it. It may
not carry what a reader remembers: a callout, a benefit, or the words on how strong the evidence is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags

from clinicsite.core.rendering import key_or_none
from clinicsite.modalities.models.references import Reference

_CITATION = re.compile(r'<a [^>]*linktype="clinicsite-(?:own-)?citation"[^>]*>.*?</a>')
#: Those of the library's references: only of these is it known whether somebody has read the paper.
_OF_THE_LIBRARY = re.compile(r'<a [^>]*linktype="clinicsite-citation"[^>]*>.*?</a>')
_ID = re.compile(r'\bid="([^"]*)"')
#: Where one statement ends and the next begins, in stored rich text.
_END = re.compile(r"(?<=[.!?])\s+|</(?:p|li|h[1-6])>|<br/?>")
#: The blocks whose words stand out from the text around them.
STANDING_OUT = ("callout", "benefits", "comparison")


@dataclass(frozen=True)
class Claim:
    """One sentence that cites references."""

    words: str
    reference_ids: frozenset[int]
    stands_out: bool


def claims_in(body: Iterable[dict]) -> Iterator[Claim]:
    """The sentences of a stored body that cite something."""
    for block in body:
        for text in _texts(block.get("value")):
            yield from _claims(text, block.get("type") in STANDING_OUT)


def unconfirmed(claims: Iterable[Claim]) -> list[Claim]:
    """Those that rest on findings alone which nobody has confirmed; one query for any number of claims."""
    claims = list(claims)
    cited = {key for claim in claims for key in claim.reference_ids}
    doubtful = set(
        Reference.objects.filter(pk__in=cited, is_finding_confirmed=False).values_list("pk", flat=True)
    )
    return [claim for claim in claims if claim.reference_ids <= doubtful]


def _claims(text, stands_out):
    for sentence in filter(None, _END.split(text)):
        cited = (_ID.search(tag) for tag in _OF_THE_LIBRARY.findall(sentence))
        keys = {key_or_none(match[1]) for match in cited if match} - {None}
        if keys:
            yield Claim(_plain(sentence), frozenset(keys), stands_out)


def _plain(sentence):
    return " ".join(unescape(strip_tags(_CITATION.sub("", sentence))).split()).replace(" .", ".")


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
