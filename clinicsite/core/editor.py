"""The page editor says what patients read, while it is open and after each save.

Wagtail's shows "Saved" and "Live" side by side, and an owner goes away believing that patients read what was
just typed.
"""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page

from clinicsite.core.discarding import may_discard
from clinicsite.core.editor_buttons import PublishFirst
from clinicsite.core.publishing_doors import refuse_in_the_editor


def state_of(page: Page) -> str:
    """In a sentence or two, what patients read of a page as it is stored, and what of it waits."""
    scheduled = page.scheduled_revision
    later = f" A version goes live on {_moment(scheduled.approved_go_live_at)}." if scheduled else ""
    later = later or _time_without_effect(page)
    since = f" of {_moment(page.last_published_at)}" if page.last_published_at else " that is published"
    return _kind_of_state(page).format(since=since) + later


DRAFT = "This is a draft: patients cannot read it yet."
TAKEN_DOWN = "Patients cannot read this page: it is not published now."
WAITING = "Patients read the version{since}. Changes made since then are saved as a draft and not published."
AS_IT_STANDS = "Patients read the version{since}. Nothing waits to be published."


#: The same beside the buttons, where there is room for a few words.
IN_SHORT = {
    DRAFT: "Patients cannot read this yet.",
    TAKEN_DOWN: "Patients cannot read this now.",
    WAITING: "Your changes are not published.",
    AS_IT_STANDS: "Patients read this.",
}


def _moment(moment):
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def _kind_of_state(page):
    if not page.live:
        return TAKEN_DOWN if page.first_published_at else DRAFT
    return WAITING if page.has_unpublished_changes else AS_IT_STANDS


def _time_without_effect(page):
    """A sentence on a go-live time that the newest draft holds and nobody has scheduled."""
    if page.scheduled_revision or not page.latest_revision:
        return ""
    written = page.latest_revision.content.get("go_live_at")
    at = parse_datetime(written) if written else None
    if at is None or at <= timezone.now():
        return ""
    return (
        f" The draft names {_moment(at)} to go live, and nothing is scheduled yet: “Publish at…” does that."
    )


class _PublishesFirst:
    """The buttons of ours, and the way on after publishing: to the editor, not to a list."""

    def get_action_menu(self):
        may_schedule = self.form.show_schedule_publishing_toggle
        return PublishFirst(self.request, may_schedule, **self.action_menu_options())

    def redirect_away(self):
        return self.redirect_and_remain() if self.action_name == "publish" else super().redirect_away()

    def get_edit_message_button(self):
        if self.action_name != "publish":
            return super().get_edit_message_button()
        # Whoever publishes is in the editor already.
        above = reverse("wagtailadmin_explore", args=[self.page.get_parent().pk])
        return messages.button(self.next_url or above, "Back to the list")


class StatedEditView(_PublishesFirst, EditView):
    """Wagtail's editor with a line that says what patients read; an autosave brings it up to date."""

    partials_template_name = "clinicsite/core/admin/edit_page_partials.html"

    def action_menu_options(self):
        return {
            "view": "edit",
            "page": self.page,
            "lock": self.lock,
            "locked_for_user": self.locked_for_user,
        }

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
            "state_in_short": IN_SHORT[_kind_of_state(stored)],
            "has_waiting": stored.live and stored.has_unpublished_changes,
            "may_discard": may_discard(stored, self.request.user),
        }


class StatedRevertView(_PublishesFirst, RevisionsRevertView):
    """Wagtail's editor of an older version, with the same buttons."""

    def action_menu_options(self):
        return {
            "view": "revisions_revert",
            "is_revision": True,
            "page": self.page,
            "lock": self.lock,
            "locked_for_user": self.locked_for_user,
        }

    def get_template_names(self):
        names = super().get_template_names()
        ours = ["clinicsite/core/admin/revert_page.html"]
        return ours if names == ["wagtailadmin/pages/edit.html"] else names


class StatedCreateView(_PublishesFirst, CreateView):
    """Wagtail's screen for a new page, with the same buttons."""

    def action_menu_options(self):
        return {"view": "create", "parent_page": self.parent_page, "lock": None, "locked_for_user": False}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"action_menu": self.get_action_menu()}

    def get_template_names(self):
        names = super().get_template_names()
        ours = ["clinicsite/core/admin/create_page.html"]
        return ours if names == ["wagtailadmin/pages/create.html"] else names
