from django.db import models
from wagtail.models import Site


class GoneAddress(models.Model):
    """An address of a clinic whose page has been deleted, so that whoever follows an old link is told."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500, help_text="From the site's root, such as /blog/old-post/.")
    gone_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "path"], name="clinicsite_gone_address_unique")
        ]

    def __str__(self):
        return self.path
