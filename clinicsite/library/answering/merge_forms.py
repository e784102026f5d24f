"""The form in which a merge is edited before it is saved."""

from functools import cache

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import get_form_for_model

from clinicsite.core.rendering import strings_in
from clinicsite.library.comparison.stored import stored_body
from clinicsite.library.comparison.values import Content
from clinicsite.library.models import SectionOverride
from clinicsite.library.tokens import validate_tokens

PREFIX = "merge"


class MergeForm(WagtailAdminModelForm):
    """A proposed heading and text, editable. Without JavaScript the text is saved as proposed."""

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

    def clean(self):
        cleaned = super().clean()
        return cleaned if "body" in self.fields else cleaned | {"body": self.instance.body}


def merge_form(proposal: Content, data=None) -> MergeForm:
    """The form of a proposed merge, or of what somebody has made of it."""
    record = SectionOverride(heading=proposal.heading.value, body=stored_body(proposal))
    return _form_class()(data, instance=record, prefix=PREFIX)


def typed_words(data) -> tuple[str, str]:
    """(heading, plain text) of what was typed, as far as it can be read."""
    block = SectionOverride._meta.get_field("body").stream_block
    heading = data.get(f"{PREFIX}-heading", "")
    try:
        body = block.value_from_datadict(data, {}, f"{PREFIX}-body")
        return heading, "\n".join(block.get_searchable_content(body))
    except (KeyError, ValueError):
        return heading, ""


@cache
def _form_class():
    """A model form asks every model for its relations, so it is made once they are all there."""
    return get_form_for_model(SectionOverride, form_class=MergeForm, fields=["heading", "body"])
