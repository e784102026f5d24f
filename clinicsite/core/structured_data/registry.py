"""Who describes which page. Apps above `core` register their describers when they are ready."""

from collections.abc import Callable, Iterable

from .graph import Node
from .pages import plain_page
from .shown import Shown

#: Says what a shown page is about, as nodes of its graph.
Describer = Callable[[Shown], Iterable[Node]]

_for_every_page: list[Describer] = []
_by_type: dict[type, Describer] = {}


def register_for_every_page(describer: Describer) -> None:
    """Have these nodes in the graph of every page, such as the clinic itself."""
    if describer not in _for_every_page:
        _for_every_page.append(describer)


def register_for(page_type: type, describer: Describer) -> None:
    """Have pages of this type, and of types derived from it, described by this describer."""
    _by_type[page_type] = describer


def graph_of(shown: Shown) -> list[Node]:
    """The nodes of a page's graph: what every page has, then the page's own."""
    describers = [*_for_every_page, _describer_of(type(shown.page))]
    return [one for describer in describers for one in describer(shown)]


def _describer_of(page_type: type) -> Describer:
    return next((_by_type[one] for one in page_type.__mro__ if one in _by_type), plain_page)
