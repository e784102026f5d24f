"""Panels of the page editor that show what the library brings."""

from dataclasses import dataclass, field
from operator import attrgetter

from django.forms import Form, Media
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from clinicsite.core import wagtail_private
from clinicsite.library import review
from clinicsite.library.answering import offers
from clinicsite.library.answering.answers import record_of
from clinicsite.library.answering.kept import KeptWords, is_read, kept_words, words_without_a_place
from clinicsite.library.answering.offers import Offer
from clinicsite.library.asked_twice import answered_elsewhere
from clinicsite.library.composition import ComposedSection, State
from clinicsite.library.holding import LibraryChange
from clinicsite.library.included import body_with_included
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.releases import Release
from clinicsite.library.notices import words_for
from clinicsite.library.plain_text import first_words
from clinicsite.library.versions.read_by_clinic import piloted_release_of

#: State -> (word, icon) as the editor shows it; never colour alone.
STATE_LABELS = {
    State.LIBRARY: ("Library", "link"),
    State.YOURS: ("Yours", "edit"),
    State.YOURS_CHANGED: ("Yours, library changed", "warning"),
    State.HIDDEN: ("Hidden", "no-view"),
    State.HIDDEN_CHANGED: ("Hidden, library changed", "warning"),
    State.ADDED: ("Added here", "plus"),
    State.LOCKED: ("Locked", "lock"),
    State.RETIRED: ("Retired in library", "history"),
}
#: The same where the heading alone is the clinic's.
HEADING_LABELS = {
    State.YOURS: "Your heading, library’s text",
    State.YOURS_CHANGED: "Your heading, library has changed it",
    State.RETIRED: "Retired in library",
}
CHANGE_WORDS = {
    LibraryChange.CHANGED: "has a newer text",
    LibraryChange.NEW: "is new",
    LibraryChange.DROPPED: "is gone from the library",
    LibraryChange.MOVED: "has moved",
}
#: The same of what the library says beside its sections.
DETAIL_WORDS = "is new in the library"


@dataclass(frozen=True)
class PanelRow:
    """One section of the composed page, as the panel shows it."""

    section: ComposedSection
    word: str
    icon: str
    words: str
    note: str = ""
    form: Form | None = None
    kept: list[KeptWords] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)


class ComposedPagePanel(Panel):
    """On a clinic's page: what patients read, section by section, and what the clinic can say to it.

    A page that stands on its own gets a line that leads to the library; a library page gets nothing.
    """

    class BoundPanel(Panel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if self.instance is not None and not self.instance.is_follower:
                self.heading = "Library"

        @property
        def template_name(self):
            is_follower = self.instance.is_follower
            return f"clinicsite/library/admin/{'composed' if is_follower else 'stand_alone'}_page.html"

        @property
        def media(self):
            return Media(
                css={"all": ["clinicsite/css/admin/library.css"]}, js=["clinicsite/js/admin/library-panel.js"]
            )

        def is_shown(self):
            return self._is_of_a_clinic

        @cached_property
        def _is_of_a_clinic(self):
            page = self.instance
            return bool(page and page.pk) and (page.is_follower or not page.is_in_library)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            if not self.instance.is_follower:
                offer = self._may_answer and offers.follow_offer(self.instance)
                return {**context, "offer": offer, "kept": words_without_a_place(self.instance)}
            return {**context, **self._composition()}

        def _composition(self):
            page = self.instance
            waiting, details = page.get_waiting_changes(), page.get_waiting_details()
            return {
                "page": page,
                "library_page": page.library_page,
                "rows": self._rows({change.section_id for change in waiting}),
                "waiting": [
                    *(_waiting_line(page, change) for change in waiting),
                    *map(_waiting_detail, details),
                ],
                "may_answer": self._may_answer,
                "offers": offers.page_offers(page, waiting or details) if self._may_answer else [],
                "draft_address": reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
                "unreviewed": review.unreviewed(page) if page.library_source.reviewed_on else [],
                "without_a_place": words_without_a_place(page),
                "pilot": Release.objects.filter(pk=piloted_release_of(page)).only("note").first(),
                "refused": self.form.overrides.refused if self.form else [],
            }

        def _rows(self, waiting):
            sections = self.instance.compose()
            return [self._row(sections, index, waiting) for index in range(len(sections))]

        def _row(self, sections, index, waiting):
            page, section = self.instance, sections[index]
            word, icon = STATE_LABELS[section.state]
            record = record_of(page, section.id)
            if record is not None and record.is_heading_only and is_read(record, section):
                word = HEADING_LABELS[section.state]
            return PanelRow(
                section=section,
                word=word,
                icon=icon,
                words=first_words(body_with_included(section.body)),
                note=self._notices.get(section.id, "") or _note(page, section, sections),
                kept=kept_words(page, section, may_answer=self._may_answer),
                form=self.form and self.form.overrides.by_section.get(section.id),
                offers=offers.section_offers(page, sections, index, waiting) if self._may_answer else [],
            )

        @cached_property
        def _notices(self):
            """{section id: what has to be told about the clinic's answer}; a lock has a note of its own."""
            locked = {section.id for section in self.instance.compose() if section.state is State.LOCKED}
            return {
                override.section_id: words_for(notice, override, library)
                for override, library, notice in self.instance.get_notices()
                if override.section_id not in locked
            }

        @cached_property
        def _may_answer(self):
            """Answers change the newest draft: not an old version on view, nor a page somebody has locked."""
            if not wagtail_private.is_editing(self.request):
                return False
            return not self.instance.permissions_for_user(self.request.user).page_locked()

        def get_comparison(self):
            return [compare_overrides("Sections of your own")] if self.is_shown() else []


class LibraryPagePanel(Panel):
    """On a page of the library: how many clinics follow it, what a draft will change, preview, history."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "clinicsite/library/admin/releases/panel.html"

        @property
        def media(self):
            return Media(css={"all": ["clinicsite/css/admin/library.css"]})

        def is_shown(self):
            # A page about to be created has no followers and no place in the tree yet.
            return super().is_shown() and bool(self.instance.pk) and self.instance.is_library_page

        def get_context_data(self, parent_context=None):
            page = self.instance
            permissions = page.permissions_for_user(self.request.user)
            return super().get_context_data(parent_context) | {
                "page": page,
                "is_locked": permissions.page_locked(),
                "may_retire": page.live and permissions.can_publish(),
                "impact_offer": {
                    "label": "What will this change?",
                    "address": reverse("clinicsite_library:release", args=[page.pk]),
                },
                "preview_offer": {
                    "label": "Preview as clinic…",
                    "address": reverse("clinicsite_library:preview_choose", args=[page.pk]),
                },
            }


def _answered(section, sections):
    """Which questions of a library section patients read the clinic's own answer to."""
    asked = answered_elsewhere(section, sections)
    if not asked:
        return ""
    named = ", ".join(f"“{question}”" for question in asked)
    return f"You answer {named} in your own words, so patients read your answer and not the one here."


def _note(page, section, sections):
    """What an editor has to know of a section's state, beyond its word."""
    if section.state is State.RETIRED:
        return "The library has dropped it. Patients read it until you keep it or drop it."
    if section.state is not State.LOCKED:
        reason = section.library.lock_reason if section.library else ""
        return " ".join(filter(None, [reason, _answered(section, sections)]))
    record = record_of(page, section.id)
    kept = " Your own words are kept, unread." if record is not None and record.has_words else ""
    return section.library.lock_reason + kept


def _waiting_line(page, change):
    section = change.live or change.accepted
    return {
        "heading": section.heading or "Opening",
        "what": CHANGE_WORDS[change.change],
        "address": offers.compare_address(page, section.id),
    }


def _waiting_detail(detail):
    what = f"{DETAIL_WORDS}: “{detail.text}”" if detail.text else DETAIL_WORDS
    return {"heading": detail.label.capitalize(), "what": what, "address": ""}


def compare_overrides(label):
    """How Wagtail's comparison of revisions shows the overrides, each beside the one of the same section."""
    page = SectionOverride._meta.get_field("page")
    fields = ("action", "heading", "body", "reason")
    return wagtail_private.comparison_of_rows(page, fields, attrgetter("section_id"), label)
