"""Change a page's draft on behalf of a person, outside the page editor, and lose nothing on the way."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page

from clinicsite.library.answering import given
from clinicsite.library.equality import meaning

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


class AnswerError(Exception):
    """An answer to the library that cannot be carried out; the message says why and what to do."""


@dataclass(frozen=True)
class SavedChange:
    """What became of a change: the page as it is now, and whether patients see it already."""

    page: Page
    is_published: bool


def load_draft(page_id, user: AbstractBaseUser):
    """The newest draft of a page the person may edit, as its specific type."""
    page = Page.objects.get(pk=page_id).specific
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return page.get_latest_revision_as_object()


@transaction.atomic
def change_draft(
    page_id, user: AbstractBaseUser, change: Callable[[Page], None], *, message: str, publish=False
) -> SavedChange:
    """Apply `change` to the newest draft and save it as a new revision; publish it at once if asked.

    One person's change waits for another's: nobody's answer is written over. `message` is what the page's
    history says was done. With `publish` the draft goes live only where that publishes nothing else: see
    `can_publish_at_once`. Raises `AnswerError`, or `PermissionDenied` for somebody who may not edit.
    """
    page = Page.objects.select_for_update().get(pk=page_id).specific
    _refuse_unless_editable(page, user)
    goes_live = publish and can_publish_at_once(page, user)
    if page.latest_revision_id is None:
        # A page made in bulk has no revision yet; what it says now must stay retrievable.
        page.save_revision(user=user, clean=False)
    draft = page.get_latest_revision_as_object()
    change(draft)
    # A draft may be unfinished elsewhere, as in the editor; publishing it checks everything.
    revision = draft.save_revision(user=user, clean=False)
    told = {"title": page.get_admin_display_title(), "data": {"message": message}}
    log(draft, "clinicsite_library.answer", user=user, revision=revision, **told)
    if goes_live:
        revision.publish(user=user)
    given.tell(draft, user, is_published=goes_live)
    return SavedChange(draft, goes_live)


def can_publish_at_once(page: Page, user: AbstractBaseUser) -> bool:
    """Whether a change may go live by itself: the page is live, has no other draft, and they may publish."""
    is_plain = page.live and not page.has_unpublished_changes and not page.current_workflow_state
    return is_plain and page.permissions_for_user(user).can_publish()


def forget_if_idle(page: Page) -> bool:
    """Let a live page count as published if its newest draft says what patients read; True if it does.

    The page editor makes a draft whenever it saves, also where nothing was changed. Somebody who only looks
    at what the library changed would leave one behind, and a page with a draft cannot be published by one
    answer: it might publish more than that.
    """
    stored = type(page).objects.get(pk=page.pk)
    if not (stored.live and stored.has_unpublished_changes):
        return False
    if _says(stored) != _says(stored.get_latest_revision_as_object()):
        return False
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
    return True


def _refuse_unless_editable(page, user):
    permissions = page.permissions_for_user(user)
    if not permissions.can_edit():
        raise PermissionDenied
    if permissions.page_locked():
        raise AnswerError(
            f"“{page.get_admin_display_title()}” is locked by somebody else just now. "
            "Ask them to unlock it, or wait until its review is done."
        )


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
