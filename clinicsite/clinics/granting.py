"""Putting a group's grants right: what it lacks is given, and what it should not have is taken away."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)

from clinicsite.clinics.tenancy import collections
from clinicsite.core.naming import first_free


def new_group(wanted: str) -> Group:
    """A group of this name, or of the next that no group has.

    One of that name may hold people who have no place here: it is another's, or was left by an earlier clinic
    on this host.
    """
    taken = set(Group.objects.filter(name__startswith=wanted).values_list("name", flat=True))
    return Group.objects.create(name=first_free(wanted, taken))


def set_page_grants(group: Group, pages: Iterable[Page], verbs: Iterable[str]) -> None:
    """Let a group do this, such as "change", below these pages, and nothing else with pages."""
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{verb}_page" for verb in verbs]
    )
    wanted = {(page.pk, permission.pk) for page in pages for permission in permissions}
    for grant in GroupPagePermission.objects.filter(group=group):
        if (grant.page_id, grant.permission_id) not in wanted:
            grant.delete()
        wanted.discard((grant.page_id, grant.permission_id))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page_id, permission_id=permission_id)
        for page_id, permission_id in sorted(wanted)
    )


def set_collection_grants(group: Group, places: Iterable[Collection], codenames: Iterable[str]) -> None:
    """Let a group do this, such as "add_image", in these collections, and nothing else with files."""
    # Wagtail asks for the permissions of its own image and document models, whatever model is in use.
    permissions = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs", "wagtailcore"], codename__in=codenames
    )
    wanted = {(place.pk, permission.pk) for place in places for permission in permissions}
    # What a group may choose from in pools is not its own: `clinics.pools` keeps that.
    for grant in GroupCollectionPermission.objects.filter(group=group, collection__clinicsite_pool=None):
        if (grant.collection_id, grant.permission_id) not in wanted:
            grant.delete()
        wanted.discard((grant.collection_id, grant.permission_id))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=collection_id, permission_id=permission_id)
        for collection_id, permission_id in sorted(wanted)
    )
    collections.forget()


def set_model_grants(group: Group, names: Iterable[str]) -> None:
    """Let a group into the admin, with these permissions, such as "wagtailcore.add_site", and no other."""
    wanted = list(Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin"))
    for name in names:
        app_label, codename = name.split(".")
        wanted.append(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    group.permissions.set(wanted)


def set_settings_grants(group: Group, sites: Iterable[Site]) -> None:
    """Let a group change the settings of these clinics, and of no other site."""
    permission = Permission.objects.get(
        content_type__app_label="clinicsite_clinics", codename="change_clinicsettings"
    )
    wanted = {site.pk for site in sites}
    for grant in GroupSitePermission.objects.filter(group=group):
        if grant.site_id not in wanted or grant.permission_id != permission.pk:
            grant.delete()
        else:
            wanted.discard(grant.site_id)
    GroupSitePermission.objects.bulk_create(
        GroupSitePermission(group=group, site_id=site_id, permission=permission) for site_id in sorted(wanted)
    )
