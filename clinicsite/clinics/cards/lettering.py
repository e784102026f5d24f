"""Words drawn in the clinic's fonts."""

import unicodedata
from functools import lru_cache

from django.contrib.staticfiles import finders
from PIL import ImageFont

from clinicsite.clinics.fonts import Font

#: Letters that Unicode does not take apart into a plain one and a mark.
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ə": "e", "‐": "-", "‑": "-"})


class Lettering:
    """One of the project's fonts at one weight: it measures words and draws them.

    The fonts hold Western Latin letters and common punctuation. A letter beyond them is drawn without its
    mark ("Łódź" as "Lódz"), and what no plain letter stands for is left out, rather than drawn as a box.
    """

    def __init__(self, font: Font, weight: int):
        self.font, self.weight = font, weight

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font at a size in pixels."""
        return _loaded(self.font.folder, self.weight, size)

    def width_at(self, size: int):
        """The measure of a size: a text's width in pixels."""
        return self.at(size).getlength

    def drawable(self, text: str) -> str:
        """The text in letters that the font has, on one line."""
        return " ".join("".join(self._letter(one) for one in unicodedata.normalize("NFC", text)).split())

    def can_spell(self, text: str) -> bool:
        """Whether each letter and figure of the text is drawn, with or without its mark."""
        letters = [one for one in unicodedata.normalize("NFC", text) if one.isalnum()]
        return bool(letters) and all(self._letter(one) for one in letters)

    def _letter(self, letter):
        if letter.isspace() or self._has(letter):
            return " " if letter.isspace() else letter
        plain = unicodedata.normalize("NFKD", letter.translate(PLAIN))
        return "".join(one for one in plain if one.isspace() or self._has(one))

    def _has(self, letter):
        # The fonts draw nothing at all for a letter they have not got.
        return not unicodedata.combining(letter) and 0 not in self.at(40).getmask(letter).size


@lru_cache(maxsize=128)
def _loaded(folder, weight, size):
    font = ImageFont.truetype(finders.find(f"clinicsite/fonts/{folder}/{folder}.woff2"), size)
    font.set_variation_by_axes([weight])
    return font
