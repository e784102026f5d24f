"""The icons of static/clinicsite/icons, each written once into a page however often it shows.

A page that collects icons ends with a sprite of the ones it used, and each place refers to it. Anything
rendered by itself, such as a fragment or the admin's preview of a block, draws its icons where they stand.
"""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from clinicsite.core.rendering import current_rendering

#: Where a rendering keeps the names of the icons its page used, in their order.
USED = "icons"

_SPACE = re.compile(r"\s+")


class NoSuchIconError(Exception):
    """A template names an icon that is not in static/clinicsite/icons."""


def collect() -> None:
    """Let the page being rendered share its icons; nothing happens outside a rendering."""
    current_rendering().remembered[USED] = {}


def drawn(name: str) -> SafeString:
    """An icon in the colour of the text, passed over by screen readers. NoSuchIconError for a wrong name."""
    shapes = shapes_of(name)
    used = current_rendering().remembered.get(USED)
    if used is None:
        return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', shapes)
    used[name] = True
    return format_html('<svg class="icon" aria-hidden="true"><use href="#icon-{}"/></svg>', name)


def sprite() -> SafeString:
    """The drawings of all icons that the page used, for its end; nothing where there is none."""
    used = current_rendering().remembered.get(USED)
    if not used:
        return SafeString()
    symbols = format_html_join(
        "",
        '<symbol id="icon-{}" viewBox="0 0 24 24">{}</symbol>',
        ((name, shapes_of(name)) for name in used),
    )
    return format_html('<svg class="sprite" width="0" height="0" aria-hidden="true">{}</svg>', symbols)


@cache
def shapes_of(name: str) -> SafeString:
    """The lines of a drawing, without the svg element around them."""
    path = finders.find(f"clinicsite/icons/{name}.svg")
    if path is None:
        raise NoSuchIconError(f"There is no icon “{name}” in static/clinicsite/icons.")
    drawing = _SPACE.sub(" ", Path(path).read_text(encoding="utf-8")).replace("> <", "><")
    # The drawings are the project's own files, so their markup may be printed as it is.
    return mark_safe(drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")].replace(" />", "/>").strip())
