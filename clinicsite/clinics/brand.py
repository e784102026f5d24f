"""A clinic's look as custom properties, from two colours, a pair of fonts and a mood.

Every text colour reaches 4.5 to 1 on every background it is used on, and every edge and icon 3 to 1, in the
light scheme and in the dark one, whatever two colours a clinic chose.

| property | what it is for |
|---|---|
| `--paper`, `--surface`, `--tint` | backgrounds: the page, a card on it, a soft area of the brand's hue |
| `--ink`, `--muted` | text, and text that steps back |
| `--line`, `--edge` | a hairline, and the border of a control |
| `--brand`, `--brand-strong`, `--on-brand` | buttons, links and headings; the same pressed; text on both |
| `--accent`, `--accent-text`, `--accent-tint` | small marks and icons; accent text; a soft area of its hue |
| `--band`, `--on-band`, `--on-band-muted`, `--band-line` | the deep area behind footer and calls to book |
| `--font-headings`, `--font-text` | families with their fallbacks |
| `--heading-weight`, `--heading-spacing` | how headings are set |

Corners, shadows and rhythm are the mood's: static/clinicsite/css/tokens.css and static/clinicsite/css/moods.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.templatetags.static import static

from clinicsite.clinics.colours import AA_NON_TEXT, AA_TEXT, luminance
from clinicsite.clinics.fonts import PAIRS, Fallback, Font, Pair
from clinicsite.clinics.look import FontPair, Mood
from clinicsite.clinics.oklch import Oklch, from_hex, readable

#: The hue of undyed paper and linen, in OKLCH degrees.
CREAM = 80


@dataclass(frozen=True)
class Brand:
    """What a clinic chose for the look of every page: what its stylesheet depends on."""

    primary: str = "#1f5f6b"
    accent: str = "#b4572f"
    font_pair: str = FontPair.FIGTREE
    mood: str = Mood.CALM


def brand_of(chosen) -> Brand:
    """The brand of a `ClinicProfile` or `ClinicSettings`; the default where there is none."""
    if chosen is None:
        return Brand()
    pair = chosen.font_pair if chosen.font_pair in PAIRS else Brand.font_pair
    mood = chosen.mood if chosen.mood in Mood.values else Brand.mood
    return Brand(chosen.brand_primary, chosen.brand_accent, pair, mood)


def brand_css(chosen) -> str:
    """The custom properties and font faces of a `ClinicProfile`, `ClinicSettings`, `Brand` or nobody."""
    return css_of(chosen if isinstance(chosen, Brand) else brand_of(chosen))


@lru_cache(maxsize=512)
def css_of(brand: Brand) -> str:
    """The style rules of a brand, kept because the work is the same for each view."""
    pair = PAIRS[brand.font_pair]
    dark = dark_palette(brand.primary, brand.accent, brand.mood)
    light = light_palette(brand.primary, brand.accent, brand.mood)
    colours = [f"--{name}:light-dark({value},{dark[name]})" for name, value in light.items()]
    # Browsers older than light-dark() (2024) keep these, the light scheme.
    plain = [f"--{name}:{value}" for name, value in light.items()]
    faces = "".join(_faces(font, static) for font in dict.fromkeys([pair.headings, pair.text]))
    # The mood's class as well, so that the styleguide can show several moods on one page.
    scope = f":root,.mood-{brand.mood}"
    supported = f"@supports (color:light-dark(red,red)){{{scope}{{{';'.join(colours)}}}}}"
    return f"{faces}{scope}{{{';'.join(plain + _type(pair))}}}{supported}"


def light_palette(primary: str, accent: str, mood: str = Mood.CALM) -> dict[str, str]:
    """Property name to colour, for the light scheme."""
    hue, second, ground = from_hex(primary), from_hex(accent), _ground(primary, mood)
    tint = ground.at(0.957, 0.016).as_hex()
    accent_tint = second.at(0.957, 0.024).as_hex()
    # What can be read on the darker of the soft areas can be read on all that is lighter.
    hardest = min(tint, accent_tint, key=luminance)
    brand = readable(hue, hardest, AA_TEXT)
    band = hue.at(min(hue.lightness, 0.31), 0.065).as_hex()
    return {
        "paper": ground.at(0.988, 0.005).as_hex(),
        "surface": "#ffffff",
        "tint": tint,
        "ink": hue.at(0.26, 0.02).as_hex(),
        "muted": readable(hue.at(0.5, 0.025), hardest, AA_TEXT),
        "line": ground.at(0.9, 0.016).as_hex(),
        "edge": readable(hue.at(0.64, 0.03), hardest, AA_NON_TEXT),
        "brand": brand,
        "brand-strong": _shift(brand, -0.08),
        "on-brand": "#ffffff",
        "accent": readable(second, hardest, AA_NON_TEXT),
        "accent-text": readable(second, hardest, AA_TEXT),
        "accent-tint": accent_tint,
        **_band(hue, band),
    }


def dark_palette(primary: str, accent: str, mood: str = Mood.CALM) -> dict[str, str]:
    """Property name to colour, for the dark scheme."""
    hue, second, ground = from_hex(primary), from_hex(accent), _ground(primary, mood)
    tint = ground.at(0.285, 0.02).as_hex()
    accent_tint = second.at(0.285, 0.03).as_hex()
    hardest = max(tint, accent_tint, key=luminance)
    brand = readable(hue.at(max(hue.lightness, 0.74), 0.11), hardest, AA_TEXT)
    return {
        "paper": ground.at(0.195, 0.01).as_hex(),
        "surface": ground.at(0.24, 0.014).as_hex(),
        "tint": tint,
        "ink": hue.at(0.94, 0.01).as_hex(),
        "muted": readable(hue.at(0.75, 0.02), hardest, AA_TEXT),
        "line": ground.at(0.36, 0.018).as_hex(),
        "edge": readable(hue.at(0.58, 0.03), hardest, AA_NON_TEXT),
        "brand": brand,
        "brand-strong": _shift(brand, 0.07),
        "on-brand": hue.at(0.19, 0.03).as_hex(),
        "accent": readable(second.at(max(second.lightness, 0.7), 0.13), hardest, AA_NON_TEXT),
        "accent-text": readable(second.at(max(second.lightness, 0.76), 0.12), hardest, AA_TEXT),
        "accent-tint": accent_tint,
        **_band(hue, hue.at(0.26, 0.045).as_hex()),
    }


def text_font_of(brand: Brand) -> str:
    """The static file of the upright font that most words of a page are set in."""
    return _file_of(PAIRS[brand.font_pair].text)


def _ground(primary: str, mood: str) -> Oklch:
    """The hue of papers and hairlines: cream when warm, all but grey when crisp, else the brand's."""
    hue = from_hex(primary)
    if mood == Mood.WARM:
        return replace(hue, hue=CREAM, chroma=0.02)
    return replace(hue, chroma=0.006) if mood == Mood.CRISP else hue


def _band(hue: Oklch, band: str) -> dict[str, str]:
    return {
        "band": band,
        "on-band": hue.at(0.975, 0.008).as_hex(),
        "on-band-muted": readable(hue.at(0.83, 0.025), band, AA_TEXT),
        "band-line": hue.at(from_hex(band).lightness + 0.13, 0.05).as_hex(),
    }


def _shift(colour: str, amount: float) -> str:
    value = from_hex(colour)
    return value.at(min(1, max(0, value.lightness + amount)), value.chroma).as_hex()


def _type(pair: Pair) -> list[str]:
    return [
        f"--font-headings:{_stack(pair.headings)}",
        f"--font-text:{_stack(pair.text)}",
        f"--heading-weight:{pair.heading_weight}",
        f"--heading-spacing:{pair.heading_spacing}",
    ]


def _stack(font: Font) -> str:
    stand_ins = [f'"{font.name} stand-in {number}"' for number, _ in enumerate(font.fallbacks, start=1)]
    return ",".join([f'"{font.name}"', *stand_ins, font.generic])


def _faces(font: Font, url: Callable[[str], str]) -> str:
    styles = ["normal", "italic"] if font.has_italic else ["normal"]
    own = [_face(font, style, url) for style in styles]
    return "".join(own + [_stand_in(font, number, one) for number, one in enumerate(font.fallbacks, start=1)])


def _face(font: Font, style: str, url: Callable[[str], str]) -> str:
    suffix = "-italic" if style == "italic" else ""
    source = url(_file_of(font, suffix))
    return (
        f'@font-face{{font-family:"{font.name}";font-style:{style};font-weight:{font.weights};'
        f'font-display:swap;src:url("{source}") format("woff2")}}'
    )


def _file_of(font: Font, suffix: str = "") -> str:
    return f"clinicsite/fonts/{font.folder}/{font.folder}{suffix}.woff2"


def _stand_in(font: Font, number: int, fallback: Fallback) -> str:
    sources = ",".join(f'local("{name}")' for name in fallback.sources)
    return (
        f'@font-face{{font-family:"{font.name} stand-in {number}";src:{sources};size-adjust:{fallback.size}%;'
        f"ascent-override:{fallback.ascent}%;descent-override:{fallback.descent}%;line-gap-override:0%}}"
    )
