"""What a test is given stays out of the search index and the index of references, where nothing asks for it.

Indexing is a third of what it costs to make a page. What a test itself does (a save, a publish, a request)
indexes as in production; a module that must find what it was given is marked `indexed`.
"""

from contextlib import contextmanager

from modelsearch import signal_handlers
from wagtail.signal_handlers import disable_reference_index_auto_update

_insert_or_update = signal_handlers.insert_or_update_object_task


class Indexing:
    """Whether saving indexes, and whether factories may leave it out."""

    is_on = True
    is_wanted = False

    @classmethod
    def enqueue(cls, *key):
        """Stand in for the search index's task."""
        if cls.is_on:
            _insert_or_update.enqueue(*key)


signal_handlers.insert_or_update_object_task = Indexing


@contextmanager
def unindexed():
    """Save without indexing, unless the test under way wants its givens indexed."""
    if Indexing.is_wanted or not Indexing.is_on:
        yield
        return
    Indexing.is_on = False
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        Indexing.is_on = True
