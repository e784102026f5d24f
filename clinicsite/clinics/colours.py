"""Colours as WCAG 2.2 sees them. No Django here."""

import re

_HEX = re.compile(r"#[0-9a-fA-F]{6}")

#: WCAG 2.2, success criterion 1.4.3: contrast of text.
AA_TEXT = 4.5
#: WCAG 2.2, success criterion 1.4.11: contrast of borders, icons and other parts of a control.
AA_NON_TEXT = 3.0

WHITE = "#ffffff"


def is_hex(colour: str) -> bool:
    """Whether this is a colour such as #1a6b5c."""
    return bool(_HEX.fullmatch(colour))


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
