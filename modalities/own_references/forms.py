"""The form in which a clinic writes down a paper, and that in which the library answers."""

from django import forms

from clinicsite.clinics.tenancy.scope import person_at_work, scope_at_work
from clinicsite.core.stale_saves import AdminModelForm
from clinicsite.modalities.models.own_references import OwnReference

ANSWER_FIRST = "Write to the clinic why not. They read it beside the paper."


class OwnReferenceForm(AdminModelForm):
    """A paper as a clinic brings it. Which clinic's it is, is asked where somebody looks after several."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sites = scope_at_work(self._user()).sites()
        self.fields["site"].queryset = sites
        self.fields["site"].empty_label = None
        if self.instance.pk is not None or sites.count() == 1:
            if self.instance.pk is None:
                self.instance.site = sites.get()
            del self.fields["site"]

    def _user(self):
        return self.for_user or person_at_work.get()

    def save(self, commit=True):
        if self.instance.pk is None:
            self.instance.asked_by = self._user()
        return super().save(commit)

    class Meta:
        model = OwnReference
        fields = [
            "site",
            "title",
            "authors",
            "has_all_authors",
            "year",
            "doi",
            "pmid",
            "url",
            "why",
            "container_title",
            "volume",
            "issue",
            "page",
            "csl_type",
            "study_type",
        ]
        widgets = {"authors": forms.Textarea({"rows": 3}), "why": forms.Textarea({"rows": 2})}


class AnswerForm(forms.Form):
    """What the library says to a clinic that has asked for a paper."""

    answer = forms.CharField(
        label="To the clinic",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="The clinic reads this beside the paper. Needed where you decline.",
    )

    def clean(self):
        cleaned = super().clean()
        if "decline" in self.data and not cleaned.get("answer"):
            self.add_error("answer", ANSWER_FIRST)
        return cleaned
