"""What is kept of a clinic's launch: changes of state, what the checklist found, tests of its mail."""

from django.conf import settings
from django.db import models
from wagtail.models import Site


class StateChange(models.Model):
    """One change of a site's state: who made it, when, and from what."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="clinicsite_state_changes")
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    takes_back = models.BooleanField(default=False, help_text="Whether it took back the change before it.")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.before} to {self.after}"


class LaunchResult(models.Model):
    """What one check of the launch list found at a clinic, since when, and whether anybody was told."""

    class Outcome(models.TextChoices):
        """What a check can find."""

        OK = "ok", "In order"
        OPEN = "open", "Open"
        UNKNOWN = "unknown", "Could not be checked"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="clinicsite_launch_results")
    name = models.CharField(max_length=60, help_text="The check's own name.")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    sentence = models.TextField()
    since = models.DateTimeField(help_text="When it was first found so.")
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When owner and agency were told that it broke."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="clinicsite_launch_result_unique")
        ]

    def __str__(self):
        return f"{self.name}: {self.outcome}"


class MailTest(models.Model):
    """A test message to a clinic's address, and when somebody there opened the link in it."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="clinicsite_mail_test")
    address = models.EmailField()
    token = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.address
