"""The way back from a page to its clinic's front page."""

from typing import NamedTuple

from wagtail.models import Page

from clinicsite.core.addresses import page_path
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
    folders = _folders_above(page.url_path, root.url_path)
    paths = [page_path(folder, root.url_path) for folder in folders]
    if all(path in known for path in paths):
        return [known[path] for path in paths]
    above = Page.objects.descendant_of(root).filter(url_path__in=folders)
    rows = above.order_by("depth").values_list("title", "url_path")
    return [Step(title, page_path(url_path, root.url_path)) for title, url_path in rows]


def _folders_above(url_path, root_path):
    """The paths of the pages above one, below its front page, outermost first: /a/b/c/ has /a/ and /a/b/."""
    names = url_path[len(root_path) :].strip("/").split("/")
    return [root_path + "/".join(names[:depth]) + "/" for depth in range(1, len(names))]
