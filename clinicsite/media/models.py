from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractRendition

from clinicsite.core.models.media import AbstractClinicImage


class CustomImage(AbstractClinicImage):
    """A picture of a clinic, of the library or of the agency."""

    class Meta(AbstractClinicImage.Meta):
        abstract = False


class Rendition(AbstractRendition):
    """One size and format of a picture, as the browser gets it."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="clinicsite_rendition_unique"
            )
        ]


class CustomDocument(AbstractDocument):
    """A file to download, such as an intake form."""

    admin_form_fields = WagtailDocument.admin_form_fields
