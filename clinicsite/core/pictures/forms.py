"""What a person is told of a picture: at the upload, and on its own screen."""

from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from clinicsite.core.pictures.making import made
from clinicsite.core.pictures.plain import plain
from clinicsite.core.pictures.shapes import FORMATS, filter_of
from clinicsite.core.stale_saves import RefusesStaleSaves

#: The shortest side, in pixels, with which something can be seen.
SHORTEST = 16
#: A small file in each format, to see whether there can be any.
TRIAL = {one: filter_of(f"width-640|format-{one}") for one in FORMATS}

TOO_MANY_PIXELS = (
    "This picture has more than the {most:,} pixels that can be read here. Save it smaller on your computer,"
    " 4,000 pixels wide for instance, and choose that file."
)
TOO_SMALL = (
    "This picture measures {width:,} × {height:,} pixels. To be seen on a page it needs at least {least} each"
    " way."
)
DAMAGED = (
    "This picture cannot be read to its end: the file may be damaged or half uploaded. Open it on your"
    " computer, save it again as JPEG or PNG, and choose that file."
)
#: Django's own words, that it is no picture or a damaged one, are untrue of a picture in a rarer format.
UNREADABLE = (
    "This file cannot be read as a picture here. Open it on your computer, save it as JPEG or PNG, and choose"
    " that file."
)
LOST = "Pages cannot show this picture: its file is lost or damaged. Choose it again from your own files."


class PictureField(WagtailImageField):
    """Wagtail's field for a picture, which refuses in words what no page could show.

    Wagtail's own reads the picture to know its size, and a damaged one is then an error for the whole screen.
    """

    default_error_messages = {"invalid_image": UNREADABLE}

    def check_image_pixel_size(self, f):
        # SVG has no pixels; whether it is allowed is the project's to say.
        if f.content_type == "image/svg+xml":
            return
        try:
            self._check_pixels(f)
        except ValidationError:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise ValidationError(TOO_MANY_PIXELS.format(most=Image.MAX_IMAGE_PIXELS)) from error
        except Exception as error:
            # Pillow and its codecs raise whatever they like for a damaged file, from its first bytes to its
            # last: OSError, SyntaxError, struct.error.
            raise ValidationError(DAMAGED) from error
        finally:
            f.seek(0)

    def _check_pixels(self, f):
        f.seek(0)
        with Image.open(f) as opened:
            width, height = opened.size
            if self.max_image_pixels and width * height > self.max_image_pixels:
                raise ValidationError(TOO_MANY_PIXELS.format(most=self.max_image_pixels))
            if min(width, height) < SHORTEST:
                raise ValidationError(TOO_SMALL.format(width=width, height=height, least=SHORTEST))
            opened.draft(None, (640, 640))
            plain(opened)


class PictureForm(RefusesStaleSaves, BaseImageForm):
    """Wagtail's form for a picture, whose field reads the whole file, and says what pages cannot show."""

    not_compared = ("file",)

    class Meta(BaseImageForm.Meta):
        pass

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = self._field_like(self.fields["file"])

    def _field_like(self, given):
        field = PictureField(label=given.label, required=given.required, widget=given.widget)
        missing = what_is_missing(self.instance) if self.instance.pk else ""
        field.help_text = f"{missing} {field.help_text}".strip()
        return field


def what_is_missing(picture) -> str:
    """In words, which formats pages show a picture without; empty where nothing is missing."""
    files = made(picture, TRIAL.values())
    missing = [name.upper() for name, one in TRIAL.items() if one.spec not in files]
    if len(missing) == len(TRIAL):
        return LOST
    formats = " or ".join(missing)
    return f"This picture cannot be made as {formats}: browsers load another file of it." if formats else ""
