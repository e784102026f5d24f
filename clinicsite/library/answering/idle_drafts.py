"""Drafts that say nothing new: the page editor makes one whenever it saves, also where nothing was changed.

Somebody who only looks at what the library changed would otherwise leave a draft behind, and a page with a
draft cannot be published by one answer: it might publish more than that.
"""

from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail.models import Page

from clinicsite.library.meaning import meaning

#: What differs between a page and its draft without anybody having written it.
_BOOKKEEPING = frozenset(
    {
        "draft_title",
        "first_published_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
    }
)


def forget_if_idle(page) -> bool:
    """Let a live page count as published if its newest draft says what patients read; True if it does."""
    stored = type(page).objects.get(pk=page.pk)
    if not (stored.live and stored.has_unpublished_changes):
        return False
    if _says(stored) != _says(stored.get_latest_revision_as_object()):
        return False
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
    return True


def _says(page):
    """All that a page and its children say, as data that can be compared."""
    children = {
        relation.get_accessor_name(): [
            _fields(child, {child._meta.pk.name, relation.field.name})
            for child in getattr(page, relation.get_accessor_name()).all()
        ]
        for relation in get_all_child_relations(type(page))
    }
    lists = {
        field.name: sorted(related.pk for related in getattr(page, field.name).all())
        for field in page._meta.many_to_many
    }
    return _fields(page, _BOOKKEEPING) | children | lists


def _fields(instance, skipped):
    data = get_serializable_data_for_fields(instance)
    streams = {
        field.name: meaning(field.stream_block, list(getattr(instance, field.name).raw_data))
        for field in instance._meta.get_fields()
        if isinstance(field, StreamField)
    }
    return {name: value for name, value in (data | streams).items() if name not in skipped}
