"""The ways through Wagtail's admin by which a page can go live: each asks `publishing`, and says why not."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page

from clinicsite.core import wagtail_private
from clinicsite.core.models.pages import is_of_ours
from clinicsite.core.publishing import reasons_against_publishing


def refuse_in_the_editor(request, page):
    """Leave a page a draft, which Wagtail has just saved, where the form let pass what cannot go live."""
    reasons = _reasons(page)
    if not reasons:
        return None
    if wagtail_private.is_adding(request):
        # A new page that is to be published is stored as a live one before it is published.
        page.unpublish(log_action=False)
    title = page.get_admin_display_title()
    messages.error(request, f"“{title}” was saved as a draft, and not published. {' '.join(reasons)}")
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_from_a_list(request, action_type, pages, action):
    """Publish none of the pages chosen from a list where one of them cannot go live."""
    if action_type != "publish" or action.model is not Page:
        return None
    chosen = _pages_to_publish(request, pages, action)
    refused = [(page, reasons) for page in chosen if (reasons := _reasons(page))]
    for page, reasons in refused:
        title = page.get_admin_display_title()
        advice = "Open that page, correct it and publish it there."
        messages.error(request, f"Nothing was published, because of “{title}”. {' '.join(reasons)} {advice}")
    back = get_valid_next_url_from_request(request) or "wagtailadmin_explore_root"
    return redirect(back) if refused else None


class GuardedWorkflowActionView(WorkflowActionView):
    """Wagtail's pop-up to approve or send back; it passes no form, so what a form would refuse is asked."""

    def post(self, request, *args, **kwargs):
        reasons = _reasons(self.object) if self.action_name == "approve" else []
        if not reasons:
            return super().post(request, *args, **kwargs)
        title = self.object.get_admin_display_title()
        advice = "Open the page, correct it and approve it there, or send it back."
        messages.error(request, f"“{title}” was not approved. {' '.join(reasons)} {advice}")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return wagtail_private.leave_pop_up(self, request)
        return redirect(self.redirect_url)


def _reasons(page):
    """What is against the newest draft of a page: that is what would be published. Only ours are judged."""
    if not is_of_ours(page):
        return []
    return reasons_against_publishing(page.specific.get_latest_revision_as_object())


def _pages_to_publish(request, pages, action):
    """The chosen pages and, where they are asked for, the drafts below them that Wagtail would publish."""
    yield from pages
    if wagtail_private.includes_descendants(action):
        for page in pages:
            drafts = page.get_descendants().not_live().specific()
            yield from (draft for draft in drafts if draft.permissions_for_user(request.user).can_publish())
