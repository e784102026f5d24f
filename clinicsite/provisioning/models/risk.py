"""What waits for the agency's eyes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page


class WaitingPage(models.Model):
    """A page of a clinic whose draft changes claims or fees, which somebody wanted to publish.

    It goes when the page is published, sent back or deleted.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now, help_text="When it was first wanted to go live.")
    #: The sentences that are new or changed and speak of a fee or claim something.
    found: Any = models.JSONField(default=list)

    class Meta:
        ordering = ["asked_at", "pk"]
        default_permissions = ()

    def __str__(self):
        return str(self.page)
