"""A version of a library page as stored content: taken, named by its words, compared, made live."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_m2m_relations
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

from clinicsite.core import wagtail_private
from clinicsite.core.models.call_band import CALL_FIELDS
from clinicsite.library.stored import RetiredSection, VersionContent

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
        "clinicsite_section_overrides",
        "held_sections",
        "held_details",
        "held_picture",
        "library_base",
        "retired_sections",
        "related_posts",
        *CALL_FIELDS,
    }
)


def version_of(page: Page) -> VersionContent:
    """A page as a revision would store it."""
    return json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))


def version_to_keep(page: Page) -> VersionContent:
    """The stored version of a page loaded for nothing else: without its comments, it costs less to take."""
    for name in (COMMENTS_RELATION_NAME, "clinicsite_section_overrides"):
        setattr(page, name, [])
    return version_of(page)


def related_to(contents: Iterable[tuple[type, VersionContent]]) -> dict:
    """{(model, key): the object} for all that stored versions name: a query a model, however many versions.

    Args:
        contents: (type of page, stored content) of each version.
    """
    keys = defaultdict(set)
    for model, content in contents:
        for field in _relations_of(model):
            named = content.get(field.name) or []
            keys[field.related_model].update(named if isinstance(named, list) else [named])
    found = {model: model._default_manager.in_bulk(named) for model, named in keys.items() if named}
    return {(model, key): one for model, objects in found.items() for key, one in objects.items()}


def as_it_was_read(
    page: Page, content: VersionContent, related: dict, dropped: Sequence[RetiredSection]
) -> Page:
    """A library page in memory with the words of a stored version: to be read, never to be saved.

    `dropped` are the sections it has retired: the stored version of a draft does not know them, and without
    them its followers would read on without what they had. Asks the database for nothing; what the version
    names and `related` lacks has been deleted since.
    """
    model = type(page)
    relations = _relations_of(model)
    apart = _NOT_READ.union(field.name for field in relations)
    words = {name: deepcopy(value) for name, value in content.items() if name not in apart}
    version = model.from_serializable_data(words | {"pk": page.pk}, check_fks=False)
    for field in Page._meta.concrete_fields:
        if field.name in _NOT_READ:
            setattr(version, field.attname, getattr(page, field.attname))
    for field in relations:
        _set_related(version, field, content.get(field.name), related)
    version.retired_sections = list(dropped)
    return version


def _relations_of(model):
    """The fields in which a version names other things: its pictures, people and pages."""
    keys = [field for field in model._meta.fields if field.many_to_one and field.name not in _NOT_READ]
    return keys + get_all_child_m2m_relations(model)


def _set_related(version, field, named, related):
    if field.many_to_many:
        found = (related.get((field.related_model, key)) for key in named or [])
        setattr(version, field.name, [one for one in found if one is not None])
    else:
        setattr(version, field.name, related.get((field.related_model, named)))


def what_is_read(content: VersionContent) -> dict:
    """The part of a version that somebody reads or that decides how it is shown."""
    plain = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return {name: _without_keys(value) for name, value in plain.items() if name not in _NOT_READ}


def digest_of(content: VersionContent) -> str:
    """A word that is equal for two versions if and only if they say the same."""
    words = json.dumps(what_is_read(content), sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def newer_draft_of(page: Page):
    """The newest revision of a page where it is not what is live, or None."""
    return page.latest_revision if page.has_unpublished_changes else None


def publish_version(page: Page, content: VersionContent, user: AbstractBaseUser) -> Revision:
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
        wagtail_private.hide_reviews(action.object)
    action.execute(skip_permission_checks=True)
    return revision


def ensure_live_revision(page: Page) -> None:
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
