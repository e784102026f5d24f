"""The part of the tree a person works in, and the clinics inside it."""

from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import GroupPagePermission, Page, Site

#: (app label, model) of the folders of clinics, and of what they share: only the agency holds grants there.
_agency_folders = {("clinicsite_clinics", "networkpage")}
_SCOPE = "_clinicsite_scope"
#: The person whose request is under way, for code that Wagtail gives no request.
person_at_work = ContextVar("clinicsite_person_at_work", default=None)


def register_agency_folder(model) -> None:
    """Say that who holds a grant on such a page is the agency's. The library does: it stands above."""
    _agency_folders.add((model._meta.app_label, model._meta.model_name))


@dataclass(frozen=True)
class Scope:
    """The subtrees a person holds any grant on; `is_everything` for a superuser.

    `is_agencys` says that the person works for the agency: holds a grant above the clinics or on the library.
    Everybody else counts as a clinic's, somebody without any grant too.
    """

    root_paths: tuple[str, ...]
    is_everything: bool = False
    is_agencys: bool = False

    def pages(self, queryset=None):
        """The pages inside the scope, from `queryset` or from all."""
        pages = Page.objects.all() if queryset is None else queryset
        return pages if self.is_everything else pages.filter(self._inside("path"))

    def sites(self):
        """The clinics whose whole site lies inside the scope."""
        sites = Site.objects.all()
        return sites if self.is_everything else sites.filter(self._inside("root_page__path"))

    def contains(self, page) -> bool:
        """Whether a page lies inside the scope."""
        return self.is_everything or any(page.path.startswith(path) for path in self.root_paths)

    def _inside(self, field):
        inside = Q(pk__in=[])
        for path in self.root_paths:
            inside |= Q(**{f"{field}__startswith": path})
        return inside


def scope_of(user) -> Scope:
    """The scope of a person; one query, empty for somebody without grants."""
    if user.is_active and user.is_superuser:
        return Scope(root_paths=(), is_everything=True, is_agencys=True)
    grants = GroupPagePermission.objects.filter(group__user=user)
    rows = set(grants.values_list("page__path", "page__content_type__app_label", "page__content_type__model"))
    paths = {path for path, *_ in rows}
    # A grant inside another grant adds nothing, and each path costs a condition in every query.
    outermost = (
        path for path in paths if not any(path != other and path.startswith(other) for other in paths)
    )
    is_agencys = any(len(path) == Page.steplen or tuple(kind) in _agency_folders for path, *kind in rows)
    return Scope(root_paths=tuple(sorted(outermost)), is_agencys=is_agencys)


def scope_at_work(user) -> Scope:
    """The scope of the person whose request this is: asked once, and kept with the user object."""
    if user is None or user.is_anonymous:
        return Scope(root_paths=())
    if not hasattr(user, _SCOPE):
        setattr(user, _SCOPE, scope_of(user))
    return getattr(user, _SCOPE)
