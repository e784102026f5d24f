"""Who works at a clinic, and changing it so that there is always an owner left."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from wagtail.models import Site

from clinicsite.clinics.models import AuditEntry, ClinicRole
from clinicsite.provisioning.colleagues.rights import Role, looks_after, may_give

LAST_OWNER = "{name} is the only owner. Make somebody else an owner first."


class ColleagueError(Exception):
    """Why a role was not changed, in words for whoever tried."""


@dataclass(frozen=True)
class Colleague:
    """Somebody who works at a clinic."""

    person: AbstractBaseUser
    #: The role that lets them do most, where they have several.
    role: Role
    #: When they last signed in to work at this clinic, as far as the audit log goes back.
    last_here: datetime | None

    @property
    def name(self) -> str:
        """Their name, or what they sign in as."""
        return name_of(self.person)


def name_of(person: AbstractBaseUser) -> str:
    """How a person is called on screen."""
    return getattr(person, "get_full_name", str)() or person.get_username()


def colleagues_of(site: Site) -> list[Colleague]:
    """Everybody with a role at a clinic, by name; three queries."""
    groups = {row.group_id: row.role for row in ClinicRole.objects.filter(site=site)}
    model = get_user_model()
    people = model.objects.filter(groups__in=groups).distinct().prefetch_related("groups")
    seen = AuditEntry.objects.filter(site=site, kind__in=(AuditEntry.Kind.SIGN_IN, AuditEntry.Kind.CAME_HERE))
    last = dict(seen.order_by().values("person").annotate(last=Max("moment")).values_list("person", "last"))
    found = [Colleague(one, _highest(one, groups), last.get(one.pk)) for one in people]
    return sorted(found, key=lambda one: (one.name.casefold(), one.person.pk))


def colleague_or_none(site: Site, key: int) -> Colleague | None:
    """Somebody with a role at a clinic; None for anybody else."""
    return next((one for one in colleagues_of(site) if one.person.pk == key), None)


def give(site: Site, person: AbstractBaseUser, role: str) -> None:
    """Let somebody have this role at a clinic and no other there; their role elsewhere stays."""
    wanted = ClinicRole.objects.select_related("group").get(site=site, role=role).group
    others = [group for group in _groups_of(site, person) if group.pk != wanted.pk]
    if others:
        person.groups.remove(*others)
    person.groups.add(wanted)


def change_role(site: Site, key: int, role: str, by: AbstractBaseUser) -> Colleague:
    """Give a colleague another role.

    Raises:
        ColleagueError: nobody would be an owner, or they are no colleague any more.
        PermissionDenied: whoever asks has lost the right meanwhile, or would give more than they have.
    """
    with _alone_with(site, by):
        colleague = _found(site, key)
        if not may_give(by, site, role) or not may_give(by, site, colleague.role):
            raise PermissionDenied
        if role != Role.OWNER:
            _refuse_last_owner(site, colleague)
        give(site, colleague.person, role)
    return colleague


def remove(site: Site, key: int, by: AbstractBaseUser) -> Colleague:
    """Take every role at a clinic from a colleague. Raises as `change_role` does."""
    with _alone_with(site, by):
        colleague = _found(site, key)
        _refuse_last_owner(site, colleague)
        colleague.person.groups.remove(*_groups_of(site, colleague.person))
    return colleague


@contextmanager
def _alone_with(site, by):
    """Let two people who change a clinic's roles at once do so one after the other.

    A write, and not a lock for reading alone, so that SQLite waits here as well. Whoever waited may have lost
    their own role meanwhile, so they are read again.
    """
    with transaction.atomic():
        ClinicRole.objects.filter(site=site).update(role=F("role"))
        if not looks_after(get_user_model().objects.get(pk=by.pk), site):
            raise PermissionDenied
        yield


def _found(site, key):
    colleague = colleague_or_none(site, key)
    if colleague is None:
        raise ColleagueError("They no longer work at this clinic. Nothing was changed.")
    return colleague


def _refuse_last_owner(site, colleague):
    owners = get_user_model().objects.filter(
        groups__clinicsite_role__site=site, groups__clinicsite_role__role=Role.OWNER, is_active=True
    )
    if colleague.role == Role.OWNER and not owners.exclude(pk=colleague.person.pk).exists():
        raise ColleagueError(LAST_OWNER.format(name=colleague.name))


def _groups_of(site, person):
    return list(person.groups.filter(clinicsite_role__site=site))


def _highest(person, groups):
    held = {groups[group.pk] for group in person.groups.all() if group.pk in groups}
    return next(role for role in Role if role in held)
