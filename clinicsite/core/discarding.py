"""Discard what is changed and not published: the editor goes back to what patients read.

Nothing is thrown away: what patients read is stored once more, as the newest version; the discarded one stays
in the page's history, and the green line leads back to it.
"""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, Revision

from clinicsite.core.models.pages import is_of_ours

DISCARDED = "clinicsite.draft.discarded"


def may_discard(page: Page, user) -> bool:
    """Whether somebody may set a page's draft aside: nobody, while it is locked, scheduled or reviewed."""
    if not (is_of_ours(page) and page.live and page.has_unpublished_changes and not page.alias_of_id):
        return False
    if page.scheduled_revision or page.current_workflow_state:
        return False
    lock = page.get_lock()
    return page.permissions_for_user(user).can_edit() and not (lock and lock.for_user(user))


def discard_draft(page: Page, user) -> Revision:
    """Make what patients read of a live page its newest version; return the version that was set aside."""
    with transaction.atomic():
        live = Page.objects.select_for_update(of=("self",)).get(pk=page.pk).specific
        discarded = live.latest_revision
        # Nothing that patients read is changed, so no rule for publishing is asked.
        newest = live.save_revision(user=user, changed=False, clean=False)
        Page.objects.filter(pk=live.pk).update(has_unpublished_changes=False, live_revision=newest)
        log(live, DISCARDED, user=user, revision=discarded)
    return discarded


class DiscardView(View):
    """Discards the draft of one page and goes back to its editor."""

    http_method_names = ["post"]

    def post(self, request, pk):
        page = get_object_or_404(Page, pk=pk)
        if not (is_of_ours(page) and page.permissions_for_user(request.user).can_edit()):
            raise Http404
        title = page.get_admin_display_title()
        if may_discard(page, request.user):
            discarded = discard_draft(page, request.user)
            back = reverse("wagtailadmin_pages:revisions_revert", args=[pk, discarded.pk])
            messages.success(
                request,
                f"What was not published of “{title}” is discarded. It is kept in its history.",
                buttons=[messages.button(back, "Bring it back")],
            )
        else:
            messages.warning(request, f"Nothing of “{title}” can be discarded now.")
        return redirect("wagtailadmin_pages:edit", pk)


class DraftViewSet(ViewSet):
    """What is done with drafts beside editing them."""

    name = "clinicsite_drafts"
    url_prefix = "clinicsite/drafts"

    def get_urlpatterns(self):
        return [path("<int:pk>/discard/", DiscardView.as_view(), name="discard")]


class DiscardedMessage(LogFormatter):
    """What a page's history says of a draft that was discarded."""

    label = "Draft discarded"
    message = "Changes that were not published were discarded; patients read what they read before."
