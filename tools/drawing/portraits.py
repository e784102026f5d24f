"""Drawn portraits of practitioners."""

from collections.abc import Mapping

from PIL import Image

from .canvas import Canvas
from .faces import HAIR_STYLES, Look, bust
from .geometry import Frame
from .palette import NEUTRAL, Palette, parse_hex

PORTRAIT_SIZE = (900, 1100)


def draw_portrait(appearance: Mapping[str, object], palette: Palette = NEUTRAL) -> Image.Image:
    """
    Draw a practitioner, 900 by 1100.

    `appearance` has skin, hair and top as "#rrggbb", hair_style (one of HAIR_STYLES), and optionally
    the booleans glasses and beard. ValueError names a colour or hair style that cannot be drawn.
    """
    look = _look(appearance)
    canvas = Canvas(*PORTRAIT_SIZE, palette.main(0.92, 0.5))
    canvas.gradient(palette.main(0.93, 0.5), palette.main(0.87, 0.55))
    canvas.ellipse((450, 520), 365, 365, palette.sand(0.93, 1.2))
    canvas.glow((330, 330), 560, palette.white, 0.6)
    canvas.tint(lambda mask: mask.ellipse((450, 1080), 380, 90, palette.ink), palette.ink, 0.12, blur=50)
    bust(canvas, Frame(450, 462, 1.36), look)
    return canvas.finish()


def _look(appearance: Mapping[str, object]) -> Look:
    style = appearance["hair_style"]
    if style not in HAIR_STYLES:
        raise ValueError(f"{style!r} is not a hair style. Choose one of {', '.join(HAIR_STYLES)}.")
    skin, hair, top = (parse_hex(str(appearance[part])) for part in ("skin", "hair", "top"))
    glasses, beard = bool(appearance.get("glasses")), bool(appearance.get("beard"))
    return Look(skin, hair, top, str(style), glasses, beard)
