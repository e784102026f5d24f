"""Every component and every block on one page, for whoever works on the templates. Development only."""

from pathlib import Path

from django.shortcuts import render
from django.template.loader import render_to_string

from clinicsite.core.checks import our_blocks
from clinicsite.core.styleguide_samples import samples

COMPONENTS = "components"


def styleguide(request):
    """Show each component with sample data, and each block's preview."""
    known = samples()
    context = {
        "components": [_shown_component(name, known.get(name), request) for name in component_names()],
        "blocks": [_shown_block(block, request) for block in our_blocks()],
    }
    return render(request, "styleguide.html", context)


def component_names():
    """The names of all component templates, in order."""
    folder = Path(_origin_of("components/card.html")).parent
    return sorted(path.stem for path in folder.glob("*.html"))


def _origin_of(name):
    from django.template.loader import get_template

    return get_template(name).origin.name


def _shown_component(name, sample, request):
    if sample is None:
        return {"name": name, "html": "", "is_missing": True}
    html = render_to_string(f"{COMPONENTS}/{name}.html", {"clinic": None, **sample}, request)
    return {"name": name, "html": html, "is_missing": False}


def _shown_block(block, request):
    value = block.normalize(block.get_preview_value())
    html = render_to_string(
        block.meta.template, {"value": value, "id": type(block).__name__, "self": value}, request
    )
    return {"name": type(block).__name__, "label": block.label or block.meta.label, "html": html}
