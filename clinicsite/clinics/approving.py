"""Approving a page from a list: refused where the editor would refuse to publish it."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.pages.workflow import WorkflowActionView

from clinicsite.core.publishing import reasons_against_publishing


class GuardedWorkflowActionView(WorkflowActionView):
    """Wagtail's pop-up to approve or send back; it passes no form, so what a form would refuse is asked."""

    def post(self, request, *args, **kwargs):
        reasons = self._reasons()
        if not reasons:
            return super().post(request, *args, **kwargs)
        title = self.object.get_admin_display_title()
        advice = "Open the page, correct it and approve it there, or send it back."
        messages.error(request, f"“{title}” was not approved. {' '.join(reasons)} {advice}")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)

    def _reasons(self):
        if self.action_name != "approve":
            return []
        return reasons_against_publishing(self.object.specific.get_latest_revision_as_object())
