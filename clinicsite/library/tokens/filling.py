"""A clinic's words in place of tokens: in plain text, in rich text, in everything a block has stored."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from wagtail import blocks

from clinicsite.core.addresses import parts_or_none
from clinicsite.library.stored_blocks import with_leaves
from clinicsite.library.tokens import phrases
from clinicsite.library.tokens.names import LINK_TOKENS, TOKENS


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put a clinic's words in place of its tokens in plain text.

    A token without a value leaves nothing, and takes the optional phrase around it along.
    """
    if "{" not in text:
        return text
    values = _of_all_tokens(values)
    return _put_in(text, values) if phrases.is_simple(text, values) else phrases.fill_text(text, values)


def fill_html(html: str, values: Mapping[str, str]) -> str:
    """As `fill`, for rich text: values are escaped, and a link to a token without a value is plain text."""
    if "{" not in html:
        return html
    escaped = _of_all_tokens({name: escape(value) for name, value in values.items()})
    if phrases.is_simple(html, escaped):
        return _put_in(html, escaped)
    safe = {name: escaped[name] for name in LINK_TOKENS if _is_safe_address(values.get(name, ""))}
    return phrases.fill_markup(html, escaped, safe)


def _of_all_tokens(values: Mapping[str, str]) -> dict[str, str]:
    return {name: values.get(name, "") for name in TOKENS}


def _put_in(text: str, values: Mapping[str, str]) -> str:
    return phrases.TOKEN.sub(lambda match: values.get(match[1], match[0]), text)


def _is_safe_address(address: str) -> bool:
    """Whether an address leads to a web page: one of this site, or one elsewhere."""
    parts = parts_or_none(address)
    if parts is None:
        return False
    is_elsewhere = parts.scheme in ("http", "https") and bool(parts.netloc)
    return is_elsewhere or (address.startswith("/") and not parts.scheme and not parts.netloc)


def fill_raw(block: blocks.Block, raw: Any, values: Mapping[str, str]) -> Any:
    """Fill the tokens in a block's stored value, leaving keys, addresses and choices alone.

    `block` is the definition that `raw`, the stored JSON, belongs to. Returns a new value.
    """

    def filled(leaf: blocks.Block, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        if isinstance(leaf, blocks.RichTextBlock):
            return fill_html(text, values)
        return fill(text, values) if isinstance(leaf, blocks.CharBlock | blocks.TextBlock) else text

    return with_leaves(block, raw, filled)
