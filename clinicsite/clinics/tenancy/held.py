"""What somebody holds on the pages of our trees, and where: asked of the grants at hand, without a query."""

from collections.abc import Iterable

from wagtail.models import Page
from wagtail.permissions import policy_registry

from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.scope import Scope, scope_at_work


def verbs_held(user, path: str) -> set[str]:
    """What somebody may do with a page of this tree path, such as {"add", "change"}; not for a superuser."""
    return {
        grant.permission.codename.removesuffix("_page")
        for grant in _grants(user)
        if path.startswith(grant.page.path)
    }


def scope_where(user, verbs: Iterable[str]) -> Scope:
    """The part of somebody's scope in which they hold all of these."""
    scope = scope_at_work(user)
    if scope.is_everything:
        return scope
    wanted = set(verbs)
    paths = {grant.page.path for grant in _grants(user)}
    return Scope(root_paths=tuple(sorted(path for path in paths if wanted <= verbs_held(user, path))))


def _grants(user):
    grants = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return [grant for grant in grants if trees.is_inside(grant.page.path)]
