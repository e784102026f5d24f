"""Who may do what: every role's group and grants, made in code and made the same each time.

A clinic's roles hold grants on that clinic's pages, collection and settings only. The agency's roles hold
grants on the library or on a network of clinics.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_delete
from wagtail.models import Collection, GroupCollectionPermission, Page, Site, Workflow

from clinicsite.clinics.approvals import ensure_workflow
from clinicsite.clinics.granting import (
    new_group,
    set_collection_grants,
    set_model_grants,
    set_page_grants,
    set_settings_grants,
)
from clinicsite.clinics.models.networks import NetworkPage
from clinicsite.clinics.models.roles import AgencyRole, ClinicRole, NetworkRole
from clinicsite.clinics.tenancy.scope import clinic_sites

LIBRARY_EDITORS = "Library editors"
CLINICAL_REVIEWERS = "Clinical reviewers"
RELEASE_MANAGERS = "Release managers"
AGENCY_ADMINISTRATORS = "Agency administrators"
NETWORK_MANAGERS = "Network managers"
#: The workflow of the library, and its one task.
CLINICAL_REVIEW = "Clinical review"

#: What every role may do with the pages below a page. Auditors hold the grant to view alone, which Wagtail
#: asks for nowhere: `tenancy.grants` and `tenancy.gate` show them pages by it.
PAGE_GRANTS = {
    ClinicRole.Role.OWNER: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    ClinicRole.Role.EDITOR: ("add", "change", "publish"),
    ClinicRole.Role.AUTHOR: ("add", "change"),
    ClinicRole.Role.AUDITOR: ("view",),
    NETWORK_MANAGERS: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
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
#: An author changes no picture or document of somebody else's: it would be live at once.
AUTHORS_COLLECTION_GRANTS = ("add_image", "choose_image", "add_document", "choose_document")
AUDITORS_COLLECTION_GRANTS = ("choose_image", "choose_document")
CLINIC_COLLECTION_GRANTS = {
    ClinicRole.Role.OWNER: COLLECTION_GRANTS,
    ClinicRole.Role.EDITOR: COLLECTION_GRANTS,
    ClinicRole.Role.AUTHOR: AUTHORS_COLLECTION_GRANTS,
    ClinicRole.Role.AUDITOR: AUDITORS_COLLECTION_GRANTS,
}
#: The roles of a clinic that let a page of its authors go live.
REVIEWERS = (ClinicRole.Role.OWNER, ClinicRole.Role.EDITOR)
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
    models = (AgencyRole, ClinicRole, NetworkRole)
    return {pk for model in models for pk in model.objects.values_list("group_id", flat=True)}


def connect_signals() -> None:
    """Have the group of those who look after a network go with it, and their grants on what lay there."""
    post_delete.connect(_delete_group, sender=NetworkRole, dispatch_uid="clinicsite_network_role")


def _delete_group(instance, **kwargs):
    Group.objects.filter(pk=instance.group_id).delete()


def own_workflow_ids() -> QuerySet:
    """The keys of every workflow that this module has made, for a condition: no query by itself."""
    agencys, clinics = (
        model.objects.exclude(workflow=None).values("workflow_id") for model in (AgencyRole, ClinicRole)
    )
    return Workflow.objects.filter(Q(pk__in=agencys) | Q(pk__in=clinics)).values("pk")


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
    """The groups of a clinic, one a role, each called as its role is stored."""

    owner: Group
    editor: Group
    author: Group
    auditor: Group

    def of(self, role: str) -> Group:
        """The group of a role, such as "editor"."""
        return getattr(self, ClinicRole.Role(role).value)


def ensure_clinic_groups(site: Site, collection: Collection) -> ClinicGroups:
    """Make or mend the groups of a clinic's people, with grants on this clinic only, and its workflow.

    What its authors send off is approved by its owners and editors.
    """
    groups = ClinicGroups(
        **{role.value: _ensure_clinic_group(site, role, collection) for role in ClinicRole.Role}
    )
    owners = ClinicRole.objects.select_related("workflow").get(group=groups.owner)
    reviewers = [groups.of(role) for role in REVIEWERS]
    ensure_workflow(owners, _approval_by(site), reviewers, site.root_page)
    return groups


def ensure_network_groups(networks: Iterable[NetworkPage]) -> dict[int, Group]:
    """Make or mend the group of those who look after each network, with grants on its clinics only.

    Returns:
        Key of the network -> its group.
    """
    return {network.pk: _ensure_network_group(network) for network in networks}


def ensure_networks_of(site: Site) -> None:
    """Give a clinic's networks, inner and outer, their grants on it; for a clinic that is new among them."""
    above = NetworkPage.objects.filter(pk__in=site.root_page.get_ancestors().values("pk"))
    ensure_network_groups(above)


def ensure_agency_groups(library: Page, networks, library_collection: Collection) -> dict[str, Group]:
    """Make or mend the agency's groups: library roles on the library, administrators on everything.

    The library gets its workflow with them: every draft in it is approved by the clinical reviewers.
    """
    groups = {}
    for name, permissions in MODEL_GRANTS.items():
        group = _ensure_agency_group(name)
        pages = [library, *networks] if name == AGENCY_ADMINISTRATORS else [library]
        set_page_grants(group, pages, PAGE_GRANTS[name])
        place, codenames = _collection_grants_for(name, library_collection)
        set_collection_grants(group, [place], codenames)
        set_model_grants(group, permissions)
        groups[name] = group
    reviewers = groups[CLINICAL_REVIEWERS]
    record = AgencyRole.objects.select_related("workflow").get(group=reviewers)
    ensure_workflow(record, CLINICAL_REVIEW, [reviewers], library)
    return groups


def _ensure_agency_group(role):
    record = AgencyRole.objects.filter(role=role).select_related("group").first()
    if record is not None:
        return record.group
    group = new_group(role)
    AgencyRole.objects.create(role=role, group=group)
    return group


def _collection_grants_for(name, library_collection):
    if name == AGENCY_ADMINISTRATORS:
        return Collection.get_first_root_node(), (*COLLECTION_GRANTS, *ARRANGING_GRANTS)
    return library_collection, COLLECTION_GRANTS


def _ensure_clinic_group(site, role, collection):
    record = ClinicRole.objects.filter(site=site, role=role).select_related("group").first()
    group = record.group if record else new_group(f"{site.hostname[:100]}: {role.label.lower()}s")
    ClinicRole.objects.update_or_create(site=site, role=role, defaults={"group": group})
    set_page_grants(group, [site.root_page], PAGE_GRANTS[role])
    set_collection_grants(group, [collection], CLINIC_COLLECTION_GRANTS[role])
    set_model_grants(group, ())
    set_settings_grants(group, [site] if role == ClinicRole.Role.OWNER else [])
    return group


def _ensure_network_group(network):
    record = NetworkRole.objects.filter(network=network).select_related("group").first()
    group = record.group if record else new_group(f"{NETWORK_MANAGERS}: {network.title[:100]}")
    if record is None:
        NetworkRole.objects.create(network=network, group=group)
    sites = clinic_sites().filter(root_page__path__startswith=network.path)
    owners = ClinicRole.objects.filter(site__in=sites, role=ClinicRole.Role.OWNER)
    grants = GroupCollectionPermission.objects.filter(
        group__in=owners.values("group"), collection__depth__gt=1, collection__clinicsite_pool=None
    )
    set_page_grants(group, [network], PAGE_GRANTS[NETWORK_MANAGERS])
    set_collection_grants(
        group, Collection.objects.filter(pk__in=grants.values("collection")), COLLECTION_GRANTS
    )
    set_model_grants(group, ())
    set_settings_grants(group, sites)
    return group


def _approval_by(site):
    return f"{site.site_name or site.hostname}: approval"
