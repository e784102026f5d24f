"""The part of the tree a person works in, and the clinics inside it."""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import GroupPagePermission, Page, Site


@dataclass(frozen=True)
class Scope:
    """The subtrees a person holds any grant on; `is_everything` for a superuser."""

    root_paths: tuple[str, ...]
    is_everything: bool = False

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
        return Scope(root_paths=(), is_everything=True)
    paths = set(GroupPagePermission.objects.filter(group__user=user).values_list("page__path", flat=True))
    # A grant inside another grant adds nothing, and each path costs a condition in every query.
    outermost = (
        path for path in paths if not any(path != other and path.startswith(other) for other in paths)
    )
    return Scope(root_paths=tuple(sorted(outermost)))
