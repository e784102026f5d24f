"""Further hosts of a clinic's site, and what was found when a host was asked for."""

from django.db import models
from wagtail.models import Site


class HostState(models.TextChoices):
    """How far a host of a clinic has come."""

    UNASKED = "unasked", "Not checked yet"
    REQUESTED = "requested", "Does not answer here yet"
    ANSWERS = "answers", "Answers here"
    LIVE = "live", "Live"


class ClinicHost(models.Model):
    """A host that leads to a clinic's site, whose own host `Site.hostname` alone names."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="clinicsite_hosts")
    name = models.CharField(max_length=253, unique=True, help_text="As browsers send it, in lower case.")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "further host"

    def __str__(self):
        return self.name


class HostCheck(models.Model):
    """What was found the last time the server asked a host, its own or a further one, for itself."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="clinicsite_host_checks")
    name = models.CharField(max_length=253)
    checked_at = models.DateTimeField()
    problem = models.TextField(blank=True, help_text="Empty where the host answered here.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="clinicsite_host_check_unique")]

    def __str__(self):
        return f"{self.name}: {self.problem or 'answers here'}"
