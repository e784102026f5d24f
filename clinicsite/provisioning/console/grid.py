"""The list itself: which clinics are in it, in which order, and what each of them has in the columns."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Site

from clinicsite.clinics.console import Clinics, Column, clinics_among, column_or_none, columns
from clinicsite.clinics.groups import groups_among
from clinicsite.clinics.models import ClinicGroup, NetworkPage
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.library.matrix.reach import by_name
from clinicsite.provisioning.console.filters import BY_STATE, ConsoleFilters, states

#: Under this name a person, who lives as long as the request, remembers it.
_HAS_NETWORKS = "_clinicsite_has_networks"


def looks_after_clinics(user) -> bool:
    """Whether somebody looks after a whole network of clinics, and not single ones or the library."""
    scope = scope_at_work(user)
    if scope.is_everything:
        return True
    return (scope.is_agencys or scope.is_networks) and has_networks(user)


def has_networks(user) -> bool:
    """Whether any network of clinics is a person's; asked once a request, by each item of the menu."""
    if not hasattr(user, _HAS_NETWORKS):
        found = scope_at_work(user).pages(NetworkPage.objects.all()).exists()
        setattr(user, _HAS_NETWORKS, found)
    return getattr(user, _HAS_NETWORKS)


#: All that the list reads of a clinic itself: a thousand are read to show fifty.
_READ = (
    *("hostname", "port", "site_name", "is_default_site", "root_page__path", "root_page__depth"),
    "clinicsite_settings__state",
)


@dataclass(frozen=True)
class Row:
    """A clinic with its values, one for each column."""

    site: Site
    state: str
    values: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The clinic's name, as its pages have it."""
        return self.site.clinic_name


class Console:
    """What one person asked to see of their clinics."""

    def __init__(self, user, filters: ConsoleFilters):
        self.scope = scope_at_work(user)
        self.filters = filters
        self.columns = columns()
        self._words = dict(states())

    @cached_property
    def clinics(self) -> Clinics:
        """The clinics that the filters leave, in the order asked for."""
        found = clinics_among(self._named, is_narrow=not self._is_everybody)
        if need := column_or_none(self.filters.need):
            values = need.find(found)
            left = tuple(site for site in found.sites if values.get(site.pk))
            found = Clinics(left, is_narrow=True)
        return Clinics(tuple(self._sorted(found)), found.is_narrow)

    @cached_property
    def _named(self):
        sites = by_name(self.scope.sites()).select_related("root_page", "clinicsite_settings").only(*_READ)
        if words := self.filters.words:
            sites = sites.filter(Q(clinic_name__icontains=words) | Q(hostname__icontains=words))
        if self.filters.state:
            sites = sites.filter(clinicsite_settings__state=self.filters.state)
        if self.filters.group is not None:
            # By key: a clinic stands in the list once, whatever else it is in.
            members = ClinicGroup.sites.through.objects.filter(clinicgroup=self.filters.group)
            sites = sites.filter(pk__in=members.values("site_id"))
        return list(sites)

    @property
    def _is_everybody(self):
        chosen = (self.filters.words, self.filters.state, self.filters.group)
        return self.scope.is_everything and not any(chosen)

    @property
    def groups(self):
        """The groups to filter by."""
        return groups_among(self.scope.sites(), is_everybody=self.scope.is_everything)

    def _sorted(self, clinics):
        column = column_or_none(self.filters.sort)
        if column is None:
            # By name they are sorted already.
            by = self._state_of if self.filters.sort == BY_STATE else lambda site: 0
            found = sorted(clinics.sites, key=by)
            return found[::-1] if self.filters.is_falling else found
        values = column.find(clinics)
        keys = {site.pk: values.get(site.pk, column.kind.empty) for site in clinics.sites}
        # A clinic without a value stands last, whichever way.
        having = [site for site in clinics.sites if keys[site.pk] is not None]
        lacking = [site for site in clinics.sites if keys[site.pk] is None]
        having.sort(key=lambda site: keys[site.pk], reverse=self.filters.is_falling)
        return [*having, *lacking]

    def rows(self, sites: Collection[Site]) -> list[Row]:
        """Some of the clinics with all their values; as many queries for one as for a thousand."""
        is_narrow = self.clinics.is_narrow or len(sites) < len(self.clinics.sites)
        asked = Clinics(tuple(sites), is_narrow)
        found: list[tuple[Column, Mapping[int, Any]]] = [(one, one.find(asked)) for one in self.columns]
        return [
            Row(
                site,
                self._state_of(site),
                tuple(values.get(site.pk, column.kind.empty) for column, values in found),
            )
            for site in sites
        ]

    def _state_of(self, site):
        chosen = getattr(site, "clinicsite_settings", None)
        return self._words.get(chosen.state, chosen.state) if chosen else ""
