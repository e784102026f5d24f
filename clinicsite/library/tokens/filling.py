"""A clinic's words in place of tokens: in plain text, in rich text, in everything a block has stored."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.utils.html import escape
from wagtail import blocks

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
    parts = urlsplit(address)
    is_elsewhere = parts.scheme in ("http", "https") and bool(parts.netloc)
    return is_elsewhere or (address.startswith("/") and not parts.scheme and not parts.netloc)


def fill_raw(block, raw, values: Mapping[str, str]):
    """Fill the tokens in a block's stored value, leaving keys, addresses and choices alone.

    `block` is the definition that `raw`, the stored JSON, belongs to. Returns a new value.
    """
    if raw is None:
        return None
    if isinstance(block, blocks.RichTextBlock):
        return fill_html(raw, values)
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return fill(raw, values)
    if isinstance(block, blocks.StructBlock):
        return {name: _fill_child(block.child_blocks, name, value, values) for name, value in raw.items()}
    if isinstance(block, blocks.StreamBlock):
        return [
            {**child, "value": _fill_child(block.child_blocks, child["type"], child["value"], values)}
            for child in raw
        ]
    if isinstance(block, blocks.ListBlock):
        return [_fill_item(block.child_block, item, values) for item in raw]
    return raw


def _fill_child(child_blocks, name, value, values):
    child = child_blocks.get(name)
    return value if child is None else fill_raw(child, value, values)


def _fill_item(child_block, item, values):
    """Items are stored as {"type": "item", "value": …, "id": …}; very old ones as the bare value."""
    if isinstance(item, dict) and {"id", "type", "value"} <= item.keys():
        return {**item, "value": fill_raw(child_block, item["value"], values)}
    return fill_raw(child_block, item, values)
