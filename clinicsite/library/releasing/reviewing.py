"""Clinical review: what approving a draft does, and which versions have been approved."""

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import Page
from wagtail.workflows import publish_workflow_state

from clinicsite.library.models.releases import Approval
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.tree import is_library_page
from clinicsite.library.versions.content import digest_of, version_of


def finish(workflow_state, user: AbstractBaseUser):
    """What happens once the last reviewer has approved: a library page is marked, any other is published.

    Raises `ValidationError` where a page of another kind cannot go live as it is.
    """
    page = workflow_state.content_object
    page = page.specific if isinstance(page, Page) else page
    if is_library_page(page):
        approve(page.get_latest_revision_as_object(), user, comment=_comment_of(workflow_state))
        return
    publish_workflow_state(workflow_state, user)


def approve(draft: SharedPage, user: AbstractBaseUser, *, comment=""):
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
