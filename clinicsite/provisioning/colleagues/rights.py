"""Who looks after a clinic's people, and which roles they may give."""

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import Site

from clinicsite.clinics.models import ClinicRole
from clinicsite.clinics.roles import PAGE_GRANTS
from clinicsite.clinics.tenancy.held import scope_where, verbs_held
from clinicsite.clinics.tenancy.scope import Scope, scope_at_work

Role = ClinicRole.Role


def may_give(user: AbstractBaseUser, site: Site, role: str) -> bool:
    """Whether somebody holds at this clinic all that a role would give; whoever writes there may read too."""
    if scope_at_work(user).is_everything:
        return True
    return set(PAGE_GRANTS[Role(role)]) <= verbs_held(user, site.root_page.path) | {"view"}


def looks_after(user: AbstractBaseUser, site: Site) -> bool:
    """Whether somebody may see and change who works at a clinic: its owners, and those above it."""
    return _looked_after(user).contains(site.root_page)


def looks_after_any(user: AbstractBaseUser) -> bool:
    """Whether there is a clinic whose people somebody looks after; no query."""
    scope = _looked_after(user)
    return scope.is_everything or bool(scope.root_paths)


def sites_looked_after(user: AbstractBaseUser):
    """The clinics whose people somebody looks after, by name; one query."""
    sites = _looked_after(user).sites().select_related("root_page")
    return sites.order_by("site_name", "hostname", "pk")


def _looked_after(user) -> Scope:
    return scope_where(user, PAGE_GRANTS[Role.OWNER])
