"""What is asked when a library page is released or retired."""

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Site

from clinicsite.core.forms import NamesZone
from clinicsite.library.releasing.impact import followers_by_site
from clinicsite.library.tree import in_library


class ReleaseForm(NamesZone, forms.Form):
    """To whom the newest draft goes, with a note."""

    class Whom:
        """The choices of a release, by name."""

        PILOTS, ALL, LATER = "pilots", "all", "later"

    to = forms.ChoiceField(
        label="To whom",
        choices=[
            (Whom.PILOTS, "Pilot clinics first: only their patients read it, until you release it to all"),
            (Whom.ALL, "Every clinic now"),
            (Whom.LATER, "Every clinic, at a set time"),
        ],
        widget=forms.RadioSelect,
    )
    pilots = forms.ModelMultipleChoiceField(
        Site.objects.none(), required=False, label="Pilot clinics", widget=forms.CheckboxSelectMultiple
    )
    at = forms.DateTimeField(
        required=False,
        label="At this time",
        widget=AdminDateTimeInput,
        help_text="Only for a set time.",
    )
    note = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What changed and why. The clinics' editors read it beside the change.",
    )
    is_unapproved_ok = forms.BooleanField(
        required=False,
        label="Release without the approval of a clinical reviewer",
        help_text="Say why in the note.",
    )

    def __init__(self, *args, page, is_approved, **kwargs):
        super().__init__(*args, **kwargs)
        sites = Site.objects.filter(pk__in=followers_by_site(page)).order_by("site_name", "hostname")
        self.fields["pilots"].queryset = sites
        self.fields["pilots"].label_from_instance = lambda site: site.site_name or site.hostname
        if page.is_included or not self.fields["pilots"].queryset.exists():
            del self.fields["pilots"]
            self.fields["to"].choices = self.fields["to"].choices[1:]
        if is_approved:
            del self.fields["is_unapproved_ok"]

    def clean(self):
        cleaned_data = super().clean()
        if cleaned_data.get("to") == self.Whom.LATER and not cleaned_data.get("at"):
            self.add_error("at", "Say when.")
        if cleaned_data.get("to") == self.Whom.PILOTS and not cleaned_data.get("pilots"):
            self.add_error("pilots", "Choose at least one clinic.")
        if cleaned_data.get("is_unapproved_ok") and not cleaned_data.get("note"):
            self.add_error("note", "Say why it is released without approval.")
        return cleaned_data


class RetireForm(forms.Form):
    """Why a page leaves the library, and what takes its place."""

    note = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why it is retired. The clinics' editors read it where they decide what to keep.",
    )

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        if page.is_included:
            return
        others = type(page).objects.live().filter(in_library(), library_page__isnull=True)
        self.fields["replaced_by"] = forms.ModelChoiceField(
            others.exclude(pk=page.pk).order_by("title"),
            required=False,
            label="Replaced by",
            empty_label="Nothing",
            help_text="Another live page of the library that clinics can follow instead.",
        )
