"""A clinic's mark at the sizes that browsers, phones and search engines ask for.

Drawn from its favicon, else from a logo that is about as wide as high, else as the first letter of its name
on its main colour. Drawn once a change and kept; the address of each icon names what it was drawn from.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.contrib.staticfiles import finders
from django.core.cache import cache
from PIL import Image, ImageDraw, ImageFont
from wagtail.images import get_image_model

from clinicsite.clinics.brand import brand_of
from clinicsite.clinics.fonts import PAIRS
from clinicsite.clinics.profile import ClinicProfile
from clinicsite.core.own_things import shown_here
from clinicsite.core.pictures.making import survived
from clinicsite.core.pictures.plain import plain

DAY = 24 * 60 * 60
#: Bumped when icons are drawn differently, so that no browser keeps an old one.
DRAWING = 1
ICO_SIZES = [(16, 16), (32, 32), (48, 48)]
WHITE = (255, 255, 255, 255)
CLEAR = (255, 255, 255, 0)


@dataclass(frozen=True)
class IconShape:
    """One kind of icon: its side in pixels, the share of it that a mark fills, and the ground behind."""

    side: int
    fill: float = 1.0
    ground: tuple[int, int, int, int] = CLEAR


#: By the name in its address. A phone cuts `maskable` to its own shape and shows no transparency in `touch`.
SHAPES = {
    "48": IconShape(48),
    "96": IconShape(96),
    "192": IconShape(192),
    "512": IconShape(512),
    "touch": IconShape(180, 0.8, WHITE),
    "maskable": IconShape(512, 0.6, WHITE),
}


def icon_digest(clinic: ClinicProfile) -> str:
    """What the icons of a clinic depend on, as part of their addresses; kept under the clinic's version."""
    key = f"clinicsite:icon_digest:{DRAWING}:{clinic.site_id}:{clinic.version}"
    return cache.get_or_set(key, lambda: _digest(clinic), DAY)


def icon_png(clinic: ClinicProfile, name: str) -> bytes:
    """An icon of a clinic as PNG. `name` is one of `SHAPES`, else KeyError."""
    shape = SHAPES[name]
    return _kept(clinic, name, lambda: _encoded(_drawn(clinic, shape), "PNG", optimize=True))


def icon_ico(clinic: ClinicProfile) -> bytes:
    """The small sizes of a clinic's icon in one ICO file, for browsers that ask for /favicon.ico."""
    return _kept(clinic, "ico", lambda: _encoded(_drawn(clinic, SHAPES["48"]), "ICO", sizes=ICO_SIZES))


def _kept(clinic, name, make):
    return cache.get_or_set(f"clinicsite:icon:{clinic.site_id}:{icon_digest(clinic)}:{name}", make, DAY)


def _digest(clinic):
    mark = _mark_of(clinic)
    own = (mark.pk, mark.file.name, mark.file_hash) if mark else None
    # Letter and brand as well, for they stand in for a mark whose file is lost.
    source = (DRAWING, own, clinic.name[:1], brand_of(clinic))
    return sha256(repr(source).encode()).hexdigest()[:12]


def _mark_of(clinic):
    """The picture that icons are drawn from: the favicon, a square logo, or None."""
    found = get_image_model().objects.in_bulk([pk for pk in (clinic.favicon_id, clinic.logo_id) if pk])
    favicon, logo = (shown_here(found.get(pk)) for pk in (clinic.favicon_id, clinic.logo_id))
    if favicon:
        return favicon
    return logo if logo and logo.width < 1.6 * logo.height else None


def _drawn(clinic, shape):
    mark = _mark_of(clinic)
    opened = _open(mark) if mark else None
    return _with_mark(opened, shape) if opened else _letter(clinic, shape)


def _open(mark):
    """The picture's pixels; None where its file is lost or cannot be read."""
    with survived(mark, "icon"), mark.open_file() as file:
        return plain(Image.open(file)).convert("RGBA")
    return None


def _with_mark(mark, shape):
    canvas = Image.new("RGBA", (shape.side, shape.side), shape.ground)
    room = round(shape.side * shape.fill)
    scale = room / max(mark.size)
    size = tuple(max(1, round(length * scale)) for length in mark.size)
    resized = mark.resize(size, Image.Resampling.LANCZOS)
    canvas.alpha_composite(resized, ((shape.side - size[0]) // 2, (shape.side - size[1]) // 2))
    return canvas


def _letter(clinic, shape):
    brand = brand_of(clinic)
    font = ImageFont.truetype(_font_file(brand), round(shape.side * 0.62))
    canvas = Image.new("RGBA", (shape.side, shape.side), brand.primary)
    middle = (shape.side / 2, shape.side / 2)
    ImageDraw.Draw(canvas).text(middle, clinic.name[:1].upper() or "+", "white", font, anchor="mm")
    return canvas


def _font_file(brand):
    folder = PAIRS[brand.font_pair].headings.folder
    return finders.find(f"clinicsite/fonts/{folder}/{folder}.woff2")


def _encoded(image, kind, **options):
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
