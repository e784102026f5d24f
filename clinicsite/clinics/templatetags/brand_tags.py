"""A clinic's look, for templates."""

from django import template

from clinicsite.clinics.brand import PAIRS, brand_of
from clinicsite.clinics.stylesheets import stylesheet_url_of

register = template.Library()


@register.simple_tag
def stylesheet_url(chosen=None):
    """The address of the stylesheet in a clinic's look, or in the default one."""
    return stylesheet_url_of(chosen or None)


@register.simple_tag
def look_classes(chosen=None):
    """The classes that give a page the mood of a clinic, such as `mood-warm opening-arch`."""
    pair = PAIRS[brand_of(chosen or None).font_pair]
    return f"mood-{pair.mood} opening-{pair.opening}"
