import wagtail_factories

from clinicsite.media.models import CustomImage


class ImageFactory(wagtail_factories.ImageFactory):
    """A small picture in the root collection unless told otherwise."""

    class Meta:
        model = CustomImage

    alt_text = "A plain test picture."
