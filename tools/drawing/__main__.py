"""Draws every picture that the demo's manifest names, into the demo's data: `python -m tools.drawing`.

Give keys, such as `harbour/logo`, to draw those alone. A drawing is the same each time, so what has not
changed is written as it was. Each is told with the words that stand for it; `--sheet pictures.png` writes all
of them with their words on one sheet, to be looked at.
"""

import argparse

from PIL import Image

from clinicsite.demo import data
from tools.drawing import NEUTRAL, Palette, draw, draw_logo, draw_portrait, to_bytes
from tools.drawing.sheet import contact_sheet


def main() -> None:
    """Read the keys and draw their pictures."""
    parser = argparse.ArgumentParser(prog="python -m tools.drawing", description=__doc__)
    parser.add_argument(
        "keys", nargs="*", help="Keys of clinicsite/demo/data/pictures.toml; all without any."
    )
    parser.add_argument("--sheet", help="Draw nothing anew: write this file, with all pictures and words.")
    asked = parser.parse_args()
    keys = asked.keys or list(data.pictures())
    if asked.sheet:
        contact_sheet(map(_stored, keys)).save(asked.sheet)
        return
    for key in keys:
        entry = data.pictures()[key]
        path = data.PICTURES / entry["file"]
        path.write_bytes(to_bytes(drawing_of(key)))
        print(f"{path.stat().st_size:7} bytes  {path.name}  {entry['alt']}")


def _stored(key):
    entry = data.pictures()[key]
    return key, entry["alt"], Image.open(data.PICTURES / entry["file"])


def drawing_of(key: str) -> Image.Image:
    """Draw the picture of this key as the demo's data want it: in its clinic's colours, of this person."""
    owner, kind, *names = key.split("/")
    if owner == "library":
        return draw(names[0], NEUTRAL)
    more, brand = data.clinic(owner), data.spec(owner).brand
    if kind == "logo":
        return draw_logo(more["logo_mark"], brand.primary)
    palette = Palette.from_brand(brand.primary, brand.accent)
    if kind == "portrait":
        return draw_portrait(more["appearance"][names[0]], palette)
    return draw(names[0], palette)


if __name__ == "__main__":
    main()
