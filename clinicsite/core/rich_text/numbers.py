"""Phone numbers in running text as links, whether somebody has typed them or a token has put them there."""

import re
from collections.abc import Callable, Iterator

import phonenumbers
from django.utils.html import escape

from clinicsite.core.phones import REGION, Number, parsed

#: Whether it is worth while to look closer; nearly no text has so many digits together.
_LIKELY = re.compile(r"\d(?:[\s\u00a0().+-]{0,3}\d){9}")
_TAG = re.compile(r"(<[^>]*>)")
#: What is written before a number that nobody answers by voice.
_FAX = re.compile(r"\bfax\W*$", re.IGNORECASE)

#: Where a number leads: "" for none, such as a fax; None where the asked does not know the number.
AddressFinder = Callable[[Number], str | None]
_finders: list[AddressFinder] = []


def register_number_addresses(finder: AddressFinder) -> None:
    """Have a room say where the numbers lead that it knows, such as a clinic's own."""
    if finder not in _finders:
        _finders.append(finder)


def numbers_in(text: str) -> Iterator[tuple[int, int, Number]]:
    """(start, end, number) of each phone number in a plain text, written as people write one."""
    if not _LIKELY.search(text):
        return
    leniency = phonenumbers.Leniency.STRICT_GROUPING
    for match in phonenumbers.PhoneNumberMatcher(text, REGION, leniency=leniency):
        yield match.start, match.end, parsed(match.number)


def with_linked_numbers(html: str) -> str:
    """Markup in which each phone number leads to a call; what is a link already stays as it is."""
    if not _LIKELY.search(html):
        return html
    pieces, depth = [], 0
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            depth += _is_link(piece, "<a") - _is_link(piece, "</a")
        pieces.append(piece if depth or piece.startswith("<") else _linked(piece))
    return "".join(pieces)


def _is_link(tag, beginning):
    return bool(re.match(rf"{beginning}[\s>]", tag, re.IGNORECASE))


def _linked(text):
    parts, done = [], 0
    for start, end, number in numbers_in(text):
        address = "" if _FAX.search(text[:start]) else _address_of(number)
        if address:
            parts += [text[done:start], f'<a href="{escape(address)}">{text[start:end]}</a>']
            done = end
    return "".join([*parts, text[done:]])


def _address_of(number):
    known = (finder(number) for finder in _finders)
    return next((address for address in known if address is not None), f"tel:{number}")
