"""The screens on which library pages are released, taken back and retired."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinicsite.core.rendering import key_or_none
from clinicsite.library.models.releases import Release
from clinicsite.library.releasing import releases
from clinicsite.library.releasing.forms import ReleaseForm, RetireForm
from clinicsite.library.releasing.impact import followers_by_site, impact_of
from clinicsite.library.releasing.releases import ReleaseError
from clinicsite.library.releasing.reviewing import approval_of
from clinicsite.library.releasing.section_changes import ChangeKind
from clinicsite.library.views.release_history import library_page_or_404, names_of, release_history

#: What happens to a section -> (word, icon); never colour alone.
CHANGE_LABELS = {
    ChangeKind.NEW: ("New", "plus"),
    ChangeKind.CHANGED: ("Changed", "edit"),
    ChangeKind.REMOVED: ("Removed", "bin"),
    ChangeKind.MOVED: ("Moved", "order"),
    ChangeKind.LOCK: ("Lock changed", "lock"),
}


class LibraryScreen(WagtailAdminTemplateMixin):
    """A screen about one library page, for people of the library; for all others it is not there."""

    breadcrumbs_items = []
    must_release = False

    def dispatch(self, request, *args, **kwargs):
        self.page = library_page_or_404(request.user, kwargs["page_id"])
        self.may_release = self.page.permissions_for_user(request.user).can_publish()
        if (self.must_release or request.method == "POST") and not self.may_release:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def back_address(self):
        """Where the person came from: another screen, or the page's editor."""
        asked = get_valid_next_url_from_request(self.request)
        return asked or reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "may_release": self.may_release,
            "back_address": self.back_address,
            "next_address": get_valid_next_url_from_request(self.request),
        }


class ReleaseView(LibraryScreen, FormView):
    """What the newest draft will change, and to whom it goes."""

    page_title = "What will this change?"
    header_icon = "view"
    template_name = "clinicsite/library/admin/releases/release.html"
    form_class = ReleaseForm

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except ReleaseError as refusal:
            messages.error(request, str(refusal))
        return redirect(request.get_full_path())

    def post(self, request, *args, **kwargs):
        step = STEPS.get(request.POST.get("step", ""))
        if step is None:
            return super().post(request, *args, **kwargs)
        key = key_or_none(request.POST.get("release"))
        found = Release.objects.filter(page_id=self.page.pk, pk=key).first() if key else None
        if found is None:
            raise Http404("No such release.")
        carry_out, done = step
        carry_out(found.pk, request.user)
        messages.success(request, done)
        return redirect(self._here())

    def get_form_kwargs(self):
        draft = self.draft
        known = {"page": self.page, "draft": draft, "is_approved": approval_of(draft) is not None}
        return super().get_form_kwargs() | known

    def get_initial(self):
        last = releases.last_pilots(self.page)
        return {"pilots": list(last), "to": ReleaseForm.Whom.PILOTS if last else None}

    @property
    def draft(self):
        return self.page.get_latest_revision_as_object()

    def form_valid(self, form):
        asked = form.cleaned_data
        options = {"note": asked["note"], "is_unapproved_ok": asked.get("is_unapproved_ok", False)}
        ways = {
            form.Whom.PILOTS: lambda: self._to_pilots(asked["pilots"], options),
            form.Whom.ALL: lambda: releases.release_to_all(self.page.pk, self.request.user, **options),
            form.Whom.LATER: lambda: releases.schedule_release(
                self.page.pk, self.request.user, asked["at"], **options
            ),
        }
        ways[asked["to"]]()
        messages.success(self.request, DONE[asked["to"]])
        return redirect(self._here())

    def _to_pilots(self, sites, options):
        return releases.release_to_pilots(self.page.pk, self.request.user, sites, **options)

    def _here(self):
        return reverse("clinicsite_library:release", args=[self.page.pk])

    def get_context_data(self, **kwargs):
        under_way = releases.release_under_way(self.page)
        has_draft = self.page.has_unpublished_changes or not self.page.live
        context = super().get_context_data(**kwargs)
        draft = self.draft
        impact = impact_of(self.page, draft)
        return context | {
            "draft": draft,
            "impact": impact,
            "rows": [_row(one) for one in impact.sections],
            "approval": approval_of(draft),
            "under_way": under_way,
            "pilot_clinics": names_of(under_way.pilots.all()) if under_way else [],
            "has_draft": has_draft,
            "may_ask": has_draft and under_way is None and self.may_release and not impact.reasons,
            "in_review": self.page.workflow_in_progress,
        }


DONE = {
    ReleaseForm.Whom.PILOTS: "The pilot clinics' patients read this version from now on.",
    ReleaseForm.Whom.ALL: "Every clinic has this version from now on.",
    ReleaseForm.Whom.LATER: "This version goes to every clinic at the time you set.",
}
#: What can be done with a release under way: name -> (service, what to say when it is done).
STEPS = {
    "pilot-to-all": (releases.release_pilot_to_all, "Every clinic has the pilot's version from now on."),
    "end-pilot": (
        releases.end_pilot,
        "The pilot has ended: its clinics read the live version again. What they read is still a draft.",
    ),
    "cancel-schedule": (releases.cancel_schedule, "Nothing will be published at that time. It is a draft."),
}


class RetireView(LibraryScreen, FormView):
    """Take a page out of the library, saying what that means for the clinics that follow it."""

    page_title = "Retire"
    header_icon = "history"
    template_name = "clinicsite/library/admin/releases/retire.html"
    form_class = RetireForm
    must_release = True

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"page": self.page}

    def form_valid(self, form):
        try:
            releases.retire(self.page.pk, self.request.user, **form.cleaned_data)
        except ReleaseError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request,
            f"“{self.page.title}” is retired. Clinics that follow it keep what they had until they answer.",
        )
        return redirect(self.back_address)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"clinics": len(followers_by_site(self.page))}


class UndoView(LibraryScreen, TemplateView):
    """Ask once more, then return the library page to the version before."""

    page_title = "Undo this release"
    header_icon = "rotate"
    template_name = "clinicsite/library/admin/releases/undo.html"
    must_release = True

    def dispatch(self, request, *args, **kwargs):
        self.release = Release.objects.filter(pk=kwargs["release_id"]).select_related("released_by").first()
        if self.release is None:
            raise Http404("No such release.")
        return super().dispatch(request, *args, page_id=self.release.page_id)

    def post(self, request, *args, **kwargs):
        try:
            releases.undo_release(self.release.pk, request.user)
        except ReleaseError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, "Every clinic has the version before again. Clinics keep their own words."
            )
        return redirect(self.back_address)

    @property
    def back_address(self):
        history = f"{reverse('clinicsite_library:release_history')}?page={self.page.pk}"
        return get_valid_next_url_from_request(self.request) or history

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "release": self.release,
            "reason": releases.reason_against_undoing(self.release),
            "has_newer_draft": self.page.has_unpublished_changes,
        }


def _row(impact):
    change = impact.change
    labels = [CHANGE_LABELS[kind] for kind in change.kinds]
    return {"impact": impact, "change": change, "labels": labels, "heading": change.section.heading}


urlpatterns = [
    path("pages/<int:page_id>/release/", ReleaseView.as_view(), name="release"),
    path("pages/<int:page_id>/retire/", RetireView.as_view(), name="retire"),
    path("releases/", release_history, name="release_history"),
    path("releases/<int:release_id>/undo/", UndoView.as_view(), name="undo_release"),
]
