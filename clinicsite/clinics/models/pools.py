"""Pictures and documents that many clinics may use, and only the agency changes."""

from django.db import models
from wagtail.models import Collection

from clinicsite.clinics.models.groups import ClinicGroup


class Pool(models.Model):
    """A collection of the agency's, for every clinic or for those of one group."""

    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="clinicsite_pool")
    group = models.OneToOneField(
        ClinicGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pool",
        help_text="Empty is every clinic.",
    )

    class Meta:
        verbose_name = "pool"
        ordering = ["pk"]

    def __str__(self):
        return self.collection.name
