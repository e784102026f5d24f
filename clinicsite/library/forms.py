"""The editor's form of a page that can follow the library, and its fields that can be the library's."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.template.loader import render_to_string
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks.base import BlockField

from clinicsite.core import wagtail_private
from clinicsite.core.forms import SameTreePageForm
from clinicsite.core.models.call_band import CALL_FIELDS
from clinicsite.core.site_roots import tree_root
from clinicsite.library.answering.offers import GO
from clinicsite.library.answering.override_forms import OverrideForms
from clinicsite.library.blocks import LibrarySectionsBlock, WrittenSectionsBlock
from clinicsite.library.models.folders import LibraryFolderPage
from clinicsite.library.one_live_follower import why_not_publish
from clinicsite.library.page_choices import limit_choosers
from clinicsite.library.protocols import LibraryReader

#: What the two buttons beside a field that can be the library's say to the server.
LIBRARY, OWN = "library", "own"
NOT_INSIDE_THE_LIBRARY = "A library page cannot follow another page. Copy the text, or link to it."
SAVED_MEANWHILE = (
    "Somebody has saved a newer version of this page since you opened it, so nothing was saved. Copy what "
    "you have typed, open the page again and put it in. If you press the button once more, your version "
    "takes the place of theirs."
)
WHERE_ADDITIONS_STAND = "Only this page has them. The list above shows where each stands, and moves it."


# Made when the module is loaded: every process has to number its blocks alike.
LIBRARY_SECTIONS = LibrarySectionsBlock(required=False)
WRITTEN_SECTIONS = WrittenSectionsBlock(required=False)
#: What a browser without JavaScript cannot send, and a choice that is always one of several: left as it is
#: stored, rather than emptied.
KEPT_UNLESS_SENT = ("sections", "go_live_at", "expire_at", "search_on_clinics")


class SharedPageForm(wagtail_private.CarriesForms, SameTreePageForm):
    """The page, and on a follower the clinic's own versions of library sections.

    Refuses a new follower inside the library, and any page of another clinic. A new page has no place in
    the tree yet to judge by, so the form asks its parent. What a stored page follows is changed on screens
    that say what will happen, not here.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        limit_choosers(self, tree_root(self.parent_page or self.instance))
        self._leave_what_was_not_sent()
        self._write_sections_as_people_do()
        if self.instance.pk:
            self.fields.pop("library_page", None)
        if self._is_for_the_library():
            self._leave_out_what_is_a_clinics()
        if "search_on_clinics" in self.fields and not self._is_for_the_library():
            del self.fields["search_on_clinics"]
        if self._is_follower:
            offer_inheritance(self, self.instance)
        self.overrides = OverrideForms(self.instance, self.data if self.is_bound else None, self.files)

    def _leave_out_what_is_a_clinics(self):
        for name in CALL_FIELDS:
            self.fields.pop(name, None)

    def _leave_what_was_not_sent(self):
        for name in KEPT_UNLESS_SENT:
            if self.is_bound and name in self.fields and self._is_missing(name):
                del self.fields[name]

    def _is_missing(self, name):
        return self.fields[name].widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))

    @property
    def _is_follower(self):
        return bool(self.instance.pk) and self.instance.is_follower

    def _write_sections_as_people_do(self):
        """Show of a section what its editor decides; its lock and place are kept where they make no sense."""
        if "sections" not in self.fields:
            return
        self._stored_sections = {child["id"]: child["value"] for child in self.instance.sections.raw_data}
        block = LIBRARY_SECTIONS if self._is_for_the_library() else WRITTEN_SECTIONS
        self.fields["sections"] = BlockField(
            block=block,
            required=False,
            label="Sections you add" if self._is_follower else "Sections",
            help_text=WHERE_ADDITIONS_STAND if self._is_follower else "",
        )
        self.initial["sections"] = block.to_python(list(self.instance.sections.raw_data))

    def clean_sections(self):
        """The sections in their stored form: what this editor does not decide stays as it was."""
        written = self.cleaned_data["sections"]
        raw = [self._with_its_place(child) for child in written.stream_block.get_prep_value(written)]
        return self._meta.model._meta.get_field("sections").stream_block.to_python(raw)

    def _with_its_place(self, child):
        return {**child, "value": {**self._stored_sections.get(child["id"], {}), **child["value"]}}

    def clean(self):
        cleaned_data = super().clean()
        is_new = not self.instance.path
        if is_new and cleaned_data.get("library_page") and self._is_for_the_library():
            self.add_error("library_page", NOT_INSIDE_THE_LIBRARY)
        elif not wagtail_private.is_saved_as_draft(self):
            self._refuse_a_second_live_follower(
                cleaned_data.get("library_page") or self.instance.library_page
            )
        if GO in self.data and wagtail_private.is_out_of_date(self.data, self.instance):
            self.add_error(None, SAVED_MEANWHILE)
        for refused in self.overrides.refused:
            self.add_error(None, refused.sentence)
        return cleaned_data

    def add_error(self, field, error):
        """What is wrong with a field that this form does not have is said above the form."""
        for name in set(getattr(error, "error_dict", ())) - {NON_FIELD_ERRORS, *self.fields}:
            super().add_error(None, error.error_dict.pop(name))
        super().add_error(field, error)

    def _refuse_a_second_live_follower(self, library_page):
        near = self.instance if self.instance.path else self.parent_page
        refusal = library_page and why_not_publish(self.instance, library_page.pk, near)
        if refusal:
            self.add_error(None, refusal)

    def _is_for_the_library(self):
        if self.instance.path:
            return self.instance.is_in_library
        return LibraryFolderPage.objects.ancestor_of(self.parent_page, inclusive=True).exists()

    def is_valid(self):
        return all([super().is_valid(), self.overrides.is_valid()])

    def has_changed(self):
        return super().has_changed() or self.overrides.has_changed()

    def carried_forms(self):
        return self.overrides

    def save(self, commit=True):
        self.overrides.save()
        return super().save(commit=commit)

    @property
    def media(self):
        return sum((form.media for form in self.overrides), super().media)


class InheritedInput(forms.Widget):
    """Two choices and a line of text. None is the library's value, an empty text is the choice of none."""

    def __init__(self, label, inherited, attrs=None):
        super().__init__(attrs)
        self.label = label
        self.inherited = inherited

    def id_for_label(self, id_):
        # The label belongs to the group, whose legend says the same.
        return ""

    def value_from_datadict(self, data, files, name):
        source, own = data.get(f"{name}-source"), data.get(name)
        if source == LIBRARY:
            return None
        return own or "" if source == OWN else own or None

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-source" not in data

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, attrs)
        label = f"{self.label}: our own"
        own = AdminAutoHeightTextInput().render(name, value or "", {**attrs, "aria-label": label})
        context = {"name": name, "id": attrs.get("id", name), "label": self.label, "own": own}
        context |= {"inherited": self.inherited, "is_own": value is not None}
        return render_to_string("clinicsite/library/admin/inherited_input.html", context)


class InheritedField(forms.CharField):
    """A line of text in which None and an empty text are different things."""

    def to_python(self, value):
        return None if value is None else super().to_python(value)

    def has_changed(self, initial, data):
        return not self.disabled and initial != self.to_python(data)


def offer_inheritance(form, page: LibraryReader):
    """On a form of a follower, let every text that can be the library's say whose it is."""
    for field in form._meta.model._meta.concrete_fields:
        if field.name in form.fields and field.null and isinstance(field, models.CharField):
            is_choice = field.choices or hasattr(field, "in_words")
            replace = _name_the_librarys if is_choice else _offer_both
            replace(form, field, page.of_the_library(field.name))


def _offer_both(form, field, inherited):
    before = form.fields[field.name]
    form.fields[field.name] = InheritedField(
        required=False,
        label=before.label,
        max_length=field.max_length,
        widget=InheritedInput(before.label, inherited),
    )


def _name_the_librarys(form, field, inherited):
    """A choice cannot be none: empty is the library's, which the help text names."""
    words_of = getattr(field, "in_words", dict(field.flatchoices).get)
    value = words_of(inherited)
    form.fields[field.name].help_text = f"Left empty, it is the library's: {value or 'nothing chosen'}."
