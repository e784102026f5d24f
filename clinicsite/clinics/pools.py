"""Pools of pictures and documents: who may choose from them, kept as the groups of clinics are.

A clinic's roles may choose from its pools, and no more; so a pool's picture is by the rules of
`tenancy.ownership` one that the pool's clinics may show, and nobody else. The agency's administrators hold a
grant on each pool too, so that none counts as a clinic's own, and goes with it.
"""

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save
from wagtail.models import Collection, GroupCollectionPermission, Site

from clinicsite.clinics import roles
from clinicsite.clinics.models import AgencyRole, ClinicGroup, ClinicRole, Pool
from clinicsite.clinics.tenancy import clinic_sites, collections

CHOOSING = ("choose_image", "choose_document")


@transaction.atomic
def make_pool(name: str, group: ClinicGroup | None = None) -> Pool:
    """Make a pool for every clinic, or for those of one group, with a collection of its own."""
    collection = Collection.get_first_root_node().add_child(instance=Collection(name=name))
    pool = Pool.objects.create(collection=collection, group=group)
    grant(pool)
    return pool


def sites_of(pool: Pool):
    """The clinics that may use a pool."""
    return clinic_sites() if pool.group_id is None else pool.group.sites.all()


def grant(pool: Pool) -> None:
    """Let the roles of the pool's clinics choose from it, and nobody else's; none may change it."""
    wanted = {
        (group_id, codename)
        for group_id in ClinicRole.objects.filter(site__in=sites_of(pool)).values_list("group_id", flat=True)
        for codename in CHOOSING
    }
    administrators = AgencyRole.objects.filter(role=roles.AGENCY_ADMINISTRATORS)
    wanted |= {
        (group_id, codename)
        for group_id in administrators.values_list("group_id", flat=True)
        for codename in roles.COLLECTION_GRANTS
    }
    for one in GroupCollectionPermission.objects.filter(collection=pool.collection_id).select_related(
        "permission"
    ):
        named = (one.group_id, one.permission.codename)
        if named in wanted:
            wanted.remove(named)
        else:
            one.delete()
    permissions = _permissions()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group_id=group_id, collection_id=pool.collection_id, permission=permissions[codename]
        )
        for group_id, codename in sorted(wanted)
    )
    collections.forget()


def connect_signals() -> None:
    """Keep the grants as clinics come and go between groups, and as roles are made."""
    m2m_changed.connect(
        _members_changed, sender=ClinicGroup.sites.through, dispatch_uid="clinicsite_pools_members"
    )
    for model in (ClinicRole, AgencyRole):
        post_save.connect(_role_saved, sender=model, dispatch_uid=f"clinicsite_pools_{model.__name__}")


def _members_changed(instance, action, pk_set, **kwargs):
    if not action.startswith("post_"):
        return
    if not isinstance(instance, Site):
        pools = Pool.objects.filter(group=instance)
    elif pk_set:
        pools = Pool.objects.filter(group__in=pk_set)
    else:
        # All its groups were taken from a clinic at once, and nothing says which they were.
        pools = Pool.objects.exclude(group=None)
    for pool in pools:
        grant(pool)


def _role_saved(instance, created=False, raw=False, **kwargs):
    if created and not raw:
        for pool in Pool.objects.all():
            grant(pool)


def _permissions():
    found = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=roles.COLLECTION_GRANTS
    )
    return {permission.codename: permission for permission in found}
