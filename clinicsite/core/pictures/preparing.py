"""Making the files of pictures ahead, so that no patient waits for them.

A picture that is handed in is cut for every shape in the one format that all browsers show, so that whichever
page shows it first has a file. Publishing a page, or changing a picture, queues all that its pages ask for.
What a page misses all the same when it is read is queued once the page is sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.core.signals import request_finished
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from clinicsite.core.background import queue, takes_long
from clinicsite.core.models.pages import BasePage
from clinicsite.core.pictures import wanted
from clinicsite.core.pictures.making import made
from clinicsite.core.pictures.shapes import SHAPES, SHARED, fallback_of, filters_of
from clinicsite.core.pictures.uploads import is_ours

_is_left_for_later: ContextVar[bool] = ContextVar("pictures_left_for_later", default=False)


@task()
@takes_long
def prepare_picture(image_id: int, specs: list[str] | None = None) -> None:
    """Make the files of a picture that pages will ask for, or those named; what is there already stays."""
    picture = get_image_model().objects.prefetch_related("renditions").filter(pk=image_id).first()
    if picture is not None:
        made(picture, [Filter(spec=one) for one in specs] if specs else filters_for(picture))


@task()
@takes_long
def prepare_pictures_of(page_id: int) -> None:
    """Make the files of every picture that a page names."""
    page = Page.objects.filter(pk=page_id).first()
    for image_id in ids_of_pictures_shown(page) if page else ():
        prepare_picture.func(image_id)


def filters_for(picture) -> list[Filter]:
    """All that pages will ask of a picture, the file for shared links too where a page has it as its own."""
    shapes = shapes_of(picture)
    shared = [SHARED] if set(shapes) - {"text"} else []
    return [*shared, *(one for shape in shapes for one in filters_of(shape))]


def shapes_of(picture) -> list[str]:
    """The shapes in which pages show a picture, by the fields that name it."""
    named = ReferenceIndex.get_references_to(picture).values_list("content_type_id", "model_path")
    shapes: set[str] = set()
    for type_id, field in set(named):
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and issubclass(model, BasePage):
            shapes.update((BasePage.picture_shapes | model.picture_shapes).get(field, ("text",)))
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


def queue_picture(picture) -> None:
    """Queue all files of a picture that pages show, where that is not left for later."""
    _queue(prepare_picture, picture.pk)


def connect_signals() -> None:
    """Queue the pictures of a page that is published, and a picture that is new or is cut otherwise."""
    page_published.connect(_page_published, dispatch_uid="pictures_page")
    post_save.connect(_picture_saved, sender=get_image_model(), dispatch_uid="pictures_picture")
    request_finished.connect(_page_sent, dispatch_uid="pictures_missed")


def _page_published(sender, instance, **kwargs):
    _queue(prepare_pictures_of, instance.pk)


def _picture_saved(sender, instance, created, **kwargs):
    if not created:
        _queue(prepare_picture, instance.pk)
    elif is_ours(instance):
        # No page names it yet, so any may be the first.
        _queue(
            prepare_picture,
            instance.pk,
            sorted({SHARED.spec, *(fallback_of(shape).spec for shape in SHAPES)}),
        )


def _page_sent(sender, **kwargs):
    for image_id, specs in wanted.taken().items():
        prepare_picture.enqueue(image_id, sorted(specs))


def _queue(work, *arguments):
    if not _is_left_for_later.get():
        queue(work, *arguments)
