"""What is asked when a library page is released or retired."""

from django import forms
from django.db.models import Q
from wagtail.models import Site

from clinicsite.clinics.groups import groups_among
from clinicsite.clinics.models import ClinicGroup
from clinicsite.core.forms import NamesZone, OpensFirstMistake
from clinicsite.core.typed_fields import DateTimeInput
from clinicsite.library.releasing.impact import followers_by_site
from clinicsite.library.tree import in_library
from clinicsite.library.versions.content import digest_of, version_of


class ReleaseForm(NamesZone, OpensFirstMistake, forms.Form):
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
    pilot_groups = forms.ModelMultipleChoiceField(
        ClinicGroup.objects.none(),
        required=False,
        label="Pilot groups",
        help_text="Every clinic of a group that follows this page.",
        widget=forms.CheckboxSelectMultiple,
    )
    at = DateTimeInput(
        required=False,
        label="At this time",
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

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, page, draft, is_approved, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.mark = digest_of(version_of(draft))
        self.initial["seen"] = self.mark
        sites = Site.objects.filter(pk__in=followers_by_site(page)).order_by("site_name", "hostname")
        self.fields["pilots"].queryset = sites
        self.fields["pilots"].label_from_instance = lambda site: site.site_name or site.hostname
        self.fields["pilot_groups"].queryset = groups_among(sites)
        if not self.fields["pilot_groups"].queryset.exists():
            del self.fields["pilot_groups"]
        if page.is_included or not self.fields["pilots"].queryset.exists():
            del self.fields["pilots"]
            self.fields.pop("pilot_groups", None)
            self.fields["to"].choices = self.fields["to"].choices[1:]
        if is_approved:
            del self.fields["is_unapproved_ok"]

    def clean(self):
        cleaned_data = super().clean()
        if cleaned_data.get("seen", "") not in ("", self.mark):
            self._refuse_another_draft()
        if groups := cleaned_data.get("pilot_groups"):
            offered = self.fields["pilots"].queryset
            named = Q(pk__in=cleaned_data.get("pilots", ())) | Q(clinicsite_groups__in=groups)
            cleaned_data["pilots"] = offered.filter(pk__in=offered.filter(named).order_by().values("pk"))
        if cleaned_data.get("to") == self.Whom.LATER and not cleaned_data.get("at"):
            self.add_error("at", "Say when.")
        if cleaned_data.get("to") == self.Whom.PILOTS and not cleaned_data.get("pilots"):
            self.add_error("pilots", "Choose at least one clinic.")
        if cleaned_data.get("is_unapproved_ok") and not cleaned_data.get("note"):
            self.add_error("note", "Say why it is released without approval.")
        return cleaned_data

    def _refuse_another_draft(self):
        """What was looked at is not what would go out: say so, and take what is shown now as seen."""
        saved_by = self.page.latest_revision.user if self.page.latest_revision else None
        who = saved_by.get_full_name() or saved_by.get_username() if saved_by else "Somebody"
        self.add_error(
            None,
            f"{who} has saved this draft again since you opened this screen. Nothing was released. Above you "
            "see what it will change now; your note is kept.",
        )
        self.data = self.data.copy()
        self.data["seen"] = self.mark


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
