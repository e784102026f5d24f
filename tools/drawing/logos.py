"""Simple logo marks in one colour on a transparent ground."""

import math
from collections.abc import Callable

from PIL import Image

from .canvas import Canvas
from .geometry import Frame, circle_points, spline
from .palette import parse_hex

LOGO_SIZE = 512
INK = (0, 0, 0)


def draw_logo(mark: str, colour: str) -> Image.Image:
    """
    Draw a mark (one of LOGO_MARKS) in a colour "#rrggbb" on a transparent ground, 512 by 512.

    ValueError names a mark or colour that cannot be drawn.
    """
    if mark not in LOGO_MARKS:
        raise ValueError(f"{mark!r} is not a logo mark. Choose one of {', '.join(LOGO_MARKS)}.")
    solid = _mask(LOGO_MARKS[mark])
    gaps = _mask(LOGO_GAPS[mark]).point(lambda level: 255 - level)
    clear = Image.new("L", solid.size, 0)
    logo = Image.new("RGBA", solid.size, (*parse_hex(colour), 0))
    logo.putalpha(Image.composite(solid, clear, gaps))
    return logo


def _mask(shape: Callable[[Canvas], None]) -> Image.Image:
    canvas = Canvas(LOGO_SIZE, LOGO_SIZE, mode="L")
    shape(canvas)
    return canvas.finish()


def _leaf(canvas: Canvas) -> None:
    upper = spline([(64, 448), (62, 300), (132, 176), (262, 96), (452, 60)])
    lower = spline([(452, 60), (416, 250), (336, 380), (212, 450), (64, 448)])
    canvas.fill([*upper, *lower], INK)


def _leaf_veins(canvas: Canvas) -> None:
    canvas.tube([(40, 472), (190, 306), (372, 140)], [20, 16, 8], INK)
    for start, end in (
        ((180, 318), (186, 222)),
        ((258, 246), (272, 158)),
        ((196, 306), (296, 316)),
        ((272, 232), (362, 232)),
    ):
        canvas.tube([start, end], [14, 7], INK)


def _anchor(canvas: Canvas) -> None:
    ring = circle_points((256, 104), 44, 44)
    canvas.line([*ring, ring[0]], 30, INK, smooth=False)
    canvas.line([(256, 168), (256, 440)], 38, INK)
    canvas.line([(166, 204), (346, 204)], 36, INK)
    arms = [(84, 300), (100, 372), (164, 430), (256, 452), (348, 430), (412, 372), (428, 300)]
    canvas.line(arms, 38, INK)
    for x, outer, inner in ((84, 34, 142), (428, 478, 370)):
        canvas.fill([(x, 232), (outer, 334), (inner, 322)], INK)


def _wheel(canvas: Canvas) -> None:
    ring = circle_points((256, 256), 164, 164)
    canvas.line([*ring, ring[0]], 34, INK, smooth=False)
    for turn in range(8):
        spoke = Frame(256, 256, 1, turn * 45)
        canvas.line(spoke([(0, 0), (0, -160)]), 20, INK)
        canvas.line(spoke([(0, -160), (0, -214)]), 38, INK)
    canvas.ellipse((256, 256), 48, 48, INK)


def _wheel_hub(canvas: Canvas) -> None:
    canvas.ellipse((256, 256), 20, 20, INK)


def _wheat(canvas: Canvas) -> None:
    canvas.tube([(256, 480), (256, 300), (256, 150)], [22, 18, 12], INK)
    kernel = [(0, 0), (34, -30), (38, -72), (0, -112), (-18, -70), (-18, -28)]
    for row in range(4):
        for is_left in (False, True):
            frame = Frame(
                256 + (-14 if is_left else 14), 386 - row * 76, 0.94, -38 if is_left else 38, is_left
            )
            canvas.blob(frame(kernel), INK)
    canvas.blob([(256, 150), (284, 108), (280, 62), (256, 26), (232, 62), (228, 108)], INK)


def _wave(canvas: Canvas) -> None:
    for y in (156, 256, 356):
        crest = [(x, y + 30 * math.cos((x - 56) / 400 * 4 * math.pi)) for x in range(56, 457, 4)]
        canvas.line(crest, 42, INK, smooth=False)


def _nothing(canvas: Canvas) -> None:
    """A mark without gaps."""


LOGO_MARKS = {"leaf": _leaf, "anchor": _anchor, "wheel": _wheel, "wheat": _wheat, "wave": _wave}
LOGO_GAPS = {
    "leaf": _leaf_veins,
    "anchor": _nothing,
    "wheel": _wheel_hub,
    "wheat": _nothing,
    "wave": _nothing,
}
