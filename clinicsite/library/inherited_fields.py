"""A simple field of a follower: the library's value, or the clinic's own, which may be none."""

from django import forms
from django.db import models
from django.template.loader import render_to_string

#: What the two buttons beside the field say to the server.
LIBRARY, OWN = "library", "own"


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
        own = forms.TextInput().render(name, value or "", {**attrs, "aria-label": label})
        context = {"name": name, "id": attrs.get("id", name), "label": self.label, "own": own}
        context |= {"inherited": self.inherited, "is_own": value is not None}
        return render_to_string("library/admin/inherited_input.html", context)


class InheritedField(forms.CharField):
    """A line of text in which None and an empty text are different things."""

    def to_python(self, value):
        return None if value is None else super().to_python(value)

    def has_changed(self, initial, data):
        return not self.disabled and initial != self.to_python(data)


def offer_inheritance(form, library_page):
    """On a form of a follower, let every text that can be the library's say whose it is."""
    for field in form._meta.model._meta.concrete_fields:
        if field.name in form.fields and field.null and isinstance(field, models.CharField):
            is_choice = field.choices or hasattr(field, "in_words")
            replace = _name_the_librarys if is_choice else _offer_both
            replace(form, field, library_page)


def _offer_both(form, field, library_page):
    before = form.fields[field.name]
    form.fields[field.name] = InheritedField(
        required=False,
        label=before.label,
        max_length=field.max_length,
        widget=InheritedInput(before.label, getattr(library_page, field.name)),
    )


def _name_the_librarys(form, field, library_page):
    """A choice cannot be none: empty is the library's, which the help text names."""
    words_of = getattr(field, "in_words", dict(field.flatchoices).get)
    value = words_of(getattr(library_page, field.name))
    form.fields[field.name].help_text = f"Left empty, it is the library's: {value or 'nothing chosen'}."
