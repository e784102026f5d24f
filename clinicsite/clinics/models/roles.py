from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Site, Workflow


class AgencyRole(models.Model):
    """The group that holds one role of the agency; made in code, never by hand."""

    role = models.CharField(max_length=40, unique=True)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")
    workflow = models.ForeignKey(
        Workflow,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The workflow that ends with this role, whatever it is called.",
    )

    def __str__(self):
        return self.role


class NetworkRole(models.Model):
    """The group of those who look after one network of clinics; made in code, never by hand."""

    network = models.OneToOneField(
        "clinicsite_clinics.NetworkPage", on_delete=models.CASCADE, related_name="clinicsite_role"
    )
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="clinicsite_network_role")

    def __str__(self):
        return f"Network manager of {self.network}"


class ClinicRole(models.Model):
    """The group that holds one role at one clinic; made in code, never by hand."""

    class Role(models.TextChoices):
        """What somebody does at a clinic."""

        OWNER = "owner", "Owner"
        EDITOR = "editor", "Editor"
        AUTHOR = "author", "Author"
        AUDITOR = "auditor", "Auditor"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="clinicsite_roles")
    role = models.CharField(max_length=10, choices=Role.choices)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="clinicsite_role")
    workflow = models.ForeignKey(
        Workflow,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="On the owners' row: the workflow by which the clinic's own people approve its pages.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "role"], name="clinicsite_clinic_role_unique")]

    def __str__(self):
        return f"{self.get_role_display()} of {self.site}"
