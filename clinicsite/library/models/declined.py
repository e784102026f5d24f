from django.conf import settings
from django.db import models
from wagtail.models import Page, Site


class DeclinedPage(models.Model):
    """A library page that a clinic has decided not to have: its updates no longer offer it."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    library_page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    declined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "library_page"], name="declined_page_unique"),
        ]

    def __str__(self):
        return f"{self.site}: {self.library_page}"
