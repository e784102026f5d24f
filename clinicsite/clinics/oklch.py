"""Colours by lightness, chroma and hue, as eyes order them. No Django here.

Source of the numbers: Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

import math
from dataclasses import dataclass, replace

from clinicsite.clinics.colours import contrast

_STEP = 0.005


@dataclass(frozen=True)
class Oklch:
    """Lightness 0 to 1, chroma from 0 (grey) to about 0.3, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    def at(self, lightness: float, most_chroma: float) -> "Oklch":
        """The same hue at another lightness, no more colourful than `most_chroma`."""
        return replace(self, lightness=lightness, chroma=min(self.chroma, most_chroma))

    def as_hex(self) -> str:
        """The nearest colour a screen can show, found by taking chroma away, such as #1f5f6b."""
        chroma = self.chroma
        while chroma > 0 and not _fits(_linear(self.lightness, chroma, self.hue)):
            chroma -= _STEP
        channels = _linear(self.lightness, max(chroma, 0), self.hue)
        return "#" + "".join(f"{round(255 * _encode(channel)):02x}" for channel in channels)


def from_hex(colour: str) -> Oklch:
    """The colour written as # and six digits."""
    red, green, blue = (_decode(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def readable(colour: Oklch, on: str, ratio: float) -> str:
    """The colour, made darker or lighter no further than needed to reach a contrast ratio on a background."""
    step = -_STEP if contrast(on, "#000000") > contrast(on, "#ffffff") else _STEP
    while contrast(colour.as_hex(), on) < ratio and 0 < colour.lightness < 1:
        colour = replace(colour, lightness=min(1, max(0, colour.lightness + step)))
    return colour.as_hex()


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _fits(channels: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in channels)


def _decode(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encode(value: float) -> float:
    value = min(1, max(0, value))
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
