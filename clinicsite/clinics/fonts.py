"""The fonts kept in static/clinicsite/fonts, and how each pair of them is set.

The fallbacks take the room the real font will take, so that nothing jumps when it arrives. The numbers are
computed from the fonts' own metrics and letter frequencies (the method of the capsize project).
"""

from dataclasses import dataclass

from clinicsite.clinics.look import FontPair


@dataclass(frozen=True)
class Fallback:
    """An installed font, stretched to the measure of ours; all numbers are percent."""

    sources: tuple[str, ...]
    size: float
    ascent: float
    descent: float


@dataclass(frozen=True)
class Font:
    """One family: its folder in static/clinicsite/fonts, its weights, and what stands in while it loads."""

    name: str
    folder: str
    weights: str
    fallbacks: tuple[Fallback, ...]
    generic: str
    has_italic: bool = False


@dataclass(frozen=True)
class Pair:
    """A font for headings and one for text, and how headings are set in it."""

    headings: Font
    text: Font
    heading_weight: int
    heading_spacing: str


ARIAL = ("Arial", "Liberation Sans", "Arimo")
ROBOTO = ("Roboto",)
TIMES = ("Times New Roman", "Liberation Serif", "Tinos")
NOTO_SERIF = ("Noto Serif",)


def _sans(name, folder, arial, roboto, has_italic=False):
    fallbacks = (Fallback(ARIAL, *arial), Fallback(ROBOTO, *roboto))
    return Font(name, folder, "400 700", fallbacks, "sans-serif", has_italic)


def _serif(name, folder, times, noto):
    return Font(name, folder, "500 700", (Fallback(TIMES, *times), Fallback(NOTO_SERIF, *noto)), "serif")


FIGTREE = _sans("Figtree", "figtree", (100.72, 94.32, 24.82), (100.94, 94.12, 24.77), has_italic=True)
SOURCE_SANS = _sans(
    "Source Sans", "source-sans-3", (93.76, 109.21, 42.66), (93.97, 108.97, 42.57), has_italic=True
)
NUNITO_SANS = _sans("Nunito Sans", "nunito-sans", (101.39, 99.71, 34.82), (101.61, 99.49, 34.74))
DM_SANS = _sans("DM Sans", "dm-sans", (104.53, 94.90, 29.66), (104.76, 94.69, 29.59))
PUBLIC_SANS = _sans(
    "Public Sans", "public-sans", (104.87, 90.59, 21.46), (105.10, 90.39, 21.41), has_italic=True
)
WORK_SANS = _sans("Work Sans", "work-sans", (111.93, 83.09, 21.71), (112.18, 82.90, 21.66))
# Times is measured beside the weight of headings, 600: at its lightest Lora is 3 % narrower.
LORA = _serif("Lora", "lora", (119.02, 84.53, 23.02), (97.30, 103.39, 28.16))
FRAUNCES = _serif("Fraunces", "fraunces", (115.45, 84.71, 22.09), (97.51, 100.30, 26.15))
BITTER = _serif("Bitter", "bitter", (114.46, 81.69, 23.15), (96.67, 96.72, 27.41))
NEWSREADER = _serif("Newsreader", "newsreader", (105.48, 69.68, 25.12), (89.09, 82.51, 29.75))

PAIRS = {
    FontPair.FIGTREE: Pair(FIGTREE, FIGTREE, 700, "-0.02em"),
    FontPair.LORA_SOURCE_SANS: Pair(LORA, SOURCE_SANS, 600, "-0.01em"),
    FontPair.FRAUNCES_NUNITO_SANS: Pair(FRAUNCES, NUNITO_SANS, 600, "-0.015em"),
    FontPair.DM_SANS: Pair(DM_SANS, DM_SANS, 700, "-0.03em"),
    FontPair.BITTER_PUBLIC_SANS: Pair(BITTER, PUBLIC_SANS, 700, "-0.01em"),
    FontPair.NEWSREADER_WORK_SANS: Pair(NEWSREADER, WORK_SANS, 500, "-0.015em"),
}
