"""Which files of a picture a page prints: whole formats, and always one that every browser can show."""

from clinicsite.core.pictures.making import Files, shown
from clinicsite.core.pictures.shapes import FORMATS, SHAPES, fallback_of, filter_of, filters_of


def files_in_shape(picture, shape: str) -> Files:
    """The files of a picture in a shape, each format in all its sizes or not at all; none where none is.

    A browser takes the first format that it knows: one that lacks its large size would be shown blurred,
    though another is sharp.
    """
    at_once = fallback_of(shape)
    found = shown(picture, filters_of(shape), at_once)
    whole = [spec for one in FORMATS for spec in _specs_of(shape, one, found)]
    if at_once.spec in found and at_once.spec not in whole:
        whole.append(at_once.spec)
    return {spec: found[spec] for spec in whole}


def _specs_of(shape, name, found):
    specs = [filter_of(f"{cut}|format-{name}").spec for cut in SHAPES[shape].cuts]
    return specs if all(spec in found for spec in specs) else []
