"""The page editor says what patients read, while it is open and after each save.

Wagtail's shows "Saved" and "Live" side by side, and an owner goes away believing that patients read what was
just typed.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from clinicsite.core.publishing_doors import refuse_in_the_editor


def state_of(page: Page) -> str:
    """In a sentence or two, what patients read of a page as it is stored, and what of it waits."""
    scheduled = page.scheduled_revision
    later = f" A version goes live on {_moment(scheduled.approved_go_live_at)}." if scheduled else ""
    if not page.live:
        was_read = page.first_published_at is not None
        return (TAKEN_DOWN if was_read else DRAFT) + later
    since = f" of {_moment(page.last_published_at)}" if page.last_published_at else " that is published"
    return (WAITING if page.has_unpublished_changes else AS_IT_STANDS).format(since=since) + later


DRAFT = "This is a draft: patients cannot read it yet."
TAKEN_DOWN = "Patients cannot read this page: it is not published now."
WAITING = "Patients read the version{since}. Changes made since then are saved as a draft and not published."
AS_IT_STANDS = "Patients read the version{since}. Nothing waits to be published."


def _moment(moment):
    return date_format(timezone.localtime(moment), "j F Y, H:i")


class StatedEditView(EditView):
    """Wagtail's editor with a line that says what patients read; an autosave brings it up to date."""

    partials_template_name = "clinicsite/core/admin/edit_page_partials.html"

    def get_template_names(self):
        names = super().get_template_names()
        return (
            ["clinicsite/core/admin/edit_page.html"] if names == ["wagtailadmin/pages/edit.html"] else names
        )

    def perform_workflow_action(self):
        """Approve or send back; what cannot go live stays a draft, and waits for its approval still."""
        try:
            return super().perform_workflow_action()
        except ValidationError:
            # The approval was undone with it; the draft was saved before.
            refused = refuse_in_the_editor(self.request, self.page)
            if refused is None:
                raise
            return refused

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # Folders of clinics or of the library are nothing that patients could read.
        if not self.page.is_previewable():
            return context
        # Read again: this request may just have saved or published it.
        stored = Page.objects.get(pk=self.page.pk)
        return context | {
            "state": state_of(stored),
            "has_waiting": stored.live and stored.has_unpublished_changes,
        }
