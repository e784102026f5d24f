"""Small helpers of the public templates."""

from django import template
from django.core.cache import cache as page_cache
from django.db.models import prefetch_related_objects
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from wagtail.images import get_image_model
from wagtail.images.models import Picture
from wagtail.models import Page

from clinicsite.core import icons
from clinicsite.core.breadcrumbs import steps_to
from clinicsite.core.own_things import shown_here
from clinicsite.core.pictures.facts import alternative_text
from clinicsite.core.pictures.making import LEFT_ALONE, shown
from clinicsite.core.pictures.printing import files_in_shape
from clinicsite.core.pictures.shapes import SHAPES, filter_of, front_shape
from clinicsite.core.rich_text.numbers import with_linked_numbers
from clinicsite.core.rich_text.printing import printed
from clinicsite.core.structured_data.graph import as_script
from clinicsite.core.structured_data.registry import graph_of
from clinicsite.core.structured_data.shown import shown_in
from clinicsite.core.texts import cut_at_a_word

register = template.Library()

#: Where a page keeps its picture, the page's own words first.
PICTURE_ATTRIBUTES = ("composed_hero_image", "hero_image", "portrait", "picture")
DAY = 24 * 60 * 60


@register.filter
def clinic_rich_text(html):
    """A stored rich text for this clinic's reader: citations numbered, no link that leads nowhere."""
    return printed(html)


@register.filter
def linked_numbers(text):
    """Plain text as markup, with its phone numbers as links."""
    # It has just been escaped, and what is put in are links of our own making.
    return mark_safe(with_linked_numbers(conditional_escape(text)))


#: As much of a text as a card or a search result has room for.
ROOM_ON_A_CARD = 200


@register.filter
def fitted(text, room=ROOM_ON_A_CARD):
    """A text as a list shows it: cut between two words where it is longer than `room` characters."""
    return cut_at_a_word(text or "", room)


@register.simple_tag
def first_said(*values):
    """The first of these that says something; None where none does, or has been given at all."""
    return next((value for value in values if value), None)


@register.filter
def address_above(pages):
    """The address right above that of the first page, which lists them all; "" where there is none."""
    address = pages[0].url if pages else ""
    return f"{address.rstrip('/').rpartition('/')[0]}/" if address else ""


@register.simple_tag
def icon(name):
    """An icon of static/clinicsite/icons, in the colour of the text and passed over by screen readers."""
    try:
        return icons.drawn(name)
    except icons.NoSuchIconError as error:
        raise template.TemplateSyntaxError(str(error)) from error


@register.simple_tag
def collect_icons():
    """Let the page share its icons: it must end with icon_sprite."""
    icons.collect()
    return ""


@register.simple_tag
def icon_sprite():
    """The drawings of the icons that the page used, for its end."""
    return icons.sprite()


@register.simple_tag
def prepare_pictures(*shown):
    """Load the renditions of all pictures of these pages, and lists of pages, in one query."""
    pictures = [picture for one in shown for page in _pages_in(one) for picture in _pictures_of(page)]
    prefetch_related_objects(pictures, "renditions")
    return ""


register.filter(front_shape)
register.filter(shown_here)


@register.simple_tag
def shaped_picture(image, shape, words="", is_first=False):
    """A picture in one of the shapes of `core.pictures`, in each format; `words` describe it, may be empty.

    `is_first` says that it is on screen at once: the browser then loads it before everything else, otherwise
    only when it comes near. The words stand for a picture of which nothing can be shown.
    """
    image = shown_here(image)
    files = files_in_shape(image, shape) if image else {}
    if not files:
        return format_html('<span class="missing-picture">{}</span>', words) if image and words else ""
    loading = {"fetchpriority": "high"} if is_first else {"loading": "lazy", "decoding": "async"}
    sizes = {"sizes": SHAPES[shape].sizes} if len(files) > 1 else {}
    return Picture(files, {**sizes, "alt": words, **loading})


@register.simple_tag
def preload_picture(image, shape):
    """What has a browser load a page's first picture before it has read the page: the AVIF its text names.

    A browser without AVIF passes it over, for its type, and so none loads the picture twice.
    """
    picture = Picture(files_in_shape(image, shape)) if image else None
    if picture is None or "avif" not in picture.formats:
        return ""
    return format_html(
        '<link rel="preload" as="image" type="image/avif" fetchpriority="high"'
        ' imagesrcset="{}" imagesizes="{}">',
        picture.get_width_srcset(picture.formats["avif"]),
        SHAPES[shape].sizes,
    )


@register.simple_tag
def picture_file(image, spec):
    """One file of a picture, for a screen of the admin; None where there is none and none can be made."""
    one = filter_of(spec)
    return shown(image, [one], at_once=one).get(one.spec) if image else None


@register.simple_tag
def kept_rendition(image_id, spec, version):
    """Address, size and description of a picture known by its id alone, such as a logo; None without one.

    Kept under the clinic's version, which counts every change to it.
    """
    if not image_id:
        return None
    key = f"clinicsite:rendition:{image_id}:{spec}:{version}"
    values = page_cache.get(key)
    if values is None:
        values = _rendition_values(image_id, filter_of(spec))
        # What could not be made today may be made in a while.
        page_cache.set(key, values, DAY if values else LEFT_ALONE)
    return values or None


@register.filter
def ancestors(page, menu):
    """The pages between a clinic's front page and this one, for the way back; each with title and url."""
    return steps_to(page, menu)


@register.simple_tag(takes_context=True)
def structured_data(context):
    """What the page says to machines, as one JSON-LD graph; nothing where no page of a clinic is shown."""
    shown = shown_in(context.flatten())
    return as_script(graph_of(shown)) if shown else ""


@register.filter
def og_locale(language):
    """A language tag as Open Graph writes it: en_CA for en-CA."""
    return str(language).replace("-", "_")


@register.filter
def at(values, index):
    """The value at a place in a list, counted from 0; nothing beyond its end."""
    values = list(values)
    return values[index] if index < len(values) else ""


def _pages_in(shown):
    if not shown:
        return []
    return [shown] if isinstance(shown, Page) else list(shown)


def _pictures_of(page):
    attributes = (getattr(page, name, None) for name in PICTURE_ATTRIBUTES)
    return [picture for picture in attributes if picture is not None][:1]


def _rendition_values(image_id, one):
    picture = get_image_model().objects.filter(pk=image_id).first()
    rendition = shown(picture, [one], at_once=one).get(one.spec) if picture else None
    if rendition is None:
        return {}
    return {
        "url": rendition.url,
        "width": rendition.width,
        "height": rendition.height,
        "alt": alternative_text(picture),
        # A picture about as wide as high holds no readable name.
        "is_mark": rendition.width < 1.6 * rendition.height,
    }
