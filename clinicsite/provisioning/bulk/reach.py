"""Who may work on many clinics, and on which: agency administrators, and whoever looks after a network."""

from django.db.models import QuerySet
from wagtail.models import Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.tenancy.scope import Scope, scope_at_work
from clinicsite.provisioning.console.grid import has_networks
from clinicsite.provisioning.models.bulk import BulkClinic, BulkWork


def works_on_many(user) -> bool:
    """Whether somebody changes whole networks of clinics: not one of the library, nor of a single clinic."""
    scope = scope_at_work(user)
    if scope.is_everything:
        return True
    if scope.only_reads or not (scope.is_agencys or scope.is_networks):
        return False
    return has_networks(user)


def sites_of(user) -> QuerySet:
    """The clinics that somebody may work on in bulk."""
    return scope_at_work(user).sites() if works_on_many(user) else Site.objects.none()


def works_of(user) -> QuerySet:
    """The pieces of work that somebody may read and undo: of which every clinic is one of theirs."""
    if not works_on_many(user):
        return BulkWork.objects.none()
    scope: Scope = scope_at_work(user)
    if scope.is_everything:
        return BulkWork.objects.all()
    others = BulkClinic.objects.exclude(site__in=scope.sites())
    found = BulkWork.objects.exclude(pk__in=others.values("work"))
    # What is left of a piece of work without clinics tells nothing to whoever did not ask for it.
    return found.filter(asked_by=user) | found.filter(pk__in=BulkClinic.objects.values("work"))


def chosen(user, *, to_all: bool, groups=(), sites=(), states=()) -> QuerySet:
    """Of somebody's clinics those that were chosen.

    Args:
        to_all: All of them, whatever else is named.
        groups: Groups of clinics.
        sites: Clinics by themselves.
        states: Only those in one of these states; in any where none is named.
    """
    found = sites_of(user)
    if not to_all:
        named = {site.pk for site in sites} | {
            pk for group in groups for pk in group.sites.values_list("pk", flat=True)
        }
        found = found.filter(pk__in=named)
    if states:
        found = found.filter(pk__in=ClinicSettings.objects.filter(state__in=list(states)).values("site_id"))
    return found
