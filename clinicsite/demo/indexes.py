"""Writing the search index and the index of references once for all that a step makes, not at every save.

A page is saved three times on its way to being published, and each time both indexes would be written anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models, insert_or_update_object
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def written_at_the_end() -> Iterator[None]:
    """Index what is saved in here when it ends well; after an error nothing: use it within a transaction."""
    saved = {}

    def note(instance, **kwargs):
        saved[type(instance), instance.pk] = None

    post_save.connect(note)
    try:
        with disable_reference_index_auto_update(), _search_index_left_alone():
            yield
    finally:
        post_save.disconnect(note)
    _write(saved)


@contextmanager
def _search_index_left_alone():
    models = [
        model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, model)
    ]
    try:
        yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)


def _write(saved):
    searched = set(get_indexed_models())
    tracked = {model for model, _ in saved if ReferenceIndex.is_indexed(model)}
    for model, pk in saved:
        if model not in tracked | searched:
            continue
        instance = model._default_manager.filter(pk=pk).first()
        if instance is not None and model in tracked:
            ReferenceIndex.create_or_update_for_object(instance)
        if instance is not None and model in searched:
            insert_or_update_object(instance)
