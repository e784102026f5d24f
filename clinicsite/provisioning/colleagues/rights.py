"""Who looks after a clinic's people, and which roles they may give."""

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import Site

from clinicsite.clinics.models import ClinicRole
from clinicsite.clinics.roles import PAGE_GRANTS
from clinicsite.clinics.tenancy.scope import scope_at_work

Role = ClinicRole.Role


def may_give(user: AbstractBaseUser, site: Site, role: str) -> bool:
    """Whether somebody holds at this clinic all that a role would give; whoever writes there may read too."""
    if not scope_at_work(user).contains(site.root_page):
        return False
    if user.is_superuser:
        return True
    held = site.root_page.specific.permissions_for_user(user).permissions
    return set(PAGE_GRANTS[Role(role)]) <= held | {"view"}


def looks_after(user: AbstractBaseUser, site: Site) -> bool:
    """Whether somebody may see and change who works at a clinic: its owners, and those above it."""
    return may_give(user, site, Role.OWNER)


def sites_looked_after(user: AbstractBaseUser) -> list[Site]:
    """The clinics whose people somebody looks after, by name."""
    sites = scope_at_work(user).sites().select_related("root_page").order_by("site_name", "hostname", "pk")
    scope = scope_at_work(user)
    if scope.only_reads or not scope.publishes:
        return []
    return [site for site in sites if looks_after(user, site)]
