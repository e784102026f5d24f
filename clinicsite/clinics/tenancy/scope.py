"""The part of the tree a person works in, and the clinics inside it."""

from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import GroupPagePermission, Page, Site, get_page_models
from wagtail.permissions import policy_registry

from clinicsite.clinics.tenancy import trees
from clinicsite.core.conf import conf

_SCOPE = "_clinicsite_scope"
#: The person whose request is under way, for code that Wagtail gives no request.
person_at_work = ContextVar("clinicsite_person_at_work", default=None)


@dataclass(frozen=True)
class Scope:
    """The subtrees of ours that a person holds any grant on; `is_everything` for a superuser.

    A grant above our trees, such as Wagtail's own group of editors holds on the root, does not reach into
    them. `is_agencys` says that the person works for the agency: holds a grant on a network or the library.
    `is_projects` says that the person has nothing to do with the clinics, and works on the project around
    them. Everybody else counts as a clinic's, somebody without any grant too where there is no such project.
    """

    root_paths: tuple[str, ...]
    is_everything: bool = False
    is_agencys: bool = False
    is_projects: bool = False

    def pages(self, queryset=None):
        """The pages inside the scope, from `queryset` or from all."""
        pages = Page.objects.all() if queryset is None else queryset
        return pages if self.is_everything else pages.filter(trees.inside(self.root_paths))

    def sites(self):
        """The clinics whose whole site lies inside the scope."""
        sites = clinic_sites()
        return sites if self.is_everything else sites.filter(trees.inside(self.root_paths, "root_page__path"))

    def contains(self, page) -> bool:
        """Whether a page lies inside the scope."""
        return self.is_everything or any(page.path.startswith(path) for path in self.root_paths)

    def may_meet(self, path: str) -> bool:
        """Whether a page of this tree path is there at all for the person.

        For somebody of the project around the clinics what lies in no tree of ours is; for a clinic's people
        and the agency's what lies in their own part of the tree, or above it, and the library.
        """
        if self.is_everything:
            return True
        if self.is_projects:
            return not trees.is_inside(path)
        is_own = any(path.startswith(own) or own.startswith(path) for own in self.root_paths)
        return is_own or trees.is_shared(path)


def of_clinics() -> Q:
    """The condition that a site is a clinic's: its root page is of a type that heads a clinic's site."""
    found = Q(pk__in=[])
    for model in get_page_models():
        if getattr(model, "is_front_page", False):
            meta = model._meta
            kind = {"content_type__app_label": meta.app_label, "content_type__model": meta.model_name}
            found |= Q(**{f"root_page__{name}": value for name, value in kind.items()})
    return found


def clinic_sites():
    """Every clinic's site, and no other of the project's."""
    return Site.objects.filter(of_clinics())


def scope_of(user) -> Scope:
    """The scope of a person; one query, empty for somebody without grants."""
    return _scope_by(user, GroupPagePermission.objects.filter(group__user=user).select_related("page"))


def _scope_by(user, grants):
    if user.is_active and user.is_superuser:
        return Scope(root_paths=(), is_everything=True, is_agencys=True)
    rows = {(grant.page.path, *grant.page.cached_content_type.natural_key()) for grant in grants}
    own = [row for row in rows if trees.is_inside(row[0])]
    paths = {path for path, *_kind in own}
    # A grant inside another grant adds nothing, and each path costs a condition in every query.
    outermost = (
        path for path in paths if not any(path != other and path.startswith(other) for other in paths)
    )
    return Scope(
        root_paths=tuple(sorted(outermost)),
        is_agencys=any(trees.is_folder(*kind) for _path, *kind in own),
        # Where the agency's host is named there is no project around: who holds nothing may do nothing.
        is_projects=not own and user.is_active and bool(rows or not conf.AGENCY_HOST),
    )


def is_projects_person_at_work() -> bool:
    """Whether the request under way is from somebody of the project around the clinics."""
    return scope_at_work(person_at_work.get()).is_projects


def scope_at_work(user) -> Scope:
    """The scope of the person whose request this is, from the grants that Wagtail keeps with the user."""
    if user is None or user.is_anonymous:
        return Scope(root_paths=())
    if not hasattr(user, _SCOPE):
        policy = policy_registry.get_by_type(Page)
        setattr(user, _SCOPE, _scope_by(user, policy.get_cached_permissions_for_user(user)))
    return getattr(user, _SCOPE)
