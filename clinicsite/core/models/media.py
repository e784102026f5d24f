from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class CustomImage(AbstractImage):
    """A picture, with what a clinic must know before it shows it."""

    alt_text = models.CharField(
        "description for people who cannot see it",
        max_length=200,
        blank=True,
        help_text="Say in a few words what the picture shows. Leave empty only for pure decoration.",
    )
    credit = models.CharField(max_length=200, blank=True, help_text="Who made it, if they are to be named.")
    shows_people = models.BooleanField(
        "shows real people", default=False, help_text="Tick this if somebody could be recognised."
    )
    has_consent = models.BooleanField(
        "written consent on file",
        default=False,
        help_text="Needed before a picture of a real person may be shown.",
    )

    admin_form_fields = (
        *WagtailImage.admin_form_fields,
        "alt_text",
        "credit",
        "shows_people",
        "has_consent",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        constraints = [
            models.CheckConstraint(
                name="image_of_people_has_consent",
                condition=models.Q(shows_people=False) | models.Q(has_consent=True),
                violation_error_message=(
                    "This picture shows real people. File their written consent first, then tick the box."
                ),
            ),
        ]

    @property
    def default_alt_text(self):
        """The description; never the file's title, which says nothing to a listener."""
        return self.alt_text


class Rendition(AbstractRendition):
    """One size and format of a picture, as the browser gets it."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="rendition_unique"
            )
        ]


class CustomDocument(AbstractDocument):
    """A file to download, such as an intake form."""

    admin_form_fields = WagtailDocument.admin_form_fields
