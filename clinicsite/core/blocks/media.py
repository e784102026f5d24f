"""Pictures and videos inside a text."""

import re

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from clinicsite.core.own_things import shown_here

#: Hosts a video may come from: the pattern finds the id, the template loads it when the patient asks.
VIDEO_HOSTS = {
    "youtube": (
        re.compile(r"^https://(?:www\.)?(?:youtube\.com/watch\?v=|youtu\.be/)([\w-]{11})(?:[?&].*)?$"),
        "https://www.youtube-nocookie.com/embed/{id}?autoplay=1",
    ),
    "vimeo": (
        re.compile(r"^https://(?:www\.)?vimeo\.com/(\d+)(?:[/?].*)?$"),
        "https://player.vimeo.com/video/{id}?autoplay=1&dnt=1",
    ),
}


class PictureChooserBlock(ImageChooserBlock):
    """A picture chooser that loads all pictures of a page, with renditions, in two queries.

    On a clinic's site another clinic's picture is none.
    """

    def to_python(self, value):
        return shown_here(super().to_python(value))

    def bulk_to_python(self, values):
        found = self.model_class.objects.prefetch_related("renditions").in_bulk(values)
        return [shown_here(found.get(value)) for value in values]


class PictureBlock(blocks.StructBlock):
    """One picture with its description and caption."""

    image = PictureChooserBlock()
    alt = blocks.CharBlock(
        required=False,
        label="Description for people who cannot see it",
        help_text="Leave empty to use the picture's own description.",
    )
    is_decorative = blocks.BooleanBlock(
        required=False, label="Only decoration", help_text="Screen readers will pass over it."
    )
    caption = blocks.CharBlock(required=False)

    class Meta:
        icon = "image"
        label = "Picture"
        description = "A picture with a description and a caption."
        template = "clinicsite/blocks/picture.html"
        preview_value = {"image": None, "alt": "", "is_decorative": False, "caption": "A treatment room."}


class VideoValue(blocks.StructValue):
    """A video link, and what the page needs to show it without asking a third party first."""

    @property
    def host(self):
        """'youtube', 'vimeo', or '' for an address we do not know."""
        return next(
            (name for name, (pattern, _) in VIDEO_HOSTS.items() if pattern.match(self["url"] or "")), ""
        )

    @property
    def embed_url(self):
        """The player's address, contacted only when the patient presses play."""
        if not self.host:
            return ""
        pattern, embed = VIDEO_HOSTS[self.host]
        return embed.format(id=pattern.match(self["url"]).group(1))


class VideoBlock(blocks.StructBlock):
    """A link to a video that loads nothing from its host until the patient presses play."""

    url = blocks.URLBlock(label="Address", help_text="The video's page on YouTube or Vimeo.")
    title = blocks.CharBlock(max_length=150, help_text="What the video shows.")
    length = blocks.CharBlock(required=False, max_length=20, help_text="For example: 2 minutes.")
    poster = PictureChooserBlock(required=False, label="Still picture")

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned.host:
            message = "Paste the address of one video on YouTube or Vimeo, beginning with https://."
            raise StructBlockValidationError({"url": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "media"
        label = "Video"
        description = "A YouTube or Vimeo video. Nothing is loaded from there until the patient presses play."
        template = "clinicsite/blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "url": "https://vimeo.com/123456",
            "title": "Three gentle neck stretches",
            "length": "2 minutes",
            "poster": None,
        }
