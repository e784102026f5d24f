"""Words in curly braces that each clinic fills with its own: {clinic}, {phone}, {city}."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.html import escape
from wagtail import blocks

#: Every token, and what stands in its place. Shown to editors wherever one is refused.
TOKENS = {
    "clinic": "the clinic's name",
    "phone": "the primary location's main phone number",
    "email": "the clinic's e-mail address",
    "city": "the primary location's city",
    "province": "the clinic's province or state",
    "booking_url": "the address of the clinic's online booking",
    "free_consultation": "the clinic's words for its free consultation",
}

_BRACES = re.compile(r"\{([^{}]*)\}")


def unknown_tokens(texts: Iterable[str]) -> list[str]:
    """The names in braces that are no token, each once, in the order they appear."""
    found = (name for text in texts for name in _BRACES.findall(text))
    return list(dict.fromkeys(name for name in found if name not in TOKENS))


def validate_tokens(texts: Iterable[str]) -> None:
    """Refuse unknown tokens, naming them and the known ones."""
    unknown = unknown_tokens(texts)
    if unknown:
        wrong = ", ".join(f"{{{name}}}" for name in unknown)
        known = ", ".join(f"{{{name}}}" for name in TOKENS)
        raise ValidationError(f"Unknown token: {wrong}. Use one of {known}, or write without braces.")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put a clinic's words in place of its tokens in plain text; a token without a value leaves nothing."""
    return _BRACES.sub(lambda match: _value(match, values), text)


def fill_html(html: str, values: Mapping[str, str]) -> str:
    """As `fill`, for rich text: values are escaped."""
    return fill(html, {name: escape(value) for name, value in values.items()})


def _value(match: re.Match, values: Mapping[str, str]) -> str:
    name = match.group(1)
    return values.get(name, "") if name in TOKENS else match.group(0)


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
