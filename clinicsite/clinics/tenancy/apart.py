"""Which rows of a model the people of one side of the admin do not meet.

The one side are the clinics and their library, the other the project around them. Pages, pictures, documents
and settings have policies of their own; here is what Wagtail's screens list and offer without asking one.
"""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Site, Task, Workflow

from clinicsite.clinics.tenancy.collections import collection_paths, own_group_ids
from clinicsite.clinics.tenancy.scope import clinic_sites, of_clinics, scope_at_work
from clinicsite.core.conf import conf
from clinicsite.core.models.pages import of_our_types

#: Gives the keys of the workflows that are the product's, as a condition takes them.
_workflow_sources: list[Callable[[], QuerySet]] = []


def register_own_workflows(source: Callable[[], QuerySet]) -> None:
    """Say which workflows are ours. The roles do: they stand above this package."""
    if source not in _workflow_sources:
        _workflow_sources.append(source)


def met_by(user, rows: QuerySet) -> QuerySet:
    """These rows without what a person never meets; all of them for a model that no rule is known for.

    Whoever works on the project around meets nothing of ours. Clinics' people meet the sites, redirects and
    groups of their own clinics alone, their colleagues and themselves, and of page types those of ours.
    """
    ours = CONDITIONS.get(rows.model)
    scope = scope_at_work(user)
    if ours is None or scope.is_agencys:
        return rows
    if scope.is_projects:
        # By key: a condition over a relation to many would leave out too little.
        return rows.exclude(pk__in=rows.model.objects.filter(ours()).values("pk"))
    own = _OWN.get(rows.model)
    return rows.filter(own(user, scope.sites())) if own else rows


def meets(user, model: type[Model], pk) -> bool:
    """Whether somebody meets the row with this key; nobody meets one that is not there."""
    return met_by(user, model.objects.filter(pk=pk)).exists()


#: Model -> the condition that a row of it is there for somebody at these clinics.
_OWN = {
    Site: lambda user, sites: Q(pk__in=sites),
    ContentType: lambda user, sites: of_our_types(),
    # By key, because one may be in several groups.
    get_user_model(): lambda user, sites: (
        Q(pk=user.pk)
        | Q(pk__in=get_user_model().objects.filter(groups__clinicsite_role__site__in=sites).values("pk"))
    ),
    Group: lambda user, sites: Q(clinicsite_role__site__in=sites),
    Redirect: lambda user, sites: Q(site__in=sites),
}


def is_ours(row: Model) -> bool:
    """Whether a row is the clinics', a network's or the library's, and not the project's around them.

    Where the agency's host is named there is no such project; what is of a model of its own is its own still.
    """
    place = row if isinstance(row, Collection) else getattr(row, "collection", None)
    if isinstance(place, Collection):
        return bool(conf.AGENCY_HOST) or place.path.startswith(collection_paths())
    for model, ours in CONDITIONS.items():
        if isinstance(row, model):
            return bool(conf.AGENCY_HOST) or model.objects.filter(ours(), pk=row.pk).exists()
    return row._meta.app_label.startswith("clinicsite_")


def _workflows():
    found = Q(pk__in=[])
    for source in _workflow_sources:
        found |= Q(pk__in=source())
    return found


def _tasks():
    return Q(workflow_tasks__workflow__in=Workflow.objects.filter(_workflows()))


#: Model -> the condition that a row of it is ours.
CONDITIONS = {
    Site: of_clinics,
    ContentType: of_our_types,
    get_user_model(): lambda: Q(groups__clinicsite_role__isnull=False),
    Group: lambda: Q(pk__in=own_group_ids()),
    Redirect: lambda: Q(site__in=clinic_sites()),
    Workflow: _workflows,
    Task: _tasks,
}
