"""The colours of a drawing, all derived from a clinic's two brand colours."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

Colour = tuple[int, int, int]

HEX = re.compile(r"#[0-9a-fA-F]{6}")
LEAF_HUE = math.radians(135)
SAND_HUE = math.radians(80)
SKY_HUE = math.radians(225)
LARGEST_LEAN = math.radians(22)


def parse_hex(value: str) -> Colour:
    """Return the red, green and blue (0 to 255) of "#rrggbb"; ValueError for anything else."""
    if not HEX.fullmatch(value):
        raise ValueError(f"{value!r} is not a colour. Write it as #rrggbb, for example #2f6f6a.")
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Blend two colours; share 0 gives the first, 1 the second."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


def to_oklch(colour: Colour) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma and hue (radians) in OKLCH (Björn Ottosson, 2020)."""
    r, g, b = (_linear(channel / 255) for channel in colour)
    l_, m_, s_ = (
        math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b),
        math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b),
        math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b),
    )
    lightness = 0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_
    a = 1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_
    b = 0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_
    return lightness, math.hypot(a, b), math.atan2(b, a)


@lru_cache(maxsize=2048)
def from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """The sRGB colour nearest to an OKLCH one; chroma falls until the screen can show it."""
    channels = _srgb(lightness, chroma, hue)
    while chroma > 0.001 and not all(-0.002 <= channel <= 1.002 for channel in channels):
        chroma *= 0.94
        channels = _srgb(lightness, chroma, hue)
    return tuple(round(255 * min(1.0, max(0.0, channel))) for channel in channels)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_),
        _encoded(-1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_),
        _encoded(-0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_),
    )


def _hue_near(target: float, hue: float, share: float) -> float:
    """A hue that leans from the target towards another, never so far that grass stops being green."""
    turn = (hue - target + math.pi) % (2 * math.pi) - math.pi
    return target + max(-LARGEST_LEAN, min(LARGEST_LEAN, turn * share))


@dataclass(frozen=True)
class Palette:
    """A family of tones, asked for by lightness, so that any brand keeps the same light and shade."""

    primary: Colour
    accent: Colour

    skins = tuple(
        parse_hex(skin) for skin in ("#f0c9a8", "#c98d63", "#8d5a3c", "#e3b18a", "#6b4430", "#d9a47c")
    )
    hairs = tuple(
        parse_hex(hair) for hair in ("#3b2a24", "#241c1b", "#7a4a2b", "#c79a5b", "#8e8a87", "#54352a")
    )
    glow = parse_hex("#e2543a")
    glow_core = parse_hex("#ffd9a0")
    steel = parse_hex("#b9c4ca")
    white = parse_hex("#fffdf9")

    @classmethod
    def from_brand(cls, primary_hex: str, accent_hex: str) -> "Palette":
        """Build the palette of a clinic from its brand colours, each "#rrggbb"."""
        return cls(parse_hex(primary_hex), parse_hex(accent_hex))

    def main(self, lightness: float, vivid: float = 1.0) -> Colour:
        """The primary colour at a lightness from 0 (black) to 1 (white)."""
        return _tone(self.primary, lightness, vivid, None, 0.0, 0.085)

    def warm(self, lightness: float, vivid: float = 1.0) -> Colour:
        """The accent colour at a lightness."""
        return _tone(self.accent, lightness, vivid, None, 0.0, 0.12)

    def gold(self, lightness: float, vivid: float = 1.0) -> Colour:
        """The colour of ripe wheat and sunlight, leaning towards the accent colour."""
        return _tone(self.accent, lightness, vivid, SAND_HUE, 0.15, 0.11)

    def leaf(self, lightness: float, vivid: float = 1.0) -> Colour:
        """A green of plants that leans towards the primary colour."""
        return _tone(self.primary, lightness, vivid, LEAF_HUE, 0.35, 0.07)

    def sky(self, lightness: float, vivid: float = 1.0) -> Colour:
        """A blue of sky and water that leans towards the primary colour."""
        return _tone(self.primary, lightness, vivid, SKY_HUE, 0.35, 0.05)

    def sand(self, lightness: float, vivid: float = 1.0) -> Colour:
        """A warm neutral for paper, ground and walls."""
        return _tone(self.accent, lightness, vivid, SAND_HUE, 0.25, 0.03)

    @property
    def paper(self) -> Colour:
        return self.sand(0.965, 0.55)

    @property
    def ink(self) -> Colour:
        return self.main(0.3, 0.6)


@lru_cache(maxsize=2048)
def _tone(
    source: Colour, lightness: float, vivid: float, target: float | None, share: float, chroma: float
) -> Colour:
    _, own_chroma, hue = to_oklch(source)
    if target is not None:
        hue, own_chroma = _hue_near(target, hue, share), chroma
    # Very light and very dark tones carry less colour, as they do in daylight.
    room = min(1.0, 0.25 + 2.6 * min(lightness, 1 - lightness))
    return from_oklch(round(lightness, 4), min(own_chroma, chroma) * vivid * room, hue)


NEUTRAL = Palette.from_brand("#2f6f6a", "#d08a55")
