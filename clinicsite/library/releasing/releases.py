"""Releasing library pages: to pilot clinics, to every clinic, at a set time; ending, undoing, retiring.

Every service is one transaction and asks for the permission to publish itself. Each raises `ReleaseError`
with a sentence that says what to do where it cannot be carried out, and changes nothing then.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Site

from clinicsite.clinics.profile_versions import bump_version
from clinicsite.core.publishing import reasons_against_publishing
from clinicsite.library.index_rows import write_rows
from clinicsite.library.models.releases import Release
from clinicsite.library.releasing.impact import followers_by_site
from clinicsite.library.releasing.reviewing import approval_of
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.tree import is_library_page
from clinicsite.library.versions.content import ensure_live_revision, publish_version, version_to_keep
from clinicsite.library.versions.recording import end, recorded_by_caller, renew_pilots, went_live

State = Release.State
NOT_APPROVED = (
    "This draft has not been approved by a clinical reviewer. Submit it for review, or tick that it is "
    "released without approval and say why in the note."
)


class ReleaseError(Exception):
    """A release that cannot be carried out; the message says why and what to do."""


@transaction.atomic
def release_to_all(page_id, user: AbstractBaseUser, *, note="", is_unapproved_ok=False) -> Release:
    """Publish the newest draft of a library page: every clinic's next page view shows it."""
    page = _page_to_release(page_id, user)
    release = _new_release(page, user, State.LIVE, note, is_unapproved_ok)
    release.before, release.revision_before = _live_version(page)
    went_live(release)
    with recorded_by_caller():
        release.revision.publish(user=user)
    return release


@transaction.atomic
def release_to_pilots(
    page_id, user: AbstractBaseUser, sites: Iterable[Site], *, note="", is_unapproved_ok=False
) -> Release:
    """Let the patients of some clinics read the newest draft, while all others read the live version."""
    page = _page_to_release(page_id, user)
    sites = list(sites)
    _refuse_pilots(page, sites)
    release = _new_release(page, user, State.PILOT, note, is_unapproved_ok)
    release.save()
    release.pilots.set(sites)
    bump_version([site.pk for site in sites])
    return release


@transaction.atomic
def schedule_release(
    page_id, user: AbstractBaseUser, moment: datetime, *, note="", is_unapproved_ok=False
) -> Release:
    """Have the newest draft published for every clinic at a moment, by Wagtail's `publish_scheduled`."""
    page = _page_to_release(page_id, user)
    if moment <= timezone.now():
        raise ReleaseError("Choose a time that lies ahead, or release the draft now.")
    ensure_live_revision(page)
    release = _new_release(page, user, State.SCHEDULED, note, is_unapproved_ok, go_live_at=moment)
    release.scheduled_for = moment
    before = _live_version(page)
    release.save()
    with recorded_by_caller():
        release.revision.publish(user=user)
    if type(page).objects.filter(pk=page.pk, live_revision=release.revision).exists():
        # The moment came while this ran, so that Wagtail has published at once.
        release.before, release.revision_before = before
        release.state, release.live_at = State.LIVE, timezone.now()
        release.save()
    return release


@transaction.atomic
def release_pilot_to_all(release_id, user: AbstractBaseUser, *, note="") -> Release:
    """Publish for every clinic exactly what the pilot clinics read; a newer draft stays a draft on top."""
    release, page = _release_under_way(release_id, user, State.PILOT)
    _refuse_unfit(page.with_content_json(dict(release.content)))
    release.before, release.revision_before = _live_version(page)
    release.revision = _publish(page, release.content, user)
    release.note = "\n\n".join(part for part in (release.note, note) if part)
    went_live(release)
    renew_pilots(release)
    return release


@transaction.atomic
def end_pilot(release_id, user: AbstractBaseUser) -> Release:
    """Let the pilot clinics read the live version again; what they read stays a draft."""
    release, _ = _release_under_way(release_id, user, State.PILOT)
    end(release, user)
    return release


@transaction.atomic
def cancel_schedule(release_id, user: AbstractBaseUser) -> Release:
    """Publish nothing at the set time; what was to be released stays a draft."""
    release, _ = _release_under_way(release_id, user, State.SCHEDULED)
    end(release, user)
    if release.revision is not None:
        release.revision.approved_go_live_at = None
        release.revision.save(user=user, update_fields=["approved_go_live_at"])
    return release


@transaction.atomic
def undo_release(release_id, user: AbstractBaseUser) -> Release:
    """Return the library page to the version before a release, in one step.

    What clinics have written since is theirs and stays. A draft newer than the release stays, on top.
    """
    release = Release.objects.get(pk=release_id)
    page = _page_for(release.page_id, user)
    release = Release.objects.select_for_update().get(pk=release_id)
    reason = reason_against_undoing(release)
    if reason:
        raise ReleaseError(reason)
    _publish(page, release.before, user)
    _forget_dropped_by(page, release.before)
    release.state, release.ended_by, release.ended_at = State.UNDONE, user, timezone.now()
    release.save(update_fields=["state", "ended_by", "ended_at"])
    log(page, "clinicsite_library.undo", user=user, data={"release": release.pk})
    return release


@transaction.atomic
def retire(page_id, user: AbstractBaseUser, *, note="", replaced_by=None) -> Release:
    """Take a page out of the library: no clinic follows it anew, followers keep it until they answer."""
    page = _page_for(page_id, user)
    if not page.live:
        raise ReleaseError("This page is not live, so there is nothing to retire.")
    _refuse_locked(page, user)
    _refuse_replacement(page, replaced_by)
    under_way = release_under_way(page)
    if under_way:
        end(under_way, user)
    # A review or a schedule locks the page to Wagtail; the permission was asked above.
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
    release = Release.objects.filter(page_id=page_id, state=State.RETIRED).first()
    release.note, release.replaced_by, release.released_by = note, replaced_by, user
    release.save(update_fields=["note", "replaced_by", "released_by"])
    return release


def release_under_way(page: SharedPage) -> Release | None:
    """The pilot or the scheduled release of a library page, or None."""
    return Release.objects.filter(page_id=page.pk, state__in=Release.UNDER_WAY).first()


def reason_against_undoing(release) -> str:
    """Why a release cannot be undone, in a sentence; nothing where it can."""
    if release.state != State.LIVE:
        return "Only a release that reached every clinic can be undone."
    if release.before is None:
        return f"{_why_nothing_was_live_before(release)} Retire the page instead."
    newer = Release.objects.filter(page_id=release.page_id, pk__gt=release.pk)
    newest = newer.exclude(state__in=[State.ENDED, State.UNDONE]).first()
    if newest is None:
        return ""
    if newest.is_under_way:
        return "A newer release of this page is under way. End that one first."
    if newest.state == State.RETIRED:
        return "The page has been retired since. Release it again to bring it back."
    return "A newer release of this page exists. Undo that one first."


def _why_nothing_was_live_before(release):
    earlier = Release.objects.filter(page_id=release.page_id, pk__lt=release.pk)
    if earlier.filter(state=State.RETIRED).exists():
        return "This release brought the page back after it was retired, so no version was live before it."
    return "This was the page's first version, so there is none to go back to."


def last_pilots(page: SharedPage) -> set[int]:
    """The ids of the sites that piloted last: of this page, or else of any."""
    chosen = Release.objects.filter(pilots__isnull=False).order_by("-created_at", "-pk")
    last = chosen.filter(page_id=page.pk).first() or chosen.first()
    return set(last.pilots.values_list("pk", flat=True)) if last else set()


def _page_for(page_id, user):
    """The library page, for somebody who may release it, kept from others until the transaction ends."""
    page = Page.objects.select_for_update().get(pk=page_id).specific
    if not is_library_page(page) or not page.permissions_for_user(user).can_publish():
        raise PermissionDenied
    return page


def _page_to_release(page_id, user):
    page = _page_for(page_id, user)
    if release_under_way(page):
        raise ReleaseError("A release of this page is under way. Finish or end it first.")
    if page.live and not page.has_unpublished_changes:
        raise ReleaseError("There is no draft to release: every clinic has the newest version already.")
    _refuse_locked(page, user)
    return page


def _new_release(page, user, state, note, is_unapproved_ok, go_live_at=None):
    """A release of the newest draft, stored as a revision of its own that no autosave writes over."""
    draft = page.get_latest_revision_as_object()
    approval = approval_of(draft)
    if approval is None and not (is_unapproved_ok and note.strip()):
        raise ReleaseError(NOT_APPROVED)
    # Wagtail takes a page down while it waits for its time, unless the draft itself knows what is live.
    draft.go_live_at, draft.live_revision = go_live_at, page.live_revision
    _refuse_unfit(draft)
    revision = draft.save_revision(user=user)
    log(draft, "clinicsite_library.release", user=user, revision=revision, data={"state": state.label})
    return Release(
        page_id=page.pk,
        state=state,
        content=revision.content,
        revision=revision,
        approval=approval,
        note=note.strip(),
        released_by=user,
    )


def _release_under_way(release_id, user, state):
    page = _page_for(Release.objects.get(pk=release_id).page_id, user)
    release = Release.objects.select_for_update().get(pk=release_id)
    if release.state != state:
        raise ReleaseError("This release is not under way any more. Nothing was changed.")
    return release, page


def _publish(page, content, user):
    try:
        with recorded_by_caller():
            return publish_version(page, content, user)
    except ValidationError as error:
        raise ReleaseError(f"That version cannot go live any more. {' '.join(error.messages)}") from error


def _live_version(page):
    """(content, revision) that every clinic has now; (None, None) where the page is not live."""
    if not page.live:
        return None, None
    live = type(page).objects.get(pk=page.pk)
    revision = live.live_revision
    return version_to_keep(live), revision


def _forget_dropped_by(page, before):
    """Let go what only the undone version had: to clinics it was never there, so nothing is retired."""
    live = type(page).objects.get(pk=page.pk)
    live.retired_sections = before.get("retired_sections") or []
    live.save(update_fields=["retired_sections"])
    write_rows(live)


def _refuse_pilots(page, sites):
    if page.is_included:
        raise ReleaseError("Warning signs are the same for every clinic’s patients. Release them to all.")
    if not page.live:
        raise ReleaseError("No clinic shows this page yet, so there is nobody to try it. Release it to all.")
    if not sites:
        raise ReleaseError("Choose at least one clinic that tries the new version first.")
    following = followers_by_site(page)
    strangers = [site.site_name or site.hostname for site in sites if site.pk not in following]
    if strangers:
        raise ReleaseError(f"These clinics do not follow the page: {', '.join(strangers)}. Leave them out.")


def _refuse_unfit(draft):
    reasons = reasons_against_publishing(draft)
    if reasons:
        raise ReleaseError(f"This version cannot go live. {' '.join(reasons)} Correct it in the editor.")


def _refuse_locked(page, user):
    if page.locked and page.locked_by_id != user.pk:
        raise ReleaseError("Somebody else has locked this page. Ask them to unlock it first.")


def _refuse_replacement(page, replaced_by):
    if replaced_by is None:
        return
    is_fit = type(replaced_by) is type(page) and replaced_by.live and is_library_page(replaced_by)
    if replaced_by.pk == page.pk or not is_fit:
        raise ReleaseError("Choose another live library page of the same type to take this page's place.")
