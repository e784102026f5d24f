"""Whose pages a picture, a document or a version can change, so that no other clinic's are rendered anew."""

from collections.abc import Collection

from django.db.models.signals import pre_save
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import AbstractRendition
from wagtail.models import Revision

from clinicsite.clinics.tenancy.ownership import owners_of
from clinicsite.core.page_cache.changes import current_watch
from clinicsite.core.page_cache.owners import NOBODYS, register_owner, site_name

_BEFORE = "_clinicsite_collection_before"


def register() -> None:
    """Say it for what a clinic's people make daily; anything else is judged by its table."""
    for model in (get_image_model(), get_document_model()):
        register_owner(model, _of_file)
        pre_save.connect(
            _note_collection, sender=model, dispatch_uid=f"clinicsite_page_owner_{model.__name__}"
        )
    register_owner(AbstractRendition, _of_rendition)
    register_owner(Revision, _nobodys_when_new)
    register_owner(Tag, _nobodys_when_new)


def _of_file(file, is_new: bool) -> Collection[str] | None:
    """Nobody shows a file that has just come; any other stands on pages of its collection's clinics."""
    if is_new:
        return NOBODYS
    collections = {file.collection_id, getattr(file, _BEFORE, file.collection_id)}
    sites = [owners_of(collection) for collection in collections]
    return {site_name(site) for found in sites for site in found} if all(sites) else None


def _of_rendition(rendition, is_new: bool) -> Collection[str] | None:
    return _of_file(rendition.image, is_new=False)


def _nobodys_when_new(row, is_new: bool) -> Collection[str] | None:
    return NOBODYS if is_new else None


def _note_collection(sender, instance, **kwargs):
    if current_watch() is None or instance._state.adding:
        return
    rows = sender._base_manager.filter(pk=instance.pk)
    setattr(instance, _BEFORE, rows.values_list("collection_id", flat=True).first())
