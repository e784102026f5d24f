"""A picture as every format can hold it, and as anybody may have it.

Upright, in eight bits a channel, and with nothing written into the file but its colour profile: where a
picture was taken, by whom and with what is nobody's business who looks at a page.
"""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

#: The modes that JPEG, WebP and AVIF all hold; for JPEG, Wagtail lays RGBA on white.
HELD = ("L", "RGB", "RGBA")
#: Black and white where a shade of grey has 16 bits, as an ultrasound viewer writes it.
SIXTEEN_BITS = (0, 65_535)


def plain(image: Image.Image) -> Image.Image:
    """A copy that is upright, in a mode of `HELD`, and tells nothing but its colour profile."""
    upright = ImageOps.exif_transpose(image)
    profile = upright.info.get("icc_profile") or b""
    shown = _by_profile(upright, profile) or _in_held_mode(upright)
    is_of_rgb = profile[16:20] == b"RGB " and shown.mode != "L"
    shown.info = {"icc_profile": profile} if is_of_rgb else {}
    return shown


def _by_profile(image, profile):
    """Grey or printing colours as their profile has them on a screen; None where none speaks of them."""
    if (image.mode, profile[16:20]) not in (("L", b"GRAY"), ("CMYK", b"CMYK")):
        return None
    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        # A damaged profile says nothing of the colours: they are taken as they stand.
        return None


def _in_held_mode(image):
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "F" or image.mode.startswith("I"):
        return _in_eight_bits(image)
    if image.mode in HELD:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_eight_bits(image):
    black, white = _ends_of(image)
    scale = 255 / (white - black)
    # Half a shade more, because the last step cuts off what is behind the point.
    rest = 0.5 - black * scale
    return image.convert("F").point(lambda value: value * scale + rest).convert("L")


def _ends_of(image):
    """What is black and what white: of 16 bits, or the darkest and the lightest that are there."""
    if image.mode not in ("F", "I"):
        return SIXTEEN_BITS
    darkest, lightest = image.getextrema()
    if image.mode == "I" and darkest >= 0 and lightest <= SIXTEEN_BITS[1]:
        return SIXTEEN_BITS
    return (darkest, lightest) if darkest < lightest else (0, lightest or 1)
