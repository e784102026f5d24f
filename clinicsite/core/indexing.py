"""Writing the search index and the index of references once for all that a step makes, not at every save.

A page is saved three times on its way to being published, and each time both indexes would be written anew.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models.signals import post_delete, post_save
from modelsearch import signal_handlers
from modelsearch.backends import get_search_backends
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from clinicsite.core.models.pages import BasePage, page_models

logger = logging.getLogger(__name__)
#: {(type, key)} of what was saved in the step under way; None outside of one. Of this thread alone: what
#: somebody else saves meanwhile is indexed as ever.
_saved: ContextVar[dict | None] = ContextVar("clinicsite_saved", default=None)


def connect_signals() -> None:
    """Index our pages as the search library does, but for those that a step indexes at its end.

    The library has left them to us: `BasePage.search_auto_update` is off.
    """
    post_save.connect(_note, dispatch_uid="clinicsite_indexing_note")
    for model in page_models():
        post_save.connect(_page_saved, sender=model, dispatch_uid=f"clinicsite_indexing_{model._meta.label}")
        post_delete.connect(signal_handlers.post_delete_signal_handler, sender=model)


@contextmanager
def written_at_the_end() -> Iterator[None]:
    """Index what is saved in here when it ends well; after an error nothing: use it within a transaction."""
    saved: dict = {}
    token = _saved.set(saved)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        _saved.reset(token)
    _write(saved)


def is_left_for_the_end() -> bool:
    """Whether what this thread saves now is indexed at the end of a step."""
    return _saved.get() is not None


def _note(instance, **kwargs):
    saved = _saved.get()
    if saved is not None:
        saved[type(instance), instance.pk] = None


def _page_saved(instance, **kwargs):
    if not is_left_for_the_end():
        signal_handlers.post_save_signal_handler(instance, **kwargs)


def _write(saved):
    found = defaultdict(list)
    for model, pk in saved:
        if ReferenceIndex.is_indexed(model) or issubclass(model, BasePage):
            found[model].append(pk)
    for model, keys in found.items():
        rows = list(model._default_manager.filter(pk__in=keys))
        for row in rows if ReferenceIndex.is_indexed(model) else ():
            ReferenceIndex.create_or_update_for_object(row)
        if issubclass(model, BasePage):
            _add_to_search(model, rows)


def _add_to_search(model, rows):
    for backend in get_search_backends(with_auto_update=True):
        try:
            backend.add_bulk(model, rows)
        # Each kind of index raises errors of its own; none is swallowed that the backend would not.
        except Exception:
            logger.exception("The search index has missed %s rows of %s.", len(rows), model.__name__)
            # As the search library has it: an index elsewhere may be down, one in the database may not.
            if not backend.catch_indexing_errors:
                raise
