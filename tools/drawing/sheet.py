"""All pictures on one sheet, each with the words that stand for it, so that an eye can compare the two."""

from collections.abc import Iterable
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

CELL, WORDS, COLUMNS = (400, 250), 64, 4
LETTER = 14


def contact_sheet(pictures: Iterable[tuple[str, str, Image.Image]]) -> Image.Image:
    """Pictures with (key, alternative text, picture), four in a row."""
    pictures = list(pictures)
    rows = -(-len(pictures) // COLUMNS)
    width, height = CELL[0], CELL[1] + WORDS
    sheet = Image.new("RGB", (width * COLUMNS, height * rows), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(LETTER)
    for number, (key, words, picture) in enumerate(pictures):
        left, top = number % COLUMNS * width, number // COLUMNS * height
        small = picture.convert("RGB")
        small.thumbnail((CELL[0] - 10, CELL[1] - 10))
        sheet.paste(small, (left, top))
        for line, text in enumerate([key, *wrap(words, 56)][:4]):
            pen.text((left, top + CELL[1] - 8 + line * (LETTER + 3)), text, fill="black", font=font)
    return sheet
