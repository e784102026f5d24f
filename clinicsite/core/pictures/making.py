"""The files of pictures, and the last guard of all outputs: what cannot be made is left out.

Whatever goes wrong with a picture, with its file or with the disk, the page, the list or the feed around it
is served without it.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.core.cache import cache
from wagtail.images.models import Filter

from clinicsite.core import wagtail_private
from clinicsite.core.own_things import may_show
from clinicsite.core.pictures import avif
from clinicsite.core.pictures.cutting import Decoded
from clinicsite.core.pictures.plain import plain
from clinicsite.core.pictures.wanted import key_of, want
from clinicsite.core.rendering import current_rendering

logger = logging.getLogger(__name__)

#: For how long, in seconds, a file that could not be made is not tried again while somebody waits.
LEFT_ALONE = 10 * 60
#: For how long, in seconds, the same fault of the same picture is not logged again.
LOGGED = 24 * 60 * 60
#: How long, in seconds, a visitor waits at most for files of one page that should have been there.
PATIENCE = 2.0

#: {specification of a filter: the file}
Files = dict[str, Any]


def there(picture, filters: Iterable[Filter]) -> Files:
    """The files of a picture that are there already."""
    found = picture.find_existing_renditions(*filters)
    wagtail_private.keep_renditions(picture, found)
    return {one.spec: found[one] for one in filters if one in found}


def shown(picture, filters: list[Filter], at_once: Filter) -> Files:
    """The files of a picture that a page can show now, in the order of the filters.

    What is missing is made as soon as the page is sent. Only where not even `at_once` is there is that one
    made while the visitor waits, for `PATIENCE` seconds a page at most. Another clinic's picture has none.
    """
    if not may_show(picture):
        return {}
    found = there(picture, filters)
    missing = [one for one in filters if one.spec not in found]
    if missing and at_once in missing:
        found |= _made_while_somebody_waits(picture, at_once)
    want(picture, [one.spec for one in missing if one.spec not in found])
    return found


def made(picture, filters: Iterable[Filter]) -> Files:
    """The files of a picture, made where they are missing; those that cannot be made are left out."""
    filters = list(filters)
    found = there(picture, filters)
    missing = [one for one in filters if one.spec not in found]
    return found | (_make(picture, missing) if missing else {})


@contextmanager
def survived(picture, purpose: str) -> Iterator[None]:
    """Let nothing that goes wrong with a picture reach who waits for a page: it is logged, once."""
    try:
        yield
    except Exception as error:
        # Pillow, its codecs and the storages raise whatever they like, from SyntaxError to botocore's own.
        _note(picture, purpose, error)


def why_not_made(picture, spec: str) -> str:
    """What was said when a file of a picture could last not be made; empty where nothing was."""
    return cache.get(key_of(picture, spec), "")


def _made_while_somebody_waits(picture, one):
    rendering = current_rendering()
    if rendering.seconds_for_pictures >= PATIENCE or why_not_made(picture, one.spec):
        return {}
    begun = monotonic()
    files = _make(picture, [one])
    rendering.seconds_for_pictures += monotonic() - begun
    return files


def _make(picture, filters):
    decoded = None
    with survived(picture, filters[0].spec):
        decoded = _decoded(picture)
    with avif.fast():
        return dict(_cuts(picture, filters, decoded)) if decoded else {}


def _cuts(picture, filters, decoded):
    for one in filters:
        with survived(picture, one.spec):
            yield one.spec, picture.create_rendition(_DecodedFilter(one.spec, decoded))


class _DecodedFilter(Filter):
    """A filter that cuts what has been decoded already: that takes longer than most cuts."""

    def __init__(self, spec, decoded):
        super().__init__(spec)
        self._decoded = decoded

    @contextmanager
    def get_willow_image(self, image, source=None):
        yield self._decoded


def _decoded(picture):
    with picture.get_willow_image() as opened:
        image = Decoded(plain(opened.get_pillow_image()))
        image.format_name = opened.format_name
    return image


def _note(picture, purpose, error):
    cache.set(key_of(picture, purpose), f"{type(error).__name__}: {error}", LEFT_ALONE)
    if cache.add(key_of(picture, f"logged {type(error).__name__}"), True, LOGGED):
        logger.warning("Picture %s cannot be shown (%s).", picture.pk, purpose, exc_info=error)
