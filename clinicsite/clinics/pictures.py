"""Whose a picture is, where the project's own images are in the same list."""

from wagtail.models import Collection, GroupCollectionPermission

from clinicsite.clinics.models import AgencyRole, ClinicRole


def is_a_clinics(picture) -> bool:
    """Whether a picture is a clinic's or the library's: lies where one of our roles holds a grant.

    The root collection is nobody's: what a project keeps there is its own.
    """
    collection = Collection.objects.filter(pk=picture.collection_id).first()
    if collection is None or collection.is_root():
        return False
    above = collection.get_ancestors(inclusive=True).filter(depth__gt=1)
    grants = GroupCollectionPermission.objects.filter(collection__in=above)
    ours = (ClinicRole.objects.values("group"), AgencyRole.objects.values("group"))
    return any(grants.filter(group__in=groups).exists() for groups in ours)
