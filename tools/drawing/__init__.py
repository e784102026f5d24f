"""Calm drawn pictures, portraits and logo marks for the demo clinics, the same every time."""

from .faces import HAIR_STYLES
from .logos import LOGO_MARKS, LOGO_SIZE, draw_logo
from .output import file_suffix, to_bytes
from .palette import NEUTRAL, Palette
from .pictures import PICTURE_SIZE, PICTURES, draw
from .portraits import PORTRAIT_SIZE, draw_portrait

__all__ = [
    "HAIR_STYLES",
    "LOGO_MARKS",
    "LOGO_SIZE",
    "NEUTRAL",
    "PICTURES",
    "PICTURE_SIZE",
    "PORTRAIT_SIZE",
    "Palette",
    "draw",
    "draw_logo",
    "draw_portrait",
    "file_suffix",
    "to_bytes",
]
