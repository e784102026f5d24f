"""Every component and every block, in every look, for whoever works on the templates. Development only.

`/styleguide/` shows them in one look, chosen by the query string; `/styleguide/?all=yes` in every mood, light
and dark.
"""

import re
from pathlib import Path

from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.utils.safestring import mark_safe

from clinicsite.core.checks import our_blocks
from clinicsite.core.rendering import rendering_for
from clinicsite.styleguide.looks import choices, chosen_look, every_look
from clinicsite.styleguide.samples import samples

COMPONENTS = "clinicsite/components"
#: Components that look different by a variable: (component, the variable, its other values).
VARIANTS = [
    ("callout", "style", ("information", "warning")),
    ("button", "kind", ("quiet", "band", "band-quiet")),
    ("tag", "is_chosen", (True,)),
    ("open_state", "name", ("open", "appointment")),
]
#: What a component stands in on a page, where it is nothing without that.
HOLDERS = {
    "comparison_row": '<table class="comparison__table"><tbody>{}</tbody></table>',
    "reference": '<ol class="references__list">{}</ol>',
    "button, kind band": '<div class="styleguide__band">{}</div>',
    "button, kind band-quiet": '<div class="styleguide__band">{}</div>',
}
#: Pages that a visitor gets in place of another.
PAGES = ("400", "403", "404", "410", "500", "503", "not_open", "offline", "retired", "suspended")

_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
_SPRITE = re.compile(r'<svg class="sprite".*?</svg>', re.DOTALL)


def styleguide(request):
    """Show each component with sample data, and each block's preview."""
    known = samples()
    look = chosen_look(request.GET)
    is_overview = "all" in request.GET
    context = {
        "components": [_shown_component(name, known.get(name), request) for name in component_names()],
        "variants": list(_shown_variants(known, request)),
        "blocks": [_shown_block(block, known["picture"]["image"], request) for block in our_blocks()],
        "pages": [_shown_page(name, known["header"]["clinic"], request) for name in PAGES],
        "openings": _shown_openings(known["hero"], request),
        "look": look,
        "looks": every_look(look) if is_overview else [look],
        "is_overview": is_overview,
        "choices": choices(),
    }
    return render(request, "clinicsite/styleguide/styleguide.html", context)


def component_names():
    """The names of all component templates, in order."""
    folder = Path(get_template("clinicsite/components/card.html").origin.name).parent
    return sorted(path.stem for path in folder.glob("*.html"))


def _shown_component(name, sample, request):
    if sample is None:
        return {"name": name, "html": "", "is_missing": True}
    html = render_to_string(f"{COMPONENTS}/{name}.html", {"clinic": None, **sample}, request)
    return {"name": name, "html": _held(name, html), "is_missing": False}


def _shown_variants(known, request):
    for name, variable, values in VARIANTS:
        for value in values:
            shown = _shown_component(name, known[name] | {variable: value}, request)
            variant = f"{name}, {variable} {value}"
            yield {"name": variant, "html": _held(variant, shown["html"])}


def _held(name, html):
    # Rendered from our own template, and escaped there.
    return mark_safe(HOLDERS.get(name, "{}").replace("{}", html))


def _shown_block(block, picture, request):
    value = block.normalize(block.get_preview_value())
    # The admin's preview has no picture, for any in the database is somebody's.
    if "image" in getattr(block, "child_blocks", ()):
        value["image"] = picture
    html = render_to_string(
        block.meta.template, {"value": value, "id": type(block).__name__, "self": value}, request
    )
    return {"name": type(block).__name__, "label": block.label or block.meta.label, "html": html}


def _shown_page(name, clinic, request):
    context = {"clinic": clinic, "above": ("Treatments", "#above")}
    # A whole page collects its icons, so it is rendered apart from this one and brings them along.
    with rendering_for(None):
        html = render_to_string(f"clinicsite/{name}.html", context, request)
    sprite = _SPRITE.search(html)
    shown = _MAIN.search(html)[1] + (sprite[0] if sprite else "")
    # Rendered from our own template, and escaped there.
    return {"name": name, "html": mark_safe(shown)}


def _shown_openings(hero, request):
    html = render_to_string(f"{COMPONENTS}/hero.html", {**hero, "clinic": None, "is_front": True}, request)
    return [{"name": name, "label": label, "html": html} for name, label in choices()["opening"]]
