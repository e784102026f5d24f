"""The last guard at every output: what of a picture, a document or a page a clinic's site may show.

A form refuses to name what is another clinic's. A page that was saved before, copied or moved may name it all
the same, and then shows nothing of it.
"""

from collections.abc import Callable

from wagtail.models import Site

from clinicsite.core.rendering import current_rendering

#: Says of a picture, a document or a page whether a clinic's site may show it.
Guard = Callable[[object, Site], bool]
_guards: list[Guard] = []


def register_guard(guard: Guard) -> None:
    """Have this asked before anything is shown to patients; whose things are, a room above knows."""
    if guard not in _guards:
        _guards.append(guard)


def may_show(thing) -> bool:
    """Whether the clinic whose page is being read may show this; always off the clinics' sites."""
    site = current_rendering().site
    return site is None or all(guard(thing, site) for guard in _guards)


def shown_here(thing):
    """The thing itself where it may be shown, or None; None for None."""
    return thing if thing is not None and may_show(thing) else None
