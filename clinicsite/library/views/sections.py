"""The screens on which a clinic answers the library: what a click will do is said, then it is done."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, register_converter, reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from clinicsite.library.answering import additions, answers
from clinicsite.library.answering.drafts import AnswerError, change_draft, load_draft
from clinicsite.library.answering.offers import LABELS
from clinicsite.library.answering.questions import (
    PAGE_ANSWERS,
    SECTION_ANSWERS,
    AdditionForm,
    NoForm,
    ReasonForm,
    WaitingForm,
    fingerprint_of,
)
from clinicsite.library.included import body_with_included
from clinicsite.library.panels import CHANGE_WORDS, DETAIL_WORDS
from clinicsite.library.plain_text import first_words
from clinicsite.library.section_kinds import NOT_CLINICAL
from clinicsite.library.shared_pages.page import SharedPage

TO_THE_DRAFT = "This goes to the draft: patients see it when you publish the page."
#: Words of a section that its screen shows: enough to know which one it is.
WORDS_SHOWN = 60


class AnswerView(WagtailAdminTemplateMixin, FormView):
    """A question with what it means; its answer changes the page's draft and leads back."""

    template_name = "clinicsite/library/admin/sections/answer.html"
    breadcrumbs_items = []
    anchor = ""

    def dispatch(self, request, *args, **kwargs):
        self.draft = draft_or_404(kwargs["page_id"], request.user)
        try:
            self.prepare()
            return super().dispatch(request, *args, **kwargs)
        except AnswerError as refusal:
            messages.error(request, str(refusal))
        except ValidationError as refusal:
            messages.error(request, f"Nothing was changed: {' '.join(refusal.messages)}")
        return redirect(self.back_address)

    def form_valid(self, form):
        said = self.done
        change_draft(
            self.draft.pk,
            self.request.user,
            lambda page: self.apply(page, form.cleaned_data),
            message=said,
        )
        messages.success(self.request, f"{said} {TO_THE_DRAFT}")
        return redirect(self.back_address)

    @property
    def back_address(self):
        """Where the person came from, at the section in question."""
        address = self.next_address or reverse("wagtailadmin_pages:edit", args=[self.draft.pk])
        return address if "#" in address or not self.anchor else f"{address}#{self.anchor}"

    @property
    def next_address(self):
        return get_valid_next_url_from_request(self.request)

    @property
    def label(self):
        """What the button says that answers."""
        return LABELS[self.kwargs["action"]]

    def get_page_title(self):
        return self.page_title or self.label

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "explanation": f"{self.explanation} {TO_THE_DRAFT}",
            "label": self.label,
            "back_address": self.back_address,
            "next_address": self.next_address,
        }


class SectionActionView(AnswerView):
    """An answer about one section of the composed page."""

    def prepare(self):
        self.answer = SECTION_ANSWERS[self.kwargs["action"]]
        self.anchor = f"section-{self.kwargs['section_id']}"
        self.section = answers.composed_section(self.draft, self.kwargs["section_id"])
        # Tried out on a draft that nobody saves: a refusal is told before anything is asked.
        self.apply(draft_or_404(self.draft.pk, self.request.user), {"reason": "-"})

    def apply(self, page, asked):
        self.answer.apply(page, self.section.id, asked | {"words": self.kwargs.get("words", "")})

    def get_form_class(self):
        asks = self.answer.asks_reason and self.section.kind not in NOT_CLINICAL
        return ReasonForm if asks else NoForm

    def get_initial(self):
        return {"reason": self._record.reason if self._record else ""}

    @cached_property
    def _record(self):
        return answers.record_of(self.draft, self.section.id)

    @property
    def explanation(self):
        return self.answer.explanation.format(name=self._name)

    @property
    def done(self):
        return self.answer.done.format(name=self._name)

    @property
    def _name(self):
        return self.section.heading or "Opening"

    def get_page_subtitle(self):
        return self._name

    def get_context_data(self, **kwargs):
        shown = self._tried_words() if self.answer.shows_own_words else self.section.body
        words = first_words(body_with_included(shown), WORDS_SHOWN)
        return super().get_context_data(**kwargs) | {"words": words}

    def _tried_words(self):
        """The clinic's words as the answer would show them."""
        tried = draft_or_404(self.draft.pk, self.request.user)
        self.apply(tried, {})
        return answers.composed_section(tried, self.section.id).body


class AddSectionView(AnswerView):
    """A new section of the clinic's own, after one of the composed page; it is written in the editor."""

    form_class = AdditionForm
    explanation = (
        "A section that only your page has. You write its text on the page, under “Sections you add”."
    )
    done = "The section is there. Write its text here."

    label = "Add the section"
    page_title = "Add a section"

    def prepare(self):
        self.section = answers.composed_section(self.draft, self.kwargs["section_id"])
        self.anchor = f"section-{self.section.id}"

    def get_page_subtitle(self):
        return f"after “{self.section.heading or 'Opening'}”"

    def apply(self, page, asked):
        self.new_id = additions.add_after(page, self.section.id, body=[], **asked)

    def form_valid(self, form):
        super().form_valid(form)
        edit = reverse("wagtailadmin_pages:edit", args=[self.draft.pk])
        return redirect(f"{edit}#block-{self.new_id}-section")


class PageActionView(AnswerView):
    """An answer about everything the page reads of the library."""

    def prepare(self):
        self.answer = PAGE_ANSWERS[self.kwargs["action"]]
        draft = draft_or_404(self.draft.pk, self.request.user)
        self.apply(draft, {"seen": fingerprint_of(self.draft)})

    def apply(self, page, asked):
        self.answer.apply(page, asked)

    def get_form_class(self):
        return WaitingForm if self.kwargs["action"] == "approve" else NoForm

    def get_initial(self):
        return {"seen": fingerprint_of(self.draft)}

    @property
    def explanation(self):
        return self.answer.explanation

    @property
    def done(self):
        return self.answer.done

    def get_page_subtitle(self):
        return self.draft.get_admin_display_title()

    def get_context_data(self, **kwargs):
        changes = self.draft.get_waiting_changes()
        waiting = [
            ((one.live or one.accepted).heading or "Opening", CHANGE_WORDS[one.change]) for one in changes
        ]
        waiting += [(detail.label.capitalize(), DETAIL_WORDS) for detail in self.draft.get_waiting_details()]
        return super().get_context_data(**kwargs) | {"waiting": waiting}


def draft_or_404(page_id, user):
    """The draft of a page that can follow the library; one of another clinic is as good as missing."""
    try:
        draft = load_draft(page_id, user)
    except (Page.DoesNotExist, PermissionDenied) as error:
        raise Http404 from error
    if not isinstance(draft, SharedPage):
        raise Http404
    return draft


class SectionAnswerConverter:
    """The answers about a section, in an address."""

    regex = "|".join([*SECTION_ANSWERS, "add-after"])

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class PageAnswerConverter(SectionAnswerConverter):
    """The answers about a whole page, in an address."""

    regex = "|".join(PAGE_ANSWERS)


register_converter(SectionAnswerConverter, "clinicsite_section_answer")
register_converter(PageAnswerConverter, "clinicsite_page_answer")

urlpatterns = [
    path(
        "pages/<int:page_id>/sections/<str:section_id>/add-after/",
        AddSectionView.as_view(),
        name="add_after",
    ),
    path(
        "pages/<int:page_id>/sections/<str:section_id>/<clinicsite_section_answer:action>/",
        SectionActionView.as_view(),
        name="section_action",
    ),
    path(
        "pages/<int:page_id>/sections/<str:section_id>/bring-back/<str:words>/",
        SectionActionView.as_view(),
        {"action": "bring-back"},
        name="bring_earlier_back",
    ),
    path(
        "pages/<int:page_id>/<clinicsite_page_answer:action>/", PageActionView.as_view(), name="page_action"
    ),
]
