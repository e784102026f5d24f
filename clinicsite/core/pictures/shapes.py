"""The shapes in which pages show pictures: how large, how cut, and how much of the screen each takes.

Pages, the hint that loads the first picture early, and the work that makes files ahead all read this list.
"""

from dataclasses import dataclass

from wagtail.images.models import Filter

from clinicsite.core.pictures.operations import PLAIN

#: A browser takes the first it can show. JPEG is for those from before 2020.
FORMATS = ("avif", "webp", "jpeg")


@dataclass(frozen=True)
class PictureShape:
    """The sizes of a picture, as Wagtail's filters, and the width it has on screen, as HTML's `sizes`.

    `fill-` cuts around the picture's focal point.
    """

    cuts: tuple[str, ...]
    sizes: str


HERO = ("fill-640x480", "fill-1280x960")
SHAPES = {
    "hero": PictureShape(HERO, "(min-width: 60rem) 36rem, 100vw"),
    # The front page's picture has its opening's shape; where that is tall, only a wider file fills it.
    "front-arch": PictureShape(HERO, "(min-width: 60rem) 42rem, 100vw"),
    "front-bleed": PictureShape(HERO, "(min-width: 88rem) 50vw, (min-width: 60rem) 44rem, 100vw"),
    "front-panorama": PictureShape(
        ("fill-800x500", "fill-1600x1000"), "(min-width: 76rem) 72rem, (min-width: 60rem) 95vw, 100vw"
    ),
    "wide": PictureShape(("fill-720x405", "fill-1440x810"), "(min-width: 60rem) 56rem, 100vw"),
    "card": PictureShape(
        ("fill-400x267", "fill-800x533"), "(min-width: 60rem) 22rem, (min-width: 40rem) 50vw, 100vw"
    ),
    "thumb": PictureShape(("fill-88x88", "fill-176x176"), "5.5rem"),
    "portrait": PictureShape(("fill-320x360", "fill-640x720"), "(min-width: 60rem) 18rem, 50vw"),
    "text": PictureShape(("width-640", "width-1280"), "(min-width: 48rem) 44rem, 100vw"),
}


def front_shape(opening: str) -> str:
    """The shape of a front page's first picture, by how the page begins."""
    return f"front-{opening}" if f"front-{opening}" in SHAPES else "hero"


def filters_of(shape: str) -> list[Filter]:
    """Every size in every format of a shape, `shape` being one of `SHAPES`."""
    return [filter_of(f"{cut}|format-{one}") for one in FORMATS for cut in SHAPES[shape].cuts]


def fallback_of(shape: str) -> Filter:
    """The one file of a shape that every browser can show, and that is made first."""
    return filter_of(f"{SHAPES[shape].cuts[0]}|format-{FORMATS[-1]}")


def filter_of(spec: str) -> Filter:
    """Wagtail's filter for a file that our pages show, which tells nothing of who made it, or where."""
    return Filter(spec=f"{spec}|{PLAIN}")


#: The file that stands for a page where its link is shared, in the size that networks ask for.
SHARED = filter_of("fill-1200x630|format-jpeg")
