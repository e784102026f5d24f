"""A clinic that somebody has begun to describe, and not made yet."""

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Site


class ClinicPlan(models.Model):
    """What was typed so far on the screens that make a clinic, so that it can be left and taken up again.

    Any of the agency may go on with it. It goes when the clinic is made.
    """

    #: Column of a chain's CSV -> what was typed, empty where nothing was.
    typed: Any = models.JSONField(default=dict)
    copied_from = models.ForeignKey(
        Site,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The clinic it is made after.",
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self):
        return self.typed.get("name") or "A clinic without a name yet"
