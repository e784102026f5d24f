"""What was asked of many clinics at once, and what came of it at each."""

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Site


class BulkWork(models.Model):
    """One piece of work on many clinics: first what it would change, then what it has changed."""

    class Kind(models.TextChoices):
        """What is done."""

        SETTING = "setting", "Set a setting"
        PAGE = "page", "Add a page of the library"
        WORDS = "words", "Find and replace words"

    class State(models.TextChoices):
        """How far it has come."""

        LOOKING = "looking", "Looking what would change"
        SHOWN = "shown", "Not done yet"
        WORKING = "working", "Being done"
        DONE = "done", "Done"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"

    #: The states in which the background is at it.
    UNDER_WAY = (State.LOOKING, State.WORKING, State.UNDOING)

    kind = models.CharField(max_length=10, choices=Kind.choices)
    #: What was asked, such as {"field": "tagline", "value": "Open late"}; each kind has names of its own.
    asked: Any = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.get_kind_display()} ({self.pk})"

    @property
    def is_under_way(self) -> bool:
        """Whether the background is at it."""
        return self.state in self.UNDER_WAY


class BulkClinic(models.Model):
    """One clinic of it. It goes with its clinic."""

    class Outcome(models.TextChoices):
        """What came of it here."""

        WAITING = "waiting", "Waiting"
        WOULD_CHANGE = "would-change", "Would change"
        UNCHANGED = "unchanged", "Nothing to change"
        REFUSED = "refused", "Not possible"
        CHANGED = "changed", "Changed"
        FAILED = "failed", "Not changed"
        UNDONE = "undone", "Undone"
        KEPT = "kept", "Not undone"

    work = models.ForeignKey(BulkWork, on_delete=models.CASCADE, related_name="clinics")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=15, choices=Outcome.choices, default=Outcome.WAITING)
    reason = models.TextField(blank=True, help_text="Why it was not done or not undone, in sentences.")
    #: What would be changed, one dictionary a thing; JSON, and read by its kind alone.
    changes: Any = models.JSONField(default=list)
    #: Sentences about what is left as it is.
    notes: Any = models.JSONField(default=list)
    #: What is needed to undo it: the keys of what was made, in the order of `changes`.
    done: Any = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["work", "site"], name="clinicsite_bulk_clinic_once"),
        ]

    def __str__(self):
        return f"{self.site}: {self.get_outcome_display()}"
