"""Every picture the demo can ask for, by key."""

from collections.abc import Callable

from PIL import Image

from .canvas import Canvas
from .conditions import CONDITIONS
from .landscapes import LANDSCAPES
from .object_posts import OBJECT_POSTS
from .palette import NEUTRAL, Palette
from .people_posts import PEOPLE_POSTS
from .treatments import TREATMENTS

PICTURE_SIZE = (1600, 1000)

PICTURES: dict[str, Callable[[Canvas, Palette], None]] = {
    **LANDSCAPES,
    **TREATMENTS,
    **CONDITIONS,
    **PEOPLE_POSTS,
    **OBJECT_POSTS,
}


def draw(key: str, palette: Palette = NEUTRAL) -> Image.Image:
    """Draw the picture `key`, 1600 by 1000, in the colours of the palette. ValueError for an unknown key."""
    if key not in PICTURES:
        raise ValueError(f"There is no picture {key!r}. Choose one of {', '.join(sorted(PICTURES))}.")
    canvas = Canvas(*PICTURE_SIZE, palette.paper)
    PICTURES[key](canvas, palette)
    return canvas.finish()
