from django.db import models

from clinicsite.core.fields import PictureField


class HeroImageMixin(models.Model):
    """A page with a large picture at its top."""

    hero_image = PictureField(verbose_name="picture")

    class Meta:
        abstract = True
