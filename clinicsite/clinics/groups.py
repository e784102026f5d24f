"""Which groups of clinics somebody comes across, in filters and choices."""

from clinicsite.clinics.models.groups import ClinicGroup


def groups_among(sites, *, is_everybody: bool = False):
    """The groups that any of these clinics is in, by name; all there are for whoever sees every clinic."""
    groups = ClinicGroup.objects.order_by("name")
    if is_everybody:
        return groups
    return groups.filter(pk__in=ClinicGroup.objects.filter(sites__in=sites).order_by().values("pk"))
