"""What becomes of a picture that somebody hands in: small enough to work with, and silent about its owner.

A telephone writes into every picture where and when it was taken, and makes files of 48 million pixels, or in
a format of its own. Pages need none of it, and what is not stored cannot get out.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db.models.signals import pre_save
from PIL import Image
from wagtail.images import get_image_model

from clinicsite.core import wagtail_private
from clinicsite.core.models.media import AbstractClinicImage
from clinicsite.core.pictures.making import survived
from clinicsite.core.pictures.plain import plain

#: The most pixels that are stored. The widest cut needs 1,600 by 1,000; the rest is room for a focal point.
MOST_PIXELS = 12_000_000
#: What Pillow knows of a file besides its pixels and that says nothing of who made it.
SILENT = frozenset(
    {
        "adobe",
        "adobe_transform",
        "aspect",
        "background",
        "bbox",
        "bit_depth",
        "blend",
        "chroma",
        "chromaticity",
    }
    | {"default_image", "disposal", "dpi", "duration", "gamma", "icc_profile", "interlace", "jfif"}
    | {"jfif_density", "jfif_unit", "jfif_version", "loop", "progression", "progressive", "srgb"}
    | {"timestamp", "transparency"}
)
#: The formats that stay what they are when a file is written anew, and what it is written with. AVIF becomes
#: another, because writing a large one takes a quarter of a minute.
KEPT = {
    "JPEG": (".jpg", {"quality": 92, "optimize": True}),
    "PNG": (".png", {}),
    "WEBP": (".webp", {"quality": 92}),
}

#: Says of a picture of any model whether it is a clinic's.
_claims: list[Callable] = []


def register_claim(is_ours: Callable) -> None:
    """Have uploads for which this is true tidied, whichever image model the project has chosen."""
    if is_ours not in _claims:
        _claims.append(is_ours)


def connect_signals() -> None:
    """Tidy what is handed in, whichever way it comes."""
    pre_save.connect(_picture_saving, sender=get_image_model(), dispatch_uid="pictures_upload")


def tidy(picture) -> None:
    """Give a picture a smaller or more silent file, where the one it has is too large or tells too much."""
    with survived(picture, "upload"):
        _tidy(picture)


def _tidy(picture):
    with picture.open_file() as file, Image.open(file) as opened:
        if not _is_tidy(opened):
            _replace_file(picture, *_tidied(opened))


def _picture_saving(sender, instance, raw=False, **kwargs):
    is_new = bool(instance.file) and (wagtail_private.is_new_file(instance) or instance._state.adding)
    if is_new and not raw and is_ours(instance):
        with survived(instance, "upload"):
            _tidy(instance)
            # Whichever way it came, and after it was made smaller.
            instance.file_size = instance.file.size


def is_ours(picture) -> bool:
    """Whether a picture is a clinic's or the library's, and not the project's own."""
    return isinstance(picture, AbstractClinicImage) or any(claim(picture) for claim in _claims)


def _is_tidy(opened):
    tells = set(opened.info) - SILENT or opened.getexif() or getattr(opened, "text", None)
    return (
        opened.format in (*KEPT, "AVIF", "GIF") and not tells and opened.width * opened.height <= MOST_PIXELS
    )


def _tidied(opened) -> tuple[bytes, str]:
    """The content of a tidy file, and how its name ends."""
    _decode_smaller(opened)
    image = plain(opened)
    image.thumbnail(_size_within(image.size))
    kind = opened.format if opened.format in KEPT else ("PNG" if image.mode == "RGBA" else "JPEG")
    suffix, options = KEPT[kind]
    content = BytesIO()
    image.save(content, kind, icc_profile=image.info.get("icc_profile"), **options)
    return content.getvalue(), suffix


def _decode_smaller(opened):
    """Have a large JPEG decoded at a half or a quarter, which takes as much less memory."""
    if opened.format in ("JPEG", "MPO"):
        opened.draft(None, _size_within(opened.size))


def _size_within(size):
    scale = min(1, (MOST_PIXELS / (size[0] * size[1])) ** 0.5)
    return tuple(max(1, int(side * scale)) for side in size)


def _replace_file(picture, content, suffix):
    # A file stored before its row is nobody's any more; one of a row is that row's until it is saved.
    is_left = picture._state.adding and not wagtail_private.is_new_file(picture)
    before, storage = picture.file.name, picture.file.storage
    picture.file = ContentFile(content, name=f"{PurePath(picture.file.name).stem}{suffix}")
    wagtail_private.read_file_again(picture)
    if is_left:
        storage.delete(before)
