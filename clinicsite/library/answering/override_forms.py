"""The forms in which a clinic writes its own version of a library section.

In the page editor each form belongs to the override of one library section, found by the section's id among
the page's own; what the form may change of it are the words and the reason, never which section it is, what
is done with it or what it is based on. The form of a merge is one proposal, saved as an answer.
"""

import re
from dataclasses import dataclass
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import get_form_for_model

from clinicsite.core.rendering import strings_in
from clinicsite.library.answering.answers import WHY, record_of
from clinicsite.library.answering.kept import is_read
from clinicsite.library.comparison.reader import stored_body
from clinicsite.library.comparison.values import Content
from clinicsite.library.composition import State
from clinicsite.library.equality import body_meaning, fingerprint
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.section_kinds import NOT_CLINICAL
from clinicsite.library.sections import section_from_base
from clinicsite.library.tokens.names import validate_tokens

PREFIX = "override"
MERGE_PREFIX = "merge"
ANSWERED_MEANWHILE = (
    "This section was answered in another window since you opened the page, and what you write here would "
    "undo that. Copy your words, open the page again and put them in."
)
_KEY = re.compile(rf"{PREFIX}-(.+?)-(?:heading|body|reason|seen)(?:-|$)")


class _OwnWordsForm(WagtailAdminModelForm):
    """A heading and a text of a clinic's own. Without JavaScript no text is sent; it is left as it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].label = "Text and pictures"
        if self.is_bound and self._is_body_missing():
            del self.fields["body"]

    def _is_body_missing(self):
        widget = self.fields["body"].widget
        return widget.value_omitted_from_data(self.data, self.files, self.add_prefix("body"))

    def clean_heading(self):
        validate_tokens([self.cleaned_data["heading"]])
        return self.cleaned_data["heading"]

    def clean_body(self):
        body = self.cleaned_data["body"]
        validate_tokens(strings_in(body.stream_block.get_prep_value(body)))
        return body


class OverrideForm(_OwnWordsForm):
    """The clinic's heading, words and reason for one library section."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._words_before = self._words()
        self.initial["seen"] = _base_mark(self.instance)
        self.fields["reason"].widget.attrs["rows"] = 1
        if self.instance.is_heading_only:
            self.fields.pop("body", None)
            self.fields["heading"].required = True
            self.fields["heading"].help_text = "The text under it is the library’s, and keeps up with it."

    def clean_reason(self):
        # A reason is asked for where it is a matter of health, so it is not given up without a word.
        reason = self.cleaned_data["reason"]
        kind = section_from_base(self.instance.section_id, self.instance.base).kind
        if self.initial.get("reason") and not reason.strip() and kind not in NOT_CLINICAL:
            raise ValidationError(WHY)
        return reason

    def clean_seen(self):
        if self.cleaned_data["seen"] != _base_mark(self.instance):
            raise ValidationError(ANSWERED_MEANWHILE)
        return self.cleaned_data["seen"]

    def save(self, commit=True):
        if self._words() != self._words_before:
            # What a reviewer approved was the text before.
            self.instance.reviewed_by, self.instance.reviewed_on = None, None
        return super().save(commit=commit)

    def _words(self):
        return self.instance.heading, body_meaning(list(self.instance.body.raw_data))


class MergeForm(_OwnWordsForm):
    """A proposed heading and text, editable. Without JavaScript the text is saved as proposed."""

    def clean(self):
        cleaned = super().clean()
        return cleaned if "body" in self.fields else cleaned | {"body": self.instance.body}


@dataclass(frozen=True)
class Refused:
    """What somebody typed for a section that has no override in effect any more: for them to copy."""

    section_id: str
    sentence: str
    heading: str
    text: str


class OverrideForms:
    """The forms of all sections of a page that are the clinic's own, by section id."""

    def __init__(self, page, data=None, files=None):
        self.page = page
        sent = _section_ids(data or {})
        own = {section.id: record for section, record in _records_in_effect(page)}
        self.by_section = {
            section_id: self._form(record, data if section_id in sent else None, files)
            for section_id, record in own.items()
        }
        self.refused = [self._refuse(section_id, data) for section_id in sent if section_id not in own]

    def _form(self, record, data, files):
        # A form that was not sent stays unbound: its words are left as they are.
        form_class = _form_class()
        return form_class(data, files if data else None, instance=record, prefix=_prefix(record.section_id))

    def __iter__(self):
        return iter(self.by_section.values())

    @property
    def sent(self):
        """The forms that came back from the browser."""
        return [form for form in self if form.is_bound]

    def is_valid(self):
        # Each is asked, so that each shows what is wrong with it.
        return not [form for form in self.sent if not form.is_valid()]

    def has_changed(self):
        return any(form.has_changed() for form in self.sent)

    def save(self):
        """Put the words into the page's overrides in memory; they are stored with the page."""
        for form in self.sent:
            form.save(commit=False)
        self.page.forget_composition()

    def _refuse(self, section_id, data):
        section = next((one for one in self.page.compose() if one.id == section_id), None)
        return Refused(section_id, _why_refused(section), *typed_words(data, _prefix(section_id)))


def _records_in_effect(page):
    """(section, override) for each section of which patients read the clinic's own words."""
    if not page.pk or not page.is_follower:
        return
    for section in page.compose():
        record = record_of(page, section.id)
        if record is not None and is_read(record, section):
            yield section, record


@cache
def _form_class():
    """A model form asks every model for its relations, so it is made once they are all there."""
    return get_form_for_model(SectionOverride, form_class=OverrideForm, fields=["heading", "body", "reason"])


@cache
def _merge_form_class():
    return get_form_for_model(SectionOverride, form_class=MergeForm, fields=["heading", "body"])


def _prefix(section_id):
    return f"{PREFIX}-{section_id}"


def _section_ids(data):
    """The ids of the sections a browser sent words for, each once, in order."""
    found = (_KEY.match(key) for key in data)
    return list(dict.fromkeys(match.group(1) for match in found if match))


def _base_mark(record):
    """Changes with every answer to the library's text, so that one window does not undo another's."""
    return fingerprint(section_from_base(record.section_id, record.base))


def _why_refused(section):
    name = f"“{section.heading or 'Opening'}”" if section else "A section"
    if section and section.state is State.LOCKED:
        why = "is locked by the library now, so your version of it cannot be saved."
    elif section and section.state in (State.HIDDEN, State.HIDDEN_CHANGED):
        why = "was hidden in another window, so your version of it cannot be saved. Bring yours back first."
    elif section:
        why = "shows the library's text now, so your version of it cannot be saved. Make it yours first."
    else:
        why = "that you wrote in is not on this page any more, so it cannot be saved."
    return f"{name} {why} What you typed is shown below to copy. Save again to go on without it."


def merge_form(page, proposal: Content, data: QueryDict | None = None) -> MergeForm:
    """The form of a merge proposed for a section of a page, or of what somebody has made of it."""
    record = SectionOverride(page=page, heading=proposal.heading.value, body=stored_body(proposal))
    return _merge_form_class()(data, instance=record, prefix=MERGE_PREFIX)


def typed_words(data: QueryDict, prefix: str = MERGE_PREFIX) -> tuple[str, str]:
    """(heading, plain text) of what was typed in one of these forms, as far as it can be read."""
    block = SectionOverride._meta.get_field("body").stream_block
    heading = data.get(f"{prefix}-heading", "")
    try:
        body = block.value_from_datadict(data, {}, f"{prefix}-body")
        return heading, "\n".join(block.get_searchable_content(body))
    except (KeyError, ValueError):
        return heading, ""
