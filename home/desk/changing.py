"""Change one thing that patients read, at once, and nothing else of the page.

A page may have a draft of somebody's that is not ready, or one that goes live on Monday. The change is made
in what patients read and in these alike: nothing of a draft goes out with it, and nothing that is published
later takes it back.
"""

from collections.abc import Callable
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.locks import ScheduledForPublishLock
from wagtail.models import Page

#: Changes a page as it lies before it: what patients read, and each of its drafts.
Change = Callable[[Page], None]


class RefusedError(Exception):
    """A change that is not made; the message says why, and what to do."""


@transaction.atomic
def change_at_once(page_id: int, user, change: Change, *, check: Change | None = None) -> Page:
    """Make a change live, and in the drafts of the page.

    Args:
        page_id: A live page that the person may publish.
        change: Called with the live page and with each draft.
        check: Called before, with the live page alone, while nobody else can change it; raises `RefusedError`
            to leave all as it is.

    Returns:
        The page as patients read it now.

    Raises:
        RefusedError: Somebody has locked it, it waits for an approval, or it may not go live like this.
    """
    page = Page.objects.select_for_update().get(pk=page_id).specific
    _refuse_unless_free(page, user)
    if page.latest_revision_id is None:
        # A page made in bulk has no revision yet; what it says now must stay retrievable.
        page.save_revision(user=user, clean=False)
    scheduled = page.scheduled_revision
    newest = page.latest_revision if page.has_unpublished_changes else None
    later = [revision for revision in (scheduled, newest) if revision is not None]
    drafts = [(revision, revision.as_object()) for revision in dict.fromkeys(later)]
    if check is not None:
        check(page)
    change(page)
    try:
        page.save_revision(user=user).publish(user=user)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    for revision, draft in drafts:
        change(draft)
        draft.save_revision(user=user, clean=False, approved_go_live_at=revision.approved_go_live_at)
    return type(page).objects.get(pk=page.pk)


def _refuse_unless_free(page, user):
    permissions = page.permissions_for_user(user)
    name = page.get_admin_display_title()
    if not page.live:
        _refuse(f"“{name}” is not published, so patients read nothing of it. Open its page to change it.")
    if not permissions.can_publish():
        _refuse(f"You may not publish “{name}”. Ask an owner of your clinic.")
    if page.current_workflow_state is not None:
        _refuse(f"A change of “{name}” waits for an approval, which this would end. Open its page instead.")
    # What comes out later locks a page too; it gets the change as well.
    if permissions.page_locked() and not isinstance(page.get_lock(), ScheduledForPublishLock):
        _refuse(f"“{name}” is locked by somebody else just now. Ask them to unlock it.")


def _refuse(words: str) -> NoReturn:
    raise RefusedError(words)
