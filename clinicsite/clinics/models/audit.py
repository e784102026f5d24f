"""What happened to the safety of the install: written once, and never changed or deleted but by its age."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Site


class AppendOnlyError(TypeError):
    """Somebody has tried to change or delete what the audit log says."""

    def __init__(self):
        super().__init__("The audit log is only ever added to.")


class AuditQuerySet(models.QuerySet):
    """Entries that are read and added, and neither changed nor deleted."""

    def update(self, **values):
        """Refuse."""
        raise AppendOnlyError

    def delete(self):
        """Refuse."""
        raise AppendOnlyError

    def bulk_update(self, *args, **kwargs):
        """Refuse."""
        raise AppendOnlyError

    def prune(self, before) -> int:
        """Delete what is older than a moment: the one way by which entries go; how many there were."""
        deleted, _ = super(AuditQuerySet, self.filter(moment__lt=before)).delete()
        return deleted


class AuditEntry(models.Model):
    """One thing that somebody did, or tried, and where from."""

    class Kind(models.TextChoices):
        """What is noted."""

        SIGN_IN = "sign-in", "Signed in"
        FAILED_SIGN_IN = "failed-sign-in", "Failed to sign in"
        SECOND_STEP = "second-step", "Second step"
        CAME_HERE = "came-here", "Came over from another clinic"
        RIGHTS = "rights", "Rights"
        INVITATION = "invitation", "Invitation"
        EXPORT = "export", "Download"
        SETTINGS = "settings", "Settings"
        RELEASE = "release", "Release in the library"
        RETIREMENT = "retirement", "Retirement in the library"
        CLINIC = "clinic", "A clinic’s state, or its end"
        BULK = "bulk", "Work on many clinics"

    moment = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="clinic"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=254, blank=True, help_text="The person as they were called then.")
    about = models.CharField(max_length=500, blank=True)
    address = models.CharField("from", max_length=45, blank=True, help_text="The IP address.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = "entry in the audit log"
        verbose_name_plural = "entries in the audit log"
        ordering = ["-moment", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["site", "-moment"], name="clinicsite_audit_of_site")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.name}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refuse."""
        raise AppendOnlyError
