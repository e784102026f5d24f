from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.models import Page, Revision, Site


class Approval(models.Model):
    """A clinical reviewer's yes to one version of a library page, and to no other.

    `digest` names the version by its words: a revision can be written over by autosave.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="clinicsite_approvals")
    digest = models.CharField(max_length=64)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(auto_now_add=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["-approved_at", "-pk"]
        indexes = [models.Index(fields=["page", "digest"], name="clinicsite_approval_of_version")]

    def __str__(self):
        return f"{self.page}: approved by {self.approved_by or 'somebody who has left'}"


class Release(models.Model):
    """One version of a library page on its way to the clinics: who handed it to whom, when and why.

    The rows are the history; none is deleted, and so neither is its page. Versions are kept as content, not
    as revisions: revisions can be purged.
    """

    class State(models.TextChoices):
        """How far a release has come."""

        PILOT = "pilot", "With pilot clinics"
        SCHEDULED = "scheduled", "At a set time"
        LIVE = "live", "With every clinic"
        ENDED = "ended", "Ended before it reached every clinic"
        UNDONE = "undone", "Taken back"
        RETIRED = "retired", "Page retired"

    #: States of a release that is not finished: a page has one of these at most.
    UNDER_WAY = (State.PILOT, State.SCHEDULED)

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="clinicsite_releases")
    state = models.CharField(max_length=10, choices=State.choices)
    content = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="The version that was released, as a revision stores it."
    )
    before = models.JSONField(
        null=True,
        encoder=DjangoJSONEncoder,
        help_text="The version every clinic had before; null for a first.",
    )
    revision = models.ForeignKey(
        Revision,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For comparing, while kept.",
    )
    revision_before = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    approval = models.ForeignKey(Approval, null=True, on_delete=models.SET_NULL, related_name="+")
    pilots = models.ManyToManyField(Site, blank=True, related_name="+")
    note = models.TextField(blank=True, help_text="What changed and why, for the clinics' editors.")
    replaced_by = models.ForeignKey(
        Page,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="On a retired page: the library page that takes its place.",
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    scheduled_for = models.DateTimeField(null=True, blank=True)
    live_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(state__in=["pilot", "scheduled"]),
                name="clinicsite_one_release_under_way",
                violation_error_message="A release of this page is under way. Finish or end it first.",
            ),
        ]

    def __str__(self):
        return f"{self.page}: {self.get_state_display()}"

    @property
    def is_under_way(self):
        """Whether it has yet to reach every clinic, or to be ended."""
        return self.state in self.UNDER_WAY
