"""What somebody says before it is shown what would change: at which clinics, and what."""

from typing import Any

from django import forms
from wagtail.models import Site

from clinicsite.clinics.groups import groups_among
from clinicsite.clinics.models import ClinicGroup
from clinicsite.clinics.settings_in_words import label
from clinicsite.core.rendering import key_or_none
from clinicsite.library.joining.adding import library_page_or_none, published_in_library
from clinicsite.library.matrix.reach import by_name
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.provisioning.bulk import reach, settings_rows
from clinicsite.provisioning.bulk.plans import BulkError
from clinicsite.provisioning.console.filters import states
from clinicsite.provisioning.groups import ManyInput

NOBODY = "Choose clinics: all, groups of them, or one by one."
NONE_LEFT = "None of the chosen clinics is in a state that you have ticked."
MARKUP = "Write it without braces and double brackets: tokens are left as they are."
LONGEST = 200


class BulkForm(forms.Form):
    """At which clinics. Offers those that somebody may work on, and the groups they are in."""

    to_all = forms.BooleanField(label="All your clinics", required=False)
    groups = forms.ModelMultipleChoiceField(
        ClinicGroup.objects.none(), label="The clinics of these groups", required=False, widget=ManyInput
    )
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(), label="These clinics", required=False, widget=ManyInput
    )
    states = forms.MultipleChoiceField(
        label="Only those that are",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none to leave out none.",
    )
    #: The fields that say what is done; they stand first on the screen.
    what: tuple[str, ...] = ()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        mine = reach.sites_of(user)
        self.fields["groups"].queryset = groups_among(mine)
        field = self.fields["sites"]
        field.queryset = by_name(mine)
        field.label_from_instance = lambda site: f"{site.clinic_name} ({site.hostname})"
        self.fields["states"].choices = states()

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        names = ("to_all", "groups", "sites")
        if not any(cleaned[name] for name in names):
            self.add_error("to_all", NOBODY)
            return cleaned
        self.chosen = reach.chosen(
            self.user, states=cleaned["states"], **{name: cleaned[name] for name in names}
        )
        if not self.chosen.exists():
            self.add_error("states", NONE_LEFT)
        return cleaned

    @property
    def asked(self) -> dict[str, Any]:
        """What is done, as the work keeps it."""
        raise NotImplementedError

    @property
    def what_fields(self):
        """The bound fields that say what is done."""
        return [self[name] for name in self.what]


class SettingForm(BulkForm):
    """A setting and its new value, with the field that the settings' own screen has."""

    what = ("value",)

    def __init__(self, *args, field, **kwargs):
        super().__init__(*args, **kwargs)
        self.field = field
        self.fields["value"] = field.formfield()

    def clean_value(self):
        value = self.cleaned_data["value"]
        try:
            return self.field.clean(value, None) if value not in (None, "") or not self.field.blank else value
        except forms.ValidationError as error:
            raise forms.ValidationError(error.messages) from error

    @property
    def asked(self):
        return {"field": self.field.name, "value": settings_rows.stored(self.cleaned_data["value"])}


class PageForm(BulkForm):
    """A page of the library."""

    page = forms.ChoiceField(label="Page of the library")
    is_live = forms.BooleanField(
        label="Publish it at once", required=False, help_text="Otherwise each clinic gets it as a draft."
    )
    what = ("page", "is_live")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = [("", "Choose"), *_offered()]

    def clean_page(self):
        page = library_page_or_none(key_or_none(self.cleaned_data["page"]))
        if page is None or not page.live:
            raise forms.ValidationError("The library does not offer this page any more.")
        return page

    @property
    def asked(self):
        page = self.cleaned_data["page"]
        return {"page": page.pk, "title": page.title, "is_live": self.cleaned_data["is_live"]}


class WordsForm(BulkForm):
    """Words and those in their place."""

    find = forms.CharField(label="Find", max_length=LONGEST, strip=False)
    replace = forms.CharField(
        label="Put in its place",
        max_length=LONGEST,
        required=False,
        strip=False,
        help_text="Empty takes the words out.",
    )
    matches_case = forms.BooleanField(label="Only with the same capitals", required=False, initial=True)
    whole_words = forms.BooleanField(label="Only whole words", required=False, initial=True)
    what = ("find", "replace", "matches_case", "whole_words")

    def clean(self):
        cleaned = super().clean()
        if "find" in cleaned and "replace" in cleaned:
            fault = words_fault(cleaned["find"], cleaned["replace"])
            if fault:
                self.add_error("find", fault)
        return cleaned

    @property
    def asked(self):
        return {name: self.cleaned_data[name] for name in self.what}


def setting_from_text(field, text: str) -> Any:
    """A setting's value as the work keeps it, from what was typed for a command.

    Raises:
        BulkError: It is no value of this setting.
    """
    form_field = field.formfield()
    try:
        return settings_rows.stored(form_field.clean(text))
    except forms.ValidationError as error:
        raise BulkError(f"{label(field)}: {' '.join(error.messages)}") from error


def words_fault(find: str, replace: str) -> str:
    """What speaks against looking for these words; empty where nothing does."""
    if not find.strip() or "\x00" in find + replace:
        return "Say what is to be found."
    if find == replace:
        return "These are the same words."
    has_markup = any(mark in find + replace for mark in ("{", "}", "[[", "]]"))
    return MARKUP if has_markup else ""


def _offered():
    for model in shared_page_models():
        pages = published_in_library(model).order_by("title").values_list("pk", "title")
        found = [] if model.is_included else list(pages)
        if found:
            name = str(model._meta.verbose_name_plural)
            yield name[:1].upper() + name[1:], found
