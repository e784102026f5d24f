"""What a chooser offers: the chooser's user's own pages, and the library to read."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.scope import scope_at_work

#: Gives the tree paths of pages that everybody may read once they are live.
PathSource = Callable[[], Iterable[str]]
_readable: list[PathSource] = []


def register_readable_paths(source: PathSource) -> None:
    """Let everybody choose live pages below some paths. The library says so: it stands above this app."""
    if source not in _readable:
        _readable.append(source)


def may_choose_page(user, page) -> bool:
    """Whether the page chooser offers somebody a page to choose; the same rule for one that is at hand."""
    scope = scope_at_work(user)
    if scope.is_projects:
        return not trees.is_inside(page.path)
    return scope.contains(page) or (page.live and trees.is_shared(page.path))


def limit_page_chooser(pages, request):
    """Pages of the person's own scope, and live library pages; for the project's people all but ours."""
    scope = scope_at_work(request.user)
    if scope.is_everything:
        return pages
    if scope.is_projects:
        return pages.exclude(trees.inside(trees.tree_paths()))
    allowed = Q(pk__in=scope.pages().values("pk"))
    for path in (path for source in _readable for path in source()):
        allowed |= Q(path__startswith=path, live=True)
    # Ancestors stay so that the chooser can be walked from the top; they are folders without content.
    for root in scope.root_paths:
        allowed |= Q(path__in=[root[:length] for length in range(4, len(root), 4)])
    return pages.filter(allowed)
