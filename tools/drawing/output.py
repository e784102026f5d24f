"""Drawings as files."""

from io import BytesIO

from PIL import Image

# Busy pictures (a field of wheat) step down until they are small enough for a cheap phone.
WEBP_QUALITIES = (90, 84, 78)
AMPLE_BYTES = 60_000


def to_bytes(image: Image.Image) -> bytes:
    """
    The bytes of an image file: PNG where there is transparency (logos), otherwise WebP.

    A palette PNG would be small too, but it turns soft skies into bands.
    """
    if image.mode == "RGBA":
        return _saved(image, "PNG", optimize=True)
    content = b""
    for quality in WEBP_QUALITIES:
        content = _saved(image, "WEBP", quality=quality, method=4)
        if len(content) <= AMPLE_BYTES:
            break
    return content


def _saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def file_suffix(image: Image.Image) -> str:
    """The file name ending that fits what `to_bytes` writes for the image."""
    return ".png" if image.mode == "RGBA" else ".webp"
