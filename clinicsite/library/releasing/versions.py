"""A version of a library page as stored content: taken, named by its words, compared, made live."""

import hashlib
import json
from copy import deepcopy
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import COMMENTS_RELATION_NAME, Revision

#: What belongs to the page as a whole or to its way through the admin, not to what anybody reads.
_NOT_READ = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "content_type",
        "translation_key",
        "locale",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "latest_revision",
        "latest_revision_created_at",
        "go_live_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "draft_title",
        "alias_of",
        "comments",
        "wagtail_admin_comments",
        "section_overrides",
        "held_sections",
        "library_base",
        "retired_sections",
    }
)


def version_of(page) -> dict:
    """A page as a revision would store it."""
    return json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))


def version_to_keep(page) -> dict:
    """The stored version of a page loaded for nothing else: without its comments, it costs less to take."""
    for name in (COMMENTS_RELATION_NAME, "section_overrides"):
        setattr(page, name, [])
    return version_of(page)


def what_is_read(content: dict) -> dict:
    """The part of a version that somebody reads or that decides how it is shown."""
    plain = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return {name: _without_keys(value) for name, value in plain.items() if name not in _NOT_READ}


def digest_of(content: dict) -> str:
    """A word that is equal for two versions if and only if they say the same."""
    words = json.dumps(what_is_read(content), sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def newer_draft_of(page):
    """The newest revision of a page where it is not what is live, or None."""
    return page.latest_revision if page.has_unpublished_changes else None


def publish_version(page, content: dict, user) -> Revision:
    """Make a version live now. A newer draft that says something else stays, as the draft on top.

    Returns the revision that is live. Raises `ValidationError` where the version cannot stand any more,
    such as an address that another page has taken.
    """
    content = {**deepcopy(content), "go_live_at": None}
    draft = newer_draft_of(page)
    if draft is None:
        revision = page.with_content_json(content).save_revision(user=user)
    elif draft.content.get("go_live_at") is None and digest_of(draft.content) == digest_of(content):
        revision = draft
    else:
        revision = _store_beneath(page, content, user, draft)
    action = PublishPageRevisionAction(revision, user=user)
    if draft is not None and revision != draft:
        # The review under way is of the newer draft, so Wagtail must not end it: let it see none.
        action.object._current_workflow_states = []
    action.execute(skip_permission_checks=True)
    return revision


def ensure_live_revision(page) -> None:
    """Give a live page made in bulk the revision Wagtail expects: without it, scheduling unpublishes it."""
    if not page.live or page.live_revision_id:
        return
    draft = newer_draft_of(page)
    if draft is None:
        page.live_revision = page.save_revision(clean=False, changed=False)
    else:
        page.live_revision = _store_beneath(page, version_of(page), None, draft)
    page.save(update_fields=["live_revision"])


def _store_beneath(page, content, user, draft):
    """A revision of an older version: Wagtail takes the newest by date for the draft."""
    return Revision.objects.create(
        content_type=draft.content_type,
        base_content_type=draft.base_content_type,
        object_id=draft.object_id,
        object_str=content.get("title", "")[:255] or str(page),
        user=user,
        content=content,
        created_at=draft.created_at - timedelta(microseconds=1),
    )


def _without_keys(value):
    """Rows that belong to the page, without the keys they have or do not have yet; plain keys in order."""
    if not isinstance(value, list):
        return value
    if not all(isinstance(row, dict) for row in value):
        return sorted(value, key=str)
    return [{name: part for name, part in row.items() if name != "pk"} for row in value]
