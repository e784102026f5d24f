"""Draws every picture that the demo's manifest names, into the demo's data: `python -m tools.drawing`.

Give keys, such as `harbour/logo`, to draw those alone. A drawing is the same each time, so what has not
changed is written as it was.
"""

import argparse

from PIL import Image

from clinicsite.demo import data
from tools.drawing import NEUTRAL, Palette, draw, draw_logo, draw_portrait, to_bytes


def main() -> None:
    """Read the keys and draw their pictures."""
    parser = argparse.ArgumentParser(prog="python -m tools.drawing", description=__doc__)
    parser.add_argument(
        "keys", nargs="*", help="Keys of clinicsite/demo/data/pictures.toml; all without any."
    )
    for key in parser.parse_args().keys or data.pictures():
        path = data.PICTURES / data.pictures()[key]["file"]
        path.write_bytes(to_bytes(drawing_of(key)))
        print(f"{path.stat().st_size:7} bytes  {path.name}")


def drawing_of(key: str) -> Image.Image:
    """Draw the picture of this key as the demo's data want it: in its clinic's colours, of this person."""
    owner, kind, *names = key.split("/")
    if owner == "library":
        return draw(names[0], NEUTRAL)
    clinic = data.clinic(owner)
    brand = clinic["settings"]
    if kind == "logo":
        return draw_logo(brand["logo_mark"], brand["brand_primary"])
    palette = Palette.from_brand(brand["brand_primary"], brand["brand_accent"])
    if kind == "portrait":
        (person,) = (person for person in clinic["practitioners"] if person["slug"] == names[0])
        return draw_portrait(person["appearance"], palette)
    return draw(names[0], palette)


if __name__ == "__main__":
    main()
