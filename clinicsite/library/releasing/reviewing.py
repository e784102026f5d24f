"""Clinical review: what approving a draft does, and which versions have been approved."""

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import Page

from clinicsite.library.models.releases import Approval
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.tree import is_library_page
from clinicsite.library.versions.content import digest_of, version_of


def approve_library_page(workflow_state, user: AbstractBaseUser | None) -> bool:
    """Mark a library page once the last reviewer has approved; whether it was one, and so needs no more.

    Whatever else has a workflow is published, or what else the project around has chosen.
    """
    page = workflow_state.content_object
    page = page.specific if isinstance(page, Page) else page
    if not is_library_page(page):
        return False
    approve(page.get_latest_revision_as_object(), user, comment=_comment_of(workflow_state))
    return True


def approve(draft: SharedPage, user: AbstractBaseUser | None, *, comment=""):
    """Note that a reviewer has approved this version of a library page; publishes nothing."""
    digest = digest_of(version_of(draft))
    return Approval.objects.create(page_id=draft.pk, digest=digest, approved_by=user, comment=comment)


def approval_of(draft: SharedPage):
    """The newest approval of exactly what this draft says, or None."""
    found = Approval.objects.filter(page_id=draft.pk, digest=digest_of(version_of(draft)))
    return found.select_related("approved_by").first()


def _comment_of(workflow_state):
    state = workflow_state.current_task_state
    return state.comment if state else ""
