"""The way back from a page to its clinic's front page."""

from typing import NamedTuple

from wagtail.models import Page

from clinicsite.core.rendering import current_rendering


class Step(NamedTuple):
    """One page on the way back, with its path on the clinic's site."""

    title: str
    url: str


def steps_to(page, menu) -> list[Step]:
    """The pages between a clinic's front page and this one, outermost first.

    Nearly every parent is in the clinic's `menu`; only one that is not costs a query, once a view.
    """
    rendering = current_rendering()
    if rendering.site is None or not isinstance(page, Page) or not page.path:
        return []
    return rendering.remember(f"steps:{page.url_path}", lambda: _find(page, menu, rendering.site.root_page))


def _find(page, menu, root):
    known = {item.url: Step(item.title, item.url) for item in menu or ()}
    paths = _paths_above("/" + page.url_path[len(root.url_path) :])
    if all(path in known for path in paths):
        return [known[path] for path in paths]
    above = Page.objects.filter(url_path__in=[root.url_path + path[1:] for path in paths]).order_by("depth")
    rows = above.values_list("title", "url_path")
    return [Step(title, "/" + path[len(root.url_path) :]) for title, path in rows]


def _paths_above(path):
    """The paths of the folders a path lies in, outermost first: /a/b/c/ has /a/ and /a/b/."""
    names = path.strip("/").split("/")
    return ["/" + "/".join(names[:depth]) + "/" for depth in range(1, len(names))]
