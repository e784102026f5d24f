"""Changing pages of clinics in bulk, as revisions of whoever asked: nothing that a clinic wrote is lost."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from clinicsite.core.deleting import reasons_against_deleting
from clinicsite.core.usage import uses_of
from clinicsite.library.answering.drafts import AnswerError, can_publish_at_once, change_draft
from clinicsite.provisioning.bulk.plans import BulkError

#: What a page's history says; the message is in it.
ACTION = "clinicsite_library.answer"
NOT_ALLOWED = "You may not change “{title}”."
LOCKED = "“{title}” is locked by somebody else just now."
CHANGED_SINCE = "“{title}” was changed since"
NO_VERSION = "the version of “{title}” from before is not kept any more"


def refuse_unless_open(page: Page, user: AbstractBaseUser) -> None:
    """Raise `BulkError` for a page that the person may not change, or that somebody has locked."""
    permissions = page.permissions_for_user(user)
    title = page.get_admin_display_title()
    if not permissions.can_edit():
        raise BulkError(NOT_ALLOWED.format(title=title))
    if permissions.page_locked():
        raise BulkError(LOCKED.format(title=title))


def goes_live_at_once(page: Page, user: AbstractBaseUser) -> bool:
    """Whether a change would be read by patients at once; never where that publishes anything else."""
    return can_publish_at_once(page, user)


def change(page_id: int, user: AbstractBaseUser, how: Callable[[Page], None], message: str) -> dict[str, Any]:
    """Change a page's newest draft, and publish it where that publishes nothing else.

    Returns:
        What `bring_back` needs.
    """
    try:
        saved = change_draft(page_id, user, how, message=message, publish=True)
    except (AnswerError, PermissionDenied) as error:
        title = Page.objects.get(pk=page_id).get_admin_display_title()
        raise BulkError(str(error) or NOT_ALLOWED.format(title=title)) from error
    except ValidationError as error:
        title = Page.objects.get(pk=page_id).get_admin_display_title()
        raise BulkError(f"“{title}” cannot be published: {' '.join(error.messages)}") from error
    stored = Page.objects.get(pk=page_id)
    before = (
        Revision.page_revisions.filter(object_id=str(page_id))
        .exclude(pk=stored.latest_revision_id)
        .order_by("-created_at", "-pk")
        .first()
    )
    return {
        "page": page_id,
        "revision": stored.latest_revision_id,
        "before": before.pk if before else None,
        "is_published": saved.is_published,
    }


def bring_back(done: dict[str, Any], title: str, user: AbstractBaseUser, message: str) -> None:
    """Save the version from before as a new one, and publish it if ours was published.

    Raises:
        BulkError: The page was changed, moved out of reach or deleted since, or the version is gone.
    """
    page = _unchanged(done, title, user)
    before = Revision.page_revisions.filter(pk=done["before"]).first()
    if before is None:
        raise BulkError(NO_VERSION.format(title=title))
    if done["is_published"] and not can_publish_at_once(page, user):
        raise BulkError(CHANGED_SINCE.format(title=title))
    revision = before.as_object().save_revision(user=user, clean=False)
    told = {"title": page.get_admin_display_title(), "data": {"message": message}}
    log(page, ACTION, user=user, revision=revision, **told)
    if done["is_published"]:
        try:
            revision.publish(user=user)
        except ValidationError as error:
            raise BulkError(f"“{title}” cannot be published: {' '.join(error.messages)}") from error


def take_away(done: dict[str, Any], title: str, user: AbstractBaseUser) -> None:
    """Delete a page that was added, unless somebody has changed, moved, published or named it since.

    Raises:
        BulkError: with the reason.
    """
    page = _unchanged(done, title, user)
    if page.url_path != done["url_path"] or page.live != done["is_published"] or page.numchild:
        raise BulkError(CHANGED_SINCE.format(title=title))
    if uses_of(page, user).uses:
        raise BulkError(f"something names “{title}” by now")
    reasons = reasons_against_deleting(page)
    if reasons:
        raise BulkError(f"“{title}” cannot be deleted: {' '.join(reasons)}")
    if not page.permissions_for_user(user).can_delete():
        raise BulkError(f"you may not delete “{title}”")
    page.delete(user=user)


def _unchanged(done, title, user):
    page = Page.objects.select_for_update().filter(pk=done["page"]).first()
    if page is None:
        raise BulkError(f"“{title}” was deleted since")
    page = page.specific
    if page.latest_revision_id != done["revision"]:
        raise BulkError(CHANGED_SINCE.format(title=title))
    refuse_unless_open(page, user)
    return page
