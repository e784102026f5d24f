"""The shape a picture has on a card, and what is drawn where there is none: the front page's own opening."""

from PIL import Image, ImageDraw

#: Opening -> (left, top, width, height) of the picture in pixels of the card.
ROOM = {
    "split": (688, 56, 456, 518),
    "flipped": (688, 56, 456, 518),
    "bleed": (680, 0, 520, 630),
    "arch": (692, 64, 440, 566),
    "panorama": (688, 56, 456, 518),
}
#: Mood -> how round the picture's corners are, in pixels.
ROUND = {"calm": 28, "crisp": 0, "warm": 44}
#: Shapes are drawn this much larger and made smaller, so that their edges come out smooth.
LARGER = 3


def picture_mask(opening: str, mood: str) -> Image.Image:
    """Where a picture shows: white inside its shape."""
    _left, _top, width, height = ROOM[opening]
    mask = Image.new("L", (width * LARGER, height * LARGER), 0)
    pen = ImageDraw.Draw(mask)
    if opening == "arch":
        _arch(pen, 0, 0, mask.width, mask.height, 255)
    elif opening == "bleed":
        pen.rectangle((0, 0, *mask.size), fill=255)
    else:
        pen.rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), ROUND[mood] * LARGER, fill=255)
    return mask.resize((width, height), Image.Resampling.LANCZOS)


def plain_ground(opening: str, size: tuple[int, int], colours: dict[str, str]) -> Image.Image:
    """The clinic's deep colour with a large, quiet shape of its opening on the right."""
    large = Image.new("RGB", (size[0] * LARGER, size[1] * LARGER), colours["band"])
    pen = ImageDraw.Draw(large)
    width, height = large.size
    if opening == "arch":
        _arch(pen, 0.69 * width, 0.2 * height, 0.97 * width, height, colours["band-line"])
    elif opening == "bleed":
        pen.polygon(
            [(0.84 * width, 0), (width, 0), (width, height), (0.72 * width, height)], colours["band-line"]
        )
    elif opening == "panorama":
        pen.ellipse((0.5 * width, 0.8 * height, 1.4 * width, 2.2 * height), fill=colours["band-line"])
    else:
        pen.ellipse((0.76 * width, -0.5 * height, 1.3 * width, 0.52 * height), fill=colours["band-line"])
    return large.resize(size, Image.Resampling.LANCZOS)


def _arch(pen, left, top, right, bottom, colour):
    """A door with a round head, as wide as high above its sides."""
    radius = (right - left) / 2
    pen.ellipse((left, top, right, top + 2 * radius), fill=colour)
    pen.rectangle((left, top + radius, right, bottom), fill=colour)
