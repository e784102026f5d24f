"""Who may see the matrix, and which clinics in it."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.functional import cached_property
from wagtail.models import GroupPagePermission, Site

from clinicsite.clinics.groups import groups_among
from clinicsite.clinics.models import NetworkPage
from clinicsite.clinics.tenancy import Scope, clinic_sites, scope_at_work
from clinicsite.library.tree import library_paths


@dataclass(frozen=True)
class Reach:
    """Whose use of the library a person may see. `is_everybody` is true for the library's people.

    The library's people see every clinic, a network's people those of their network, a clinic's people none.
    """

    scope: Scope
    is_everybody: bool

    @classmethod
    def of(cls, user: AbstractBaseUser) -> "Reach":
        """The reach of a person; two queries."""
        scope = scope_at_work(user)
        return cls(scope, scope.is_everything or (scope.is_agencys and _touches_library(scope)))

    @cached_property
    def is_any(self) -> bool:
        """Whether they look after the library or a whole network, not single clinics."""
        return self.is_everybody or (
            (self.scope.is_agencys or self.scope.is_networks) and self.networks.exists()
        )

    @property
    def networks(self):
        """The networks they can filter by."""
        networks = NetworkPage.objects.order_by("path")
        return networks if self.is_everybody else self.scope.pages(networks)

    @property
    def groups(self):
        """The groups of clinics they can filter by."""
        return groups_among(self.sites, is_everybody=self.is_everybody)

    @property
    def sites(self):
        """The clinics they see."""
        if self.is_everybody:
            return clinic_sites()
        return self.scope.sites() if self.is_any else Site.objects.none()


def editable_paths(user: AbstractBaseUser) -> tuple[str, ...]:
    """The tree paths below which somebody may edit any page; one query. A superuser's is the whole tree."""
    if user.is_superuser:
        return ("",)
    grants = GroupPagePermission.objects.filter(group__user=user, permission__codename="change_page")
    return tuple(set(grants.values_list("page__path", flat=True)))


def by_name(sites):
    """Clinics in the order of their names, each with `clinic_name`."""
    name = Coalesce(
        NullIf("clinicsite_settings__name", Value("")), NullIf("site_name", Value("")), F("hostname")
    )
    return sites.annotate(clinic_name=name).order_by(Lower("clinic_name"), "pk")


def _touches_library(scope) -> bool:
    """Whether any grant lies in the library, or above it."""
    return any(
        path.startswith(library) or library.startswith(path)
        for library in library_paths()
        for path in scope.root_paths
    )
