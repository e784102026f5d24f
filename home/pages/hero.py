from django.db import models

from clinicsite.core.models import CustomImage


class HeroImageMixin(models.Model):
    """A page with a large picture at its top."""

    hero_image = models.ForeignKey(
        CustomImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="picture",
    )

    class Meta:
        abstract = True
