"""Clinics that have closed, and the hosts on which they were."""

from django.conf import settings
from django.db import models


class RetiredClinic(models.Model):
    """What is known of a clinic that was exported and removed."""

    name = models.CharField(max_length=255)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    retired_at = models.DateTimeField(auto_now_add=True)
    file = models.CharField(max_length=255, help_text="The name of the file it was exported to.")
    removed = models.JSONField(default=list, help_text="A line for each thing that was removed.")

    class Meta:
        verbose_name = "retired clinic"
        ordering = ["-retired_at", "-pk"]

    def __str__(self):
        return self.name


class RetiredHost(models.Model):
    """A host on which a clinic was: it answers 410 until a clinic has it again."""

    host = models.CharField(max_length=255, unique=True, help_text="In lower case, without a port.")
    clinic = models.ForeignKey(RetiredClinic, on_delete=models.CASCADE, related_name="hosts")

    class Meta:
        verbose_name = "retired host"
        ordering = ["host"]

    def __str__(self):
        return self.host
