"""What an agency needs: a library, a network, a collection, the agency's roles, and those of each clinic."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, Page, Site

from clinicsite.clinics.models import AgencyRole, ClinicRole, NetworkPage, NetworkRole
from clinicsite.clinics.roles import (
    LIBRARY_EDITORS,
    ClinicGroups,
    ensure_agency_groups,
    ensure_clinic_groups,
    ensure_network_groups,
    ensure_networks_of,
)
from clinicsite.clinics.tenancy.scope import clinic_sites
from clinicsite.core.naming import first_free
from clinicsite.library.first_words import make_first_words
from clinicsite.library.models import EmergencyHelp, LibraryFolderPage

LIBRARY = "Library"
NETWORK = "Clinics"


@dataclass(frozen=True)
class Agency:
    """What was found or made."""

    library: LibraryFolderPage
    network: NetworkPage
    collection: Collection
    groups: dict[str, Group]


@transaction.atomic
def setup_agency(say: Callable[[str], None] = lambda line: None) -> Agency:
    """Find what an agency needs, and make what is missing; nothing that is there is changed or removed.

    The grants of the agency's and the clinics' own roles are the exception: they are made as they should be.
    A clinic whose site was made by hand gets its owners, its editors and their collection.

    Args:
        say: Is given a line for each thing that is made.
    """
    library = _top_page(LibraryFolderPage, LIBRARY, say)
    network = _top_page(NetworkPage, NETWORK, say)
    collection = _library_collection(say)
    _emergency_help(say)
    _first_words(say)
    known = set(AgencyRole.objects.values_list("role", flat=True))
    networks = NetworkPage.objects.filter(depth=network.depth)
    groups = ensure_agency_groups(library, networks, collection)
    for role, group in groups.items():
        if role not in known:
            say(f"Made the role “{role}”, its group is “{group.name}”.")
    for site in clinic_sites().select_related("root_page").order_by("hostname", "port"):
        _ensure_clinic(site, say)
    _networks(say)
    return Agency(library, network, collection, groups)


def ensure_clinic(site: Site, say: Callable[[str], None]) -> tuple[ClinicGroups, Collection]:
    """A clinic's groups, with the grants they should have, and its collection; made where there are none.

    Who looks after its network gets theirs on it too.
    """
    made = _ensure_clinic(site, say)
    ensure_networks_of(site)
    return made


def _ensure_clinic(site, say):
    known = set(ClinicRole.objects.filter(site=site).values_list("role", flat=True))
    collection = _clinics_collection(site, say)
    groups = ensure_clinic_groups(site, collection)
    made = [f"“{groups.of(role).name}”" for role in ClinicRole.Role if role not in known]
    if made:
        say(f"Made {'a role' if len(made) == 1 else 'roles'} of {_name(site)}: {', '.join(made)}.")
    return groups, collection


def _networks(say):
    """The roles of all networks, inner ones too."""
    networks = NetworkPage.objects.order_by("path")
    known = set(NetworkRole.objects.values_list("network_id", flat=True))
    groups = ensure_network_groups(networks)
    for network in networks:
        if network.pk not in known:
            say(f"Made a role for who looks after “{network.title}”: “{groups[network.pk].name}”.")


def _clinics_collection(site, say):
    """The collection that a clinic's people work in; known by their grants, whatever it is called."""
    roles = ClinicRole.objects.filter(site=site).order_by("-role")
    grants = GroupCollectionPermission.objects.filter(
        group__in=roles.values("group"), collection__clinicsite_pool=None
    )
    for grant in grants.select_related("collection")[:1]:
        return grant.collection
    say(f"Made a collection for the pictures and documents of {_name(site)}.")
    name = site.site_name or site.hostname
    return Collection.get_first_root_node().add_child(instance=Collection(name=name))


def _name(site):
    return f"“{site.site_name or site.hostname}”"


def _top_page(model, title, say):
    found = model.objects.filter(depth=2).order_by("path").first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    made = root.add_child(instance=model(title=title, slug=_free_slug(root, title.lower())))
    say(f"Made the page “{title}” at the top of the tree: {model.page_description}")
    return made


def _free_slug(parent, wanted):
    taken = set(parent.get_children().values_list("slug", flat=True))
    return first_free(wanted, taken, "{}-{}")


def _library_collection(say):
    """The collection that the library's editors work in; known by their grants, whatever it is called."""
    role = AgencyRole.objects.filter(role=LIBRARY_EDITORS).first()
    grants = GroupCollectionPermission.objects.filter(group=role and role.group).select_related("collection")
    for grant in grants[:1]:
        return grant.collection
    say(f"Made the collection “{LIBRARY}” for the library's pictures and documents.")
    return Collection.get_first_root_node().add_child(instance=Collection(name=LIBRARY))


def _emergency_help(say):
    """What clinics' searches say in an emergency, as it is from the beginning, for the library to keep."""
    if not EmergencyHelp.objects.exists():
        EmergencyHelp.objects.create()
        say("Made the emergency help: what every clinic's search says first to somebody in danger.")


def _first_words(say):
    """Words of patients that mean the same, for the library's editors to keep."""
    if made := make_first_words():
        say(f"Made {made} groups of words that mean the same, for every clinic's search.")
