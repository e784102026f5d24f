"""Small helpers of the public templates."""

from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from django import template
from django.contrib.staticfiles import finders
from django.core.cache import cache as page_cache
from django.db.models import prefetch_related_objects
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from clinicsite.core.rendering import current_rendering
from clinicsite.core.rich_text.links import finish

register = template.Library()

#: Where a page keeps its picture, the page's own words first.
PICTURE_ATTRIBUTES = ("composed_hero_image", "hero_image", "portrait", "picture")
DAY = 24 * 60 * 60


@register.filter
def finish_rich_text(html):
    """Number the citations of expanded rich text, and unlink what leads nowhere on this clinic's site."""
    return finish(html)


@register.simple_tag
def icon(name):
    """An icon of static/icons, drawn in the colour of the text and passed over by screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        _shapes_of(name),
    )


@register.simple_tag
def prepare_pictures(*shown):
    """Load the renditions of all pictures of these pages, and lists of pages, in one query."""
    pictures = [picture for one in shown for page in _pages_in(one) for picture in _pictures_of(page)]
    prefetch_related_objects(pictures, "renditions")
    return ""


@register.simple_tag
def kept_rendition(image_id, spec, version):
    """Address, size and description of a picture known by its id alone, such as a logo; None without one.

    Kept under the clinic's version, which counts every change to it.
    """
    if not image_id:
        return None
    key = f"kept_rendition:{image_id}:{spec}:{version}"
    return page_cache.get_or_set(key, lambda: _rendition_values(image_id, spec), DAY)


@register.filter
def ancestors(page, menu):
    """The pages between a clinic's front page and this one, for the way back; each with title and url.

    Nearly every parent is in the clinic's menu; only one that is not costs a query.
    """
    site = current_rendering().site
    if site is None or not isinstance(page, Page) or not page.path:
        return []
    root_path = site.root_page.url_path
    known = {item.url: item for item in menu or ()}
    paths = _paths_above("/" + page.url_path[len(root_path) :])
    if all(path in known for path in paths):
        return [known[path] for path in paths]
    above = Page.objects.filter(url_path__in=[root_path + path[1:] for path in paths]).order_by("depth")
    return [
        {"title": title, "url": "/" + path[len(root_path) :]}
        for title, path in above.values_list("title", "url_path")
    ]


@register.filter
def absolute(url, root_url):
    """The full address of a file: on the clinic's own host unless files have a host of their own."""
    return urljoin(root_url + "/", url)


@register.filter
def at(values, index):
    """The value at a place in a list, counted from 0; nothing beyond its end."""
    values = list(values)
    return values[index] if index < len(values) else ""


@cache
def _shapes_of(name):
    path = finders.find(f"icons/{name}.svg")
    if path is None:
        raise template.TemplateSyntaxError(f"There is no icon “{name}” in static/icons.")
    drawing = Path(path).read_text(encoding="utf-8")
    # The drawings are the project's own files, so their markup may be printed as it is.
    return mark_safe(drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")])


def _paths_above(path):
    """The paths of the folders a path lies in, outermost first: /a/b/c/ has /a/ and /a/b/."""
    names = path.strip("/").split("/")
    return ["/" + "/".join(names[:depth]) + "/" for depth in range(1, len(names))]


def _pages_in(shown):
    if not shown:
        return []
    return [shown] if isinstance(shown, Page) else list(shown)


def _pictures_of(page):
    attributes = (getattr(page, name, None) for name in PICTURE_ATTRIBUTES)
    return [picture for picture in attributes if picture is not None][:1]


def _rendition_values(image_id, spec):
    picture = get_image_model().objects.filter(pk=image_id).first()
    if picture is None:
        return None
    try:
        rendition = picture.get_rendition(spec)
    except SourceImageIOError:
        # A logo whose file is lost must not take every page of the clinic with it.
        return None
    return {
        "url": rendition.url,
        "width": rendition.width,
        "height": rendition.height,
        "alt": picture.default_alt_text,
        # A picture about as wide as high holds no readable name.
        "is_mark": rendition.width < 1.6 * rendition.height,
    }
