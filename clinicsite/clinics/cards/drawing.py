"""A card drawn: words on the left in the clinic's colours and fonts, the page's picture beside them."""

from io import BytesIO

from PIL import Image, ImageDraw

from clinicsite.clinics.brand import light_palette
from clinicsite.clinics.cards.card import HEIGHT, WIDTH, Card
from clinicsite.clinics.cards.lettering import Lettering
from clinicsite.clinics.cards.shapes import ROOM, picture_mask, plain_ground
from clinicsite.clinics.cards.wrapping import fitted, shortened
from clinicsite.clinics.fonts import PAIRS

MARGIN = 72
#: A title alone has the whole width; beside a picture it ends well before it.
TITLE_WIDTH = {True: 560, False: 980}
TITLE_SIZES = {True: (72, 64, 56, 50, 44), False: (92, 84, 76, 68, 60)}
TITLE_LINES, SUBTITLE_LINES = 4, 2
LEADING = 1.14
MARK = 72
NAME_SIZE, PLACE_SIZE, SUBTITLE_SIZE = 32, 27, 34
#: JPEG qualities, the best first: the first whose file is light enough is taken.
QUALITIES = (90, 84, 76, 66, 50, 35, 20)
MOST_BYTES = 100_000


def card_jpeg(card: Card, picture: Image.Image | None, mark: Image.Image) -> bytes:
    """A card as JPEG of at most 100 kB.

    `picture` is the page's, already cut to `shapes.ROOM` of the card's opening; `mark` the clinic's icon.
    """
    return _encoded(drawn(card, picture, mark))


def drawn(card: Card, picture: Image.Image | None, mark: Image.Image) -> Image.Image:
    """A card as it looks."""
    colours = light_palette(card.brand.primary, card.brand.accent, card.brand.mood)
    canvas = _ground(card, picture, colours)
    inks = _inks(colours, on_band=picture is None)
    pair = PAIRS[card.brand.font_pair]
    _draw_title(canvas, card, Lettering(pair.headings, pair.heading_weight), inks, picture is not None)
    _draw_foot(canvas, card, mark, inks, picture is not None)
    return canvas


def _ground(card, picture, colours):
    if picture is None:
        return plain_ground(card.opening, (WIDTH, HEIGHT), colours)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), colours["tint"])
    left, top, *_size = ROOM[card.opening]
    canvas.paste(picture, (left, top), picture_mask(card.opening, card.brand.mood))
    return canvas


def _inks(colours, on_band):
    """The colours of title, small words and the bar above the title; each legible on its ground."""
    if on_band:
        return {
            "title": colours["on-band"],
            "small": colours["on-band-muted"],
            "bar": colours["on-band-muted"],
        }
    return {"title": colours["ink"], "small": colours["muted"], "bar": colours["accent"]}


def _draw_title(canvas, card, letters, inks, has_picture):
    pen = ImageDraw.Draw(canvas)
    text = letters.drawable(_heading(card, letters))
    size, lines = fitted(
        text, TITLE_SIZES[has_picture], letters.width_at, TITLE_WIDTH[has_picture], TITLE_LINES
    )
    radius = 0 if card.brand.mood == "crisp" else 4
    pen.rounded_rectangle((MARGIN, MARGIN, MARGIN + 88, MARGIN + 9), radius, fill=inks["bar"])
    top = MARGIN + 44
    for number, line in enumerate(lines):
        baseline = top + size * (0.82 + number * LEADING)
        pen.text((MARGIN, baseline), line, inks["title"], letters.at(size), anchor="ls")
    _draw_subtitle(pen, card, inks, top + size * LEADING * len(lines), has_picture)


def _heading(card, letters):
    """The title; where the fonts cannot spell it, the clinic's name or place rather than a part of it."""
    return next(filter(letters.can_spell, (card.title, card.name, card.place)), "")


def _draw_subtitle(pen, card, inks, top, has_picture):
    letters = Lettering(PAIRS[card.brand.font_pair].text, 500)
    words = letters.drawable(card.subtitle)
    _size, lines = fitted(words, (SUBTITLE_SIZE,), letters.width_at, TITLE_WIDTH[has_picture], SUBTITLE_LINES)
    for number, line in enumerate(lines):
        baseline = top + 44 + number * SUBTITLE_SIZE * LEADING
        pen.text((MARGIN, baseline), line, inks["small"], letters.at(SUBTITLE_SIZE), anchor="ls")


def _draw_foot(canvas, card, mark, inks, has_picture):
    """The clinic's mark on a white tile, its name, and where it is."""
    top = HEIGHT - MARGIN - MARK
    pen = ImageDraw.Draw(canvas)
    canvas.paste(_tile(mark, card.brand.mood), (MARGIN, top), _tile_mask(card.brand.mood))
    left = MARGIN + MARK + 22
    room = TITLE_WIDTH[has_picture] - MARK - 22
    text = PAIRS[card.brand.font_pair].text
    rows = [
        (Lettering(text, 700), NAME_SIZE, card.name, "title"),
        (Lettering(text, 500), PLACE_SIZE, card.place, "small"),
    ]
    rows = [row for row in rows if row[0].can_spell(row[2])]
    baselines = (top + 29, top + 65) if len(rows) > 1 else (top + 47,)
    for (letters, size, words, ink), baseline in zip(rows, baselines, strict=False):
        line = shortened(letters.drawable(words), letters.width_at(size), room)
        pen.text((left, baseline), line, inks[ink], letters.at(size), anchor="ls")


def _tile(mark, mood):
    tile = Image.new("RGB", (MARK, MARK), "white")
    inner = mark.convert("RGBA").resize((MARK, MARK), Image.Resampling.LANCZOS)
    tile.paste(inner, (0, 0), inner)
    return tile


def _tile_mask(mood):
    mask = Image.new("L", (4 * MARK, 4 * MARK), 0)
    radius = 0 if mood == "crisp" else 4 * 14
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 4 * MARK - 1, 4 * MARK - 1), radius, fill=255)
    return mask.resize((MARK, MARK), Image.Resampling.LANCZOS)


def _encoded(image):
    content = b""
    for quality in QUALITIES:
        buffer = BytesIO()
        # Words keep clean edges only while their colour is stored as finely as their light.
        image.save(buffer, "JPEG", quality=quality, subsampling=0, optimize=True, progressive=True)
        content = buffer.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return content
