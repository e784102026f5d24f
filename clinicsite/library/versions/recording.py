"""Every way a library page goes live or is taken down becomes a row of the history, ours or Wagtail's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished

from clinicsite.clinics.profile_versions import bump_version
from clinicsite.core import wagtail_private
from clinicsite.library.models.releases import Release
from clinicsite.library.tree import is_library_page
from clinicsite.library.versions.content import version_of
from clinicsite.signals import library_released

_is_ours: ContextVar[bool] = ContextVar("library_release_is_ours", default=False)


@contextmanager
def recorded_by_caller() -> Iterator[None]:
    """Publish or unpublish inside this without a row being made: the caller keeps its own."""
    token = _is_ours.set(True)
    try:
        yield
    finally:
        _is_ours.reset(token)


def is_recorded_by_caller() -> bool:
    """Whether whoever publishes just now keeps the history row itself."""
    return _is_ours.get()


def connect_signals():
    """Listen to whatever publishes, unpublishes or takes a library page off the schedule."""
    page_published.connect(_published, dispatch_uid="library_release_published")
    page_unpublished.connect(_unpublished, dispatch_uid="library_release_unpublished")
    post_save.connect(_unscheduled, sender=Revision, dispatch_uid="library_release_unscheduled")


def with_release_under_way(pages):
    """Ask with each page, in the same query, whether a pilot or a set time is under way."""
    under_way = Release.objects.filter(page_id=OuterRef("pk"), state__in=Release.UNDER_WAY)
    return pages.annotate(has_release_under_way=Exists(under_way))


def went_live(release) -> None:
    """A release reaches every clinic now: store it, and tell the project once that is committed."""
    release.state, release.live_at = release.State.LIVE, timezone.now()
    release.save()
    send = partial(library_released.send_robust, Release, release=release)
    transaction.on_commit(send)


def end(release, user: AbstractBaseUser) -> None:
    """A release will not reach every clinic: whoever piloted it reads the live version again."""
    release.state = release.State.ENDED
    release.ended_by, release.ended_at = user, timezone.now()
    release.save(update_fields=["state", "ended_by", "ended_at"])
    renew_pilots(release)


def renew_pilots(release) -> None:
    """Make every pilot clinic's next page view read what it reads now."""
    bump_version(list(release.pilots.values_list("pk", flat=True)))


def _published(sender, instance, revision, **kwargs):
    # Saving a library page has left there what was live until now; no other page has this.
    if _is_ours.get() or not instance.live or not hasattr(instance, "version_before"):
        return
    before = instance.version_before
    release = _due_release(instance, revision) if instance.has_release_under_way else None
    if release is None:
        release = _new_row(instance, revision.content, _publisher_of(revision))
    release.revision, release.before = revision, before
    release.revision_before_id = before["live_revision"] if before else None
    went_live(release)


def _due_release(page, revision):
    """The scheduled release whose time has come; any other under way ends here."""
    for release in Release.objects.filter(page_id=page.pk, state__in=Release.UNDER_WAY):
        if release.state == Release.State.SCHEDULED and release.revision_id == revision.pk:
            return release
        end(release, wagtail_private.acting_user())
    return None


def _unpublished(sender, instance, **kwargs):
    if _is_ours.get() or not is_library_page(instance) or _is_being_deleted(instance):
        return
    for release in Release.objects.filter(page_id=instance.pk, state__in=Release.UNDER_WAY):
        end(release, wagtail_private.acting_user())
    stored = type(instance).objects.get(pk=instance.pk)
    row = _new_row(stored, version_of(stored), wagtail_private.acting_user())
    row.state, row.live_at = Release.State.RETIRED, timezone.now()
    row.save()


def _unscheduled(sender, instance, update_fields=None, **kwargs):
    """Wagtail's own "Cancel scheduled publish", and a draft refused at its time, end the release."""
    if not wagtail_private.is_taken_off_schedule(instance, update_fields):
        return
    for release in Release.objects.filter(revision=instance, state=Release.State.SCHEDULED):
        end(release, wagtail_private.acting_user())


def _new_row(page, content, user):
    return Release(page_id=page.pk, content=content, released_by=user)


def _publisher_of(revision):
    """Whoever publishes just now; for a draft whose time has come, whoever scheduled it."""
    acting = wagtail_private.acting_user()
    if acting is not None or not revision.content.get("go_live_at"):
        return acting
    entries = PageLogEntry.objects.filter(revision=revision, action="wagtail.publish.schedule")
    entry = entries.select_related("user").order_by("-timestamp").first()
    return entry.user if entry else None


def _is_being_deleted(page) -> bool:
    """Whether Wagtail takes a page down on the way to deleting it: it says so without writing it."""
    return type(page).objects.filter(pk=page.pk, live=True).exists()
