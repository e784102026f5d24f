"""Making the files of pictures ahead, so that no patient waits for them.

Publishing a page, or changing a picture, queues the pictures it shows. What is not ready when a page is read
is made then, as Wagtail does.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from clinicsite.core.models.pages import BasePage
from clinicsite.core.pictures.shapes import filters_of

logger = logging.getLogger(__name__)

_is_left_for_later: ContextVar[bool] = ContextVar("pictures_left_for_later", default=False)


@task()
def prepare_picture(image_id: int) -> None:
    """Make the files of a picture that pages will ask for; those that are there already stay."""
    picture = get_image_model().objects.prefetch_related("renditions").filter(pk=image_id).first()
    if picture is None:
        return
    filters = [one for shape in shapes_of(picture) for one in filters_of(shape)]
    try:
        picture.get_renditions(*filters)
    except SourceImageIOError:
        # Pages show such a picture as broken; there is nothing to make, now or later.
        logger.warning("The file of picture %s cannot be read.", image_id)


@task()
def prepare_pictures_of(page_id: int) -> None:
    """Make the files of every picture that a page names."""
    page = Page.objects.filter(pk=page_id).first()
    for image_id in ids_of_pictures_shown(page) if page else ():
        prepare_picture.func(image_id)


def shapes_of(picture) -> list[str]:
    """The shapes in which pages show a picture, by the fields that name it."""
    named = ReferenceIndex.get_references_to(picture).values_list("content_type_id", "model_path")
    shapes: set[str] = set()
    for type_id, field in set(named):
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and issubclass(model, BasePage):
            shapes.update(model.picture_shapes.get(field, ("text",)))
    return sorted(shapes)


def ids_of_pictures_shown(page=None) -> list[int]:
    """The ids of the pictures that a page names, or that anything names."""
    named = ReferenceIndex.get_references_for_object(page) if page else ReferenceIndex.objects
    pictures = named.filter(to_content_type=ContentType.objects.get_for_model(get_image_model()))
    return sorted({int(pk) for pk in pictures.values_list("to_object_id", flat=True)})


@contextmanager
def left_for_later() -> Iterator[None]:
    """Queue nothing in here: for many pages at once, after which `manage.py prepare_pictures` runs."""
    token = _is_left_for_later.set(True)
    try:
        yield
    finally:
        _is_left_for_later.reset(token)


def connect_signals() -> None:
    """Queue the pictures of a page that is published, and a picture that is cut otherwise."""
    page_published.connect(_page_published, dispatch_uid="pictures_page")
    post_save.connect(_picture_saved, sender=get_image_model(), dispatch_uid="pictures_picture")


def _page_published(sender, instance, **kwargs):
    _queue(prepare_pictures_of, instance.pk)


def _picture_saved(sender, instance, created, **kwargs):
    if not created:
        _queue(prepare_picture, instance.pk)


def _queue(work, key):
    if not _is_left_for_later.get():
        transaction.on_commit(partial(work.enqueue, key))
