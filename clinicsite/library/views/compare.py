"""The screen “See what changed”: three versions side by side, and the answers."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinicsite.library.answering import answers
from clinicsite.library.answering.comparing import COLUMNS, Case, case_for, must_show, offered
from clinicsite.library.answering.drafts import AnswerError, can_publish_at_once, change_draft
from clinicsite.library.answering.override_forms import merge_form, typed_words
from clinicsite.library.comparison.summary import library_summary, summary
from clinicsite.library.comparison.values import plain_words
from clinicsite.library.holding import LibraryChange
from clinicsite.library.inbox.loading import Notes
from clinicsite.library.models.library import LibrarySection
from clinicsite.library.versions.read_by_clinic import piloted_release_of
from clinicsite.library.views.sections import draft_or_404

LIVE = "-live"
OWN_CHANGED_MEANWHILE = (
    "Your clinic’s own text was changed in another window since you opened this screen. Nothing was saved. "
    "Read the newer version below, then answer once more."
)
ANSWERED_MEANWHILE = (
    "This section was answered in another window since you opened this screen. Nothing was saved. "
    "This is how it stands now."
)
TO_THE_DRAFT = "It is in the draft: patients read it when you publish the page."
NO_SUCH_ANSWER = "This answer cannot be given here. Nothing was saved. Choose one of the answers below."
UNDECIDED = (
    "Nothing was saved yet: {count} still to be decided. Make the text below read as you want it, "
    "then tick each place you have decided."
)


class CompareView(WagtailAdminTemplateMixin, TemplateView):
    """Shows what the library changed in a section and takes the clinic's answer."""

    template_name = "clinicsite/library/admin/compare/compare.html"
    page_title = "See what changed"
    header_icon = "history"
    breadcrumbs_items = []

    def dispatch(self, request, *args, **kwargs):
        self.section_id = kwargs["section_id"]
        self.draft = draft_or_404(kwargs["page_id"], request.user)
        self.refusal = ""
        try:
            self.case = case_for(self.draft, self.section_id)
        except AnswerError as refusal:
            return self._refuse(refusal)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            return self._answer(*_asked(request.POST))
        except AnswerError as refusal:
            self.refusal = str(refusal)
        except ValidationError as refusal:
            self.refusal = f"Nothing was saved: {' '.join(refusal.messages)}"
        # Somebody may have changed the page between our reading it and our answer.
        self.draft = draft_or_404(self.draft.pk, request.user)
        try:
            self.case = case_for(self.draft, self.section_id)
        except AnswerError as refusal:
            return self._refuse(refusal)
        self.__dict__.pop("compared", None)
        return self.render_to_response(self.get_context_data())

    def _answer(self, name, is_live):
        self._refuse_what_was_not_seen(self.case)
        given = offered(self.case)
        if name not in given:
            raise AnswerError(NO_SUCH_ANSWER if given else ANSWERED_MEANWHILE)
        cleaned = self._merged_words() if name == "merge" else {}
        changed = change_draft(
            self.draft.pk,
            self.request.user,
            lambda page: self._apply(page, given[name], cleaned),
            message=f"“{self.case.heading}”: {given[name].done}",
            publish=is_live,
        )
        where = "Patients read it now." if changed.is_published else TO_THE_DRAFT
        messages.success(self.request, f"“{self.case.heading}”: {given[name].done}. {where}")
        return redirect(self.back_address)

    def _apply(self, page, answer, cleaned):
        # The page is locked for us now: nobody can change it between this look and the answer.
        self._refuse_what_was_not_seen(case_for(page, self.section_id))
        answer.apply(page, self.section_id, cleaned)

    def _refuse_what_was_not_seen(self, case: Case):
        data = self.request.POST
        if case.mode != data.get("mode"):
            raise AnswerError(ANSWERED_MEANWHILE)
        if case.library_fingerprint != data.get("seen"):
            raise AnswerError(answers.CHANGED_MEANWHILE)
        if case.own_fingerprint != data.get("own"):
            raise AnswerError(OWN_CHANGED_MEANWHILE)

    def _merged_words(self):
        """What the merge form says, checked; refuses while a place is undecided."""
        if not self.form.is_valid():
            raise AnswerError("Nothing was saved. Correct what is marked in the text below.")
        left = sum(not is_decided for _, is_decided in self._conflicts())
        if left:
            raise AnswerError(UNDECIDED.format(count="1 place is" if left == 1 else f"{left} places are"))
        return self.form.cleaned_data

    def _refuse(self, refusal):
        """Nothing can be compared (any more): say why, lead back, and give back what was typed."""
        context = self.get_context_data() | {"sentence": str(refusal), "typed": self._typed()}
        return TemplateResponse(self.request, "clinicsite/library/admin/compare/refused.html", context)

    def _typed(self):
        return typed_words(self.request.POST) if self._is_merging else None

    @cached_property
    def compared(self):
        return self.case.compared()

    @cached_property
    def form(self):
        """The proposal, or what has been typed in its place."""
        _rows, merged = self.compared
        return merge_form(self.draft, merged.content, self.request.POST if self._is_merging else None)

    @property
    def _is_merging(self):
        return self.request.method == "POST" and _asked(self.request.POST)[0] == "merge"

    @property
    def back_address(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.draft.pk])
        return get_valid_next_url_from_request(self.request) or f"{edit}#section-{self.section_id}"

    def get_page_subtitle(self):
        return self.draft.get_admin_display_title()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "back_address": self.back_address,
            "next_address": get_valid_next_url_from_request(self.request),
        }

    def render_to_response(self, context, **kwargs):
        return super().render_to_response(context | self._comparison() | self._answers(), **kwargs)

    def _comparison(self):
        rows, merged = self.compared
        return {
            "case": self.case,
            "columns": COLUMNS[self.case.mode],
            "rows": list(_shown_rows(rows, COLUMNS[self.case.mode])),
            "summary": self._summary(rows, merged),
            "refusal": self.refusal,
            "changed_at": self._changed_at(),
            "note": self._note(),
        }

    def _answers(self):
        _rows, merged = self.compared
        given = offered(self.case)
        can_merge = "merge" in given
        return {
            "others": [(name, answer) for name, answer in given.items() if name != "merge"],
            "merge": given.get("merge"),
            "conflicts": self._conflicts() if can_merge else [],
            "proposal": plain_words(merged.content.body) if can_merge else "",
            "form": self.form if can_merge else None,
            "media": self.form.media if can_merge else "",
            "typed": None if can_merge else self._typed(),
            "must_show": self.case.library.lock_reason if given and must_show(self.case) else "",
            "why_not_at_once": _why_not_at_once(self.draft, self.request.user),
        }

    def _conflicts(self):
        ticked = self.request.POST.getlist("decided")
        return [(conflict, conflict.id in ticked) for conflict in self.compared[1].conflicts]

    def _summary(self, rows, merged):
        if not self.case.has_changed:
            return "The library has not changed this section since you took it. There is nothing to answer."
        if self.case.change is LibraryChange.MOVED:
            return "The library has moved this section to another place on the page; its words are the same."
        return summary(rows, merged) if merged else library_summary(rows)

    def _changed_at(self):
        row = LibrarySection.objects.filter(
            page_id=self.draft.library_page_id, section_id=self.section_id
        ).first()
        return row.changed_at if row else None

    def _note(self):
        library_page = self.draft.library_page
        pilot = piloted_release_of(self.draft)
        notes = Notes([library_page.pk], [pilot] if pilot else [])
        if library_page.live:
            return notes.note_read(library_page.pk)
        return notes.note_of(library_page.pk, is_live=False)


def _shown_rows(rows, columns):
    """The rows, each cell with the name of its column; what nobody has changed is gathered."""
    for is_same, group in groupby(rows, lambda row: row.is_same):
        if is_same:
            yield {"same": [line for row in group for line in row.base.lines]}
        else:
            yield from ({"label": row.label, "cells": _named_cells(row, columns)} for row in group)


def _named_cells(row, columns):
    return list(zip(columns, (row.base, row.library, row.own), strict=False))


def _asked(data):
    """(name of the answer, whether patients are to read it at once)."""
    answer = data.get("answer", "")
    return answer.removesuffix(LIVE), answer.endswith(LIVE)


def _why_not_at_once(page, user):
    """Why a change cannot go live by itself; empty where it can."""
    if can_publish_at_once(page, user):
        return ""
    if not page.live:
        return "This page is not published: patients read it once you publish it."
    if page.current_workflow_state:
        return "This page is being reviewed, so your answer goes to the draft under review."
    if page.has_unpublished_changes:
        return (
            "This page has other changes that patients do not see yet, so your answer goes to the draft with "
            "them. Publish the page when all of it is ready."
        )
    return "Somebody who may publish this page has to publish it: send it for review from the page."


urlpatterns = [
    path("pages/<int:page_id>/sections/<str:section_id>/changes/", CompareView.as_view(), name="compare"),
]
