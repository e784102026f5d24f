"""Who may do what: every role's group and grants, made in code and made the same each time.

A clinic's roles hold grants on that clinic's pages, collection and settings only. The agency's roles hold
grants on the library or on a network of clinics.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Model, QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from clinicsite.clinics.models.roles import AgencyRole, ClinicRole
from clinicsite.clinics.tenancy import collections
from clinicsite.core.naming import first_free

LIBRARY_EDITORS = "Library editors"
CLINICAL_REVIEWERS = "Clinical reviewers"
RELEASE_MANAGERS = "Release managers"
AGENCY_ADMINISTRATORS = "Agency administrators"
#: The workflow of the library, and its one task.
CLINICAL_REVIEW = "Clinical review"

#: (app, codename) of every grant a role holds on the pages below a page.
PAGE_GRANTS = {
    ClinicRole.Role.OWNER: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    ClinicRole.Role.EDITOR: ("add", "change", "publish"),
    LIBRARY_EDITORS: ("add", "change"),
    CLINICAL_REVIEWERS: ("change", "lock", "unlock"),
    RELEASE_MANAGERS: ("change", "publish"),
    AGENCY_ADMINISTRATORS: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
}
COLLECTION_GRANTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
#: Wagtail asks for these on a collection too; a person who holds them on the root may arrange all of them.
ARRANGING_GRANTS = ("add_collection", "change_collection", "delete_collection")
#: Model-wide permissions of the agency's roles; clinics hold none but access to the admin.
MODEL_GRANTS: dict[str, list[str]] = {
    LIBRARY_EDITORS: [],
    CLINICAL_REVIEWERS: [],
    RELEASE_MANAGERS: [],
    AGENCY_ADMINISTRATORS: [
        "wagtailcore.add_site",
        "wagtailcore.change_site",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "clinicsite_clinics.change_clinicsettings",
    ],
}


def own_group_ids() -> set[int]:
    """The keys of every group that this module has made."""
    return {
        pk for model in (AgencyRole, ClinicRole) for pk in model.objects.values_list("group_id", flat=True)
    }


def own_workflow_ids() -> QuerySet:
    """The keys of every workflow that this module has made, for a condition: no query by itself."""
    return AgencyRole.objects.exclude(workflow=None).values("workflow_id")


def register_model_grants(model: type[Model], grants: dict[str, Iterable[str]]) -> None:
    """Let roles of the agency work with a model of an app above this one.

    Args:
        model: such as `Reference`.
        grants: role -> what it may do with it, such as "add".
    """
    for role, verbs in grants.items():
        names = [f"{model._meta.app_label}.{verb}_{model._meta.model_name}" for verb in verbs]
        MODEL_GRANTS[role] += [name for name in names if name not in MODEL_GRANTS[role]]


@dataclass(frozen=True)
class ClinicGroups:
    """The two groups of a clinic."""

    owner: Group
    editor: Group


def ensure_clinic_groups(site: Site, collection: Collection) -> ClinicGroups:
    """Make or mend the groups of a clinic's owners and editors, with grants on this clinic only."""
    groups = {role: _ensure_clinic_group(site, role, collection) for role in ClinicRole.Role}
    return ClinicGroups(owner=groups[ClinicRole.Role.OWNER], editor=groups[ClinicRole.Role.EDITOR])


def ensure_agency_groups(library: Page, networks, library_collection: Collection) -> dict[str, Group]:
    """Make or mend the agency's groups: library roles on the library, administrators on everything.

    The library gets its workflow with them: every draft in it is approved by the clinical reviewers.
    """
    groups = {}
    for name, permissions in MODEL_GRANTS.items():
        group = _ensure_agency_group(name)
        pages = [library, *networks] if name == AGENCY_ADMINISTRATORS else [library]
        _set_page_grants(group, pages, PAGE_GRANTS[name])
        _set_collection_grants(group, *_collection_grants_for(name, library_collection))
        _set_model_grants(group, permissions)
        groups[name] = group
    _ensure_clinical_review(library, groups[CLINICAL_REVIEWERS])
    return groups


def _ensure_agency_group(role):
    record = AgencyRole.objects.filter(role=role).select_related("group").first()
    if record is not None:
        return record.group
    group = Group.objects.create(name=_free_name(role))
    AgencyRole.objects.create(role=role, group=group)
    return group


def _ensure_clinical_review(library, reviewers):
    # Known by a row of ours: the project may have renamed it, or have one of this name itself.
    record = AgencyRole.objects.select_related("workflow").get(group=reviewers)
    if record.workflow is None:
        record.workflow = Workflow.objects.create(name=CLINICAL_REVIEW)
        record.save(update_fields=["workflow"])
    workflow = record.workflow
    task = GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).order_by("pk").first()
    task = task or GroupApprovalTask.objects.create(name=CLINICAL_REVIEW)
    task.groups.set([reviewers])
    for one in (task, workflow):
        if not one.active:
            one.active = True
            one.save()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=library, defaults={"workflow": workflow})


def _collection_grants_for(name, library_collection):
    if name == AGENCY_ADMINISTRATORS:
        return Collection.get_first_root_node(), (*COLLECTION_GRANTS, *ARRANGING_GRANTS)
    return library_collection, COLLECTION_GRANTS


def _ensure_clinic_group(site, role, collection):
    record = ClinicRole.objects.filter(site=site, role=role).select_related("group").first()
    name = f"{site.hostname[:100]}: {role.label.lower()}s"
    group = record.group if record else Group.objects.create(name=_free_name(name))
    ClinicRole.objects.update_or_create(site=site, role=role, defaults={"group": group})
    _set_page_grants(group, [site.root_page], PAGE_GRANTS[role])
    _set_collection_grants(group, collection)
    _set_model_grants(group, ())
    _set_settings_grant(group, site if role == ClinicRole.Role.OWNER else None)
    return group


def _free_name(wanted):
    """A name no group has: one of that name may hold people who have no place here.

    It is another's, or was left by an earlier clinic on this host.
    """
    taken = set(Group.objects.filter(name__startswith=wanted).values_list("name", flat=True))
    return first_free(wanted, taken)


def _set_page_grants(group, pages, codenames):
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{name}_page" for name in codenames]
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


def _set_collection_grants(group, collection, codenames=COLLECTION_GRANTS):
    # Wagtail asks for the permissions of its own image and document models, whatever model is in use.
    permissions = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs", "wagtailcore"], codename__in=codenames
    )
    wanted = {permission.pk for permission in permissions}
    # What a group may choose from in pools is not its own: `clinics.pools` keeps that.
    for grant in GroupCollectionPermission.objects.filter(group=group, collection__clinicsite_pool=None):
        if grant.collection_id != collection.pk or grant.permission_id not in wanted:
            grant.delete()
        else:
            wanted.discard(grant.permission_id)
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission_id=permission_id)
        for permission_id in sorted(wanted)
    )
    collections.forget()


def _set_model_grants(group, names):
    wanted = list(Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin"))
    for name in names:
        app_label, codename = name.split(".")
        wanted.append(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    group.permissions.set(wanted)


def _set_settings_grant(group, site):
    permission = Permission.objects.get(
        content_type__app_label="clinicsite_clinics", codename="change_clinicsettings"
    )
    grants = GroupSitePermission.objects.filter(group=group)
    grants.exclude(site=site, permission=permission).delete()
    if site is not None:
        GroupSitePermission.objects.get_or_create(group=group, site=site, permission=permission)
