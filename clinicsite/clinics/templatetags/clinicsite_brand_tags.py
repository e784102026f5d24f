"""A clinic's look, for templates."""

from django import template
from django.templatetags.static import static

from clinicsite.clinics.brand import brand_of, text_font_of
from clinicsite.clinics.cards.card import card_of
from clinicsite.clinics.icon_views import icon_url as icon_url_of
from clinicsite.clinics.look import Opening
from clinicsite.clinics.robots import CLOSED, is_open
from clinicsite.clinics.stylesheets import stylesheet_url_of

register = template.Library()


@register.simple_tag
def stylesheet_url(chosen=None):
    """The address of the stylesheet in a clinic's look, or in the default one."""
    return stylesheet_url_of(chosen or None)


@register.simple_tag
def text_font_url(chosen=None):
    """The address of the font of most words, to be loaded ahead: where it comes late, lines break anew."""
    return static(text_font_of(brand_of(chosen or None)))


@register.simple_tag
def icon_url(clinic, name):
    """The address of a clinic's icon, such as "96" or "touch"."""
    return icon_url_of(clinic, name)


@register.simple_tag
def sharing_card(page, clinic):
    """The picture that is shown with a link to a page; None for a page that is not stored yet."""
    return card_of(page, clinic) if clinic and page.pk else None


@register.simple_tag
def robots_rule(clinic, page=None):
    """What robots may do with a page, where it is not all: for their meta element."""
    if not is_open(clinic or None):
        return CLOSED
    return getattr(page or None, "search_rule", "")


@register.simple_tag
def look_classes(chosen=None):
    """The classes that give a page the mood of a clinic, such as `mood-warm opening-arch`."""
    opening = getattr(chosen or None, "opening", None)
    known = opening if opening in Opening.values else Opening.SPLIT
    return f"mood-{brand_of(chosen or None).mood} opening-{known}"
