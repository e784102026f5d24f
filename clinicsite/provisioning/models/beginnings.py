"""What has been begun and waits for somebody: a clinic that is described, a colleague who was asked."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string
from wagtail.models import Site

from clinicsite.clinics.models import ClinicRole


def new_key() -> str:
    """What makes the link of one mail different from that of the next."""
    return get_random_string(32)


class ClinicPlanQuerySet(models.QuerySet):
    """Clinics that were begun, by whether somebody has touched them lately."""

    def kept(self):
        """Those that can be taken up again."""
        return self.filter(changed_at__gt=self._oldest())

    def forgotten(self):
        """Those that nobody has touched for so long that they go."""
        return self.exclude(changed_at__gt=self._oldest())

    def _oldest(self):
        return timezone.now() - timedelta(days=ClinicPlan.LASTS)


class ClinicPlan(models.Model):
    """What was typed so far on the screens that make a clinic, so that it can be left and taken up again.

    Any of the agency may go on with it. It goes when the clinic is made, or when it is left for too long: the
    owner's name and e-mail stand in it.
    """

    #: How long, in days, what nobody touches is kept.
    LASTS = 90

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

    objects = ClinicPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self):
        return self.typed.get("name") or "A clinic without a name yet"


class Invitation(models.Model):
    """Somebody who was asked by e-mail to work at a clinic, and has not answered yet.

    It goes when it is answered or taken back: a link to it that comes after that leads to nothing.
    """

    #: How long, in days, a link is good.
    LASTS = 7

    class Mail(models.TextChoices):
        """How far the mail has got."""

        WAITING = "waiting", "Being sent"
        SENT = "sent", "Sent"
        NOT_SENT = "not-sent", "Not sent"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="clinicsite_invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=ClinicRole.Role.choices)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(max_length=32, default=new_key, help_text="Another one with each mail.")
    sent_at = models.DateTimeField(default=timezone.now, help_text="When the last mail was asked for.")
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.WAITING)
    reason = models.CharField(max_length=100, blank=True, help_text="What the mail server said; no address.")

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint("site", Lower("email"), name="clinicsite_invited_once"),
        ]

    def __str__(self):
        return self.email

    @property
    def role_in_words(self):
        """What somebody is asked to be: "an editor"; every role of a clinic begins with a vowel."""
        return f"an {self.get_role_display().lower()}"

    @property
    def ends_at(self):
        """When the link in the last mail runs out."""
        return self.sent_at + timedelta(days=self.LASTS)

    @property
    def has_ended(self):
        """Whether the link has run out."""
        return self.ends_at <= timezone.now()
