"""A grant above our trees does not reach into them.

Wagtail's own groups hold grants on the root of the tree, and so on every page there will ever be. The editors
of a project are to see their pages as before, and not the clinics that have come beside them.
"""

from collections.abc import Iterable

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.chosen import at_this_place
from clinicsite.clinics.tenancy.policies import put_before
from clinicsite.clinics.tenancy.scope import READ
from clinicsite.core.models.pages import BasePage
from clinicsite.core.permissions import is_reading

#: What Wagtail asks for before it shows a page in the tree. Whoever reads a clinic's pages is shown them too.
EXPLORING = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})


class _OurPeopleMixin:
    """An auditor finds the pages that they may read in the explorer, the search and in lists.

    Whoever works at several clinics finds those of the one that they have chosen.
    """

    def get_cached_permissions_for_user(self, user):
        return at_this_place(user, super().get_cached_permissions_for_user(user))

    def user_has_any_permission(self, user, actions):
        asked = set(actions)
        # Asked before a history or a list is shown; what it shows is judged page by page.
        return super().user_has_any_permission(
            user, asked | {"view"} if is_reading(user) and "change" in asked else asked
        )

    def instances_user_has_any_permission_for(self, user, actions):
        return super().instances_user_has_any_permission_for(user, _with_reading(actions))

    def instances_with_direct_explore_permission(self, user):
        pages = super().instances_with_direct_explore_permission(user)
        if user.is_superuser:
            return pages
        grants = self.get_cached_permissions_for_user(user)
        return [*pages, *(grant.page for grant in grants if grant.permission.codename == READ)]


def _with_reading(actions: Iterable[str]) -> set[str]:
    asked = set(actions)
    return asked | {"view"} if asked >= EXPLORING else asked


class OwnTreesPolicy(_OurPeopleMixin, PagePermissionPolicy):
    """Who may do what with our page types: whoever holds a grant inside our trees."""

    def get_cached_permissions_for_user(self, user):
        return [
            grant
            for grant in super().get_cached_permissions_for_user(user)
            if trees.is_inside(grant.page.path)
        ]


class AllTreesMixin(_OurPeopleMixin):
    """Who may do what with pages of any type, for lists: ours are left out for a grant above our trees."""

    def instances_user_has_any_permission_for(self, user, actions):
        pages = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser or not _reaches_in(self.get_cached_permissions_for_user(user)):
            return pages
        own = OwnTreesPolicy(self.model).instances_user_has_any_permission_for(user, actions)
        return pages.exclude(trees.inside(trees.tree_paths())) | own


def _reaches_in(grants):
    return any(path.startswith(grant.page.path) for grant in grants for path in trees.tree_paths())


def register_policies() -> None:
    """Put the rule into Wagtail's registry; a policy that a project has for its pages goes on being asked."""
    put_before(Page, AllTreesMixin)
    register_permission_policy(BasePage, OwnTreesPolicy(Page))
