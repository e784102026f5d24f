from django.db import models
from wagtail.images.models import AbstractImage
from wagtail.images.models import Image as WagtailImage


class AbstractClinicImage(AbstractImage):
    """A picture, with what a clinic must know before it shows it.

    A project may build its image model on this, or bring any other; `core.pictures.facts` reads either.
    """

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
        abstract = True
        verbose_name = "picture"
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_of_people_has_consent",
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
