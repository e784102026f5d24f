"""Files that no row names: written before their row, which then was not, or left by one that went.

A disk that is full, a process that is stopped and a transaction that is undone all leave such a file.
"""

from collections.abc import Iterator
from datetime import timedelta
from posixpath import join

from django.apps import apps
from django.db.models import FileField
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

#: A younger file may belong to a row that is just being written.
SETTLED = timedelta(days=1)


def lost_files() -> Iterator[tuple]:
    """(storage, name) of every settled file in the folders of pictures and documents that no row names.

    The rows of all models of the project count, for it may keep files of its own there.
    """
    named = set(_names_in_use())
    for storage, folder in _folders():
        for name in _files_below(storage, folder):
            if name not in named and storage.get_modified_time(name) < timezone.now() - SETTLED:
                yield storage, name


def _names_in_use():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                yield from model._base_manager.values_list(field.attname, flat=True).iterator()


def _folders():
    """(storage, folder) of pictures, of their cuts and of documents, each once."""
    picture = get_image_model()
    found = {}
    for model in (picture, picture.get_rendition_model(), get_document_model()):
        sample = model()
        folder = sample.file.field.generate_filename(sample, "a.png").rpartition("/")[0]
        # A folder is not the whole of a storage: what lies at its top is not ours to judge.
        if folder:
            found[folder] = sample.file.storage
    return [(storage, folder) for folder, storage in found.items()]


def _files_below(storage, folder):
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (join(folder, name) for name in files)
    for name in folders:
        yield from _files_below(storage, join(folder, name))
