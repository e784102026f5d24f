"""What a page needs on paper."""

from django import template
from django.utils.safestring import mark_safe

from clinicsite.core.qr import qr_svg

register = template.Library()


@register.simple_tag
def qr_code(address, label):
    """The code for an address, for phones to scan off a sheet of paper."""
    return qr_svg(address, label)


@register.filter
def for_paper(html):
    """Rendered components with every answer open and every picture loaded: nobody can press on paper."""
    open_html = html.replace("<details ", "<details open ").replace(' loading="lazy"', "")
    # The markup is our own templates', rendered and escaped before.
    return mark_safe(open_html)
