"""How a statement names its source."""

from django import template
from django.utils.safestring import mark_safe

from clinicsite.core.rich_text.links import citation_mark

register = template.Library()


@register.simple_tag
def citation(reference_id):
    """The numbered mark that leads to a reference; nothing without one."""
    # The mark is made of numbers and our own words.
    return mark_safe(citation_mark(reference_id)) if reference_id else ""
