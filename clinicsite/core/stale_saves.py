"""Forms that refuse to write over what somebody has saved since they were opened.

A page of Wagtail's has versions and its editor warns; settings and other records are one row, of which the
last save would win without a word. A form here carries a mark of what was stored when it was opened, by
field. Where something else is stored by now, nothing is saved: the person reads who has changed what, what
is stored and what they have typed, keeps it, and may save their own changes knowingly.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from hashlib import sha256

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import FileField, Manager, Model, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import registry as log_registry

#: The field that carries the mark, and the box that says to save all the same.
OPENED, KNOWINGLY = "clinicsite_opened", "clinicsite_knowingly"
#: As many rows as Django takes of a list that names no limit.
MOST_ROWS = 2000
HOW = "To save your own changes all the same, tick “Save my changes” below, and save again."


class OpenedInput(forms.HiddenInput):
    """The mark, unseen; where a save was refused, with the box to save all the same."""

    def __init__(self, form):
        super().__init__()
        self.form = form

    def render(self, name, value, attrs=None, renderer=None):
        hidden = super().render(name, value, attrs, renderer)
        if not self.form.is_stale:
            return hidden
        box = {"name": KNOWINGLY, "value": self.form.mark_of_stored}
        return hidden + render_to_string("clinicsite/core/admin/save_knowingly.html", box)


class Beside(ABC):
    """What a screen saves that no field of its form's model is, in words that can be compared."""

    label = ""

    @abstractmethod
    def stored(self, form) -> str:
        """What is stored now."""

    @abstractmethod
    def typed(self, form) -> str:
        """What somebody has typed or ticked."""

    @abstractmethod
    def leave(self, form) -> None:
        """Have it stay as it is stored, whatever was sent."""


class RefusesStaleSaves:
    """Mixed into a model's form of the admin: it refuses to write over what it has not shown."""

    #: Fields that cannot be compared, such as passwords; files never are.
    not_compared: tuple[str, ...] = ()
    #: Name -> what else the screen saves.
    beside: Mapping[str, Beside] = {}
    #: The field at which a refusal is said; None for the top of the form.
    said_at: str | None = None

    def __init__(self, data=None, *args, **kwargs):
        data = _with_rows_that_are_gone_as_new(type(self), data, kwargs.get("instance"))
        super().__init__(data, *args, **kwargs)
        self.is_stale = False
        if not self.is_of_something:
            return
        self.stored = self._texts_of_stored()
        mark = {"at": timezone.now().isoformat(), "of": _digests(self.stored)}
        self.fields[OPENED] = forms.CharField(
            required=False, widget=OpenedInput(self), initial=json.dumps(mark)
        )

    @property
    def is_of_something(self) -> bool:
        """Whether something is stored that a save could write over."""
        return self.instance.pk is not None

    @property
    def has_history(self) -> Model:
        """The row whose history tells who has saved."""
        return self.instance

    @property
    def mark_of_stored(self):
        """One word for all that is stored now."""
        return _digest(json.dumps(self.stored))

    def clean(self):
        cleaned = super().clean()
        if self.is_of_something and self.data.get(self.add_prefix(OPENED)):
            self._refuse_if_stale()
        return cleaned

    def _refuse_if_stale(self):
        opened = _read(self.data[self.add_prefix(OPENED)])
        # What a form does not ask for, it does not write over either.
        asked = {name: text for name, text in self.stored.items() if name not in self._left_out()}
        changed = [name for name, text in asked.items() if opened["of"].get(name) != _digest(text)]
        if not changed:
            return
        typed = self._texts_of_typed()
        untouched = [name for name in changed if _digest(typed[name]) == opened["of"].get(name)]
        if self.data.get(KNOWINGLY) == self.mark_of_stored:
            self._leave_as_stored(untouched)
            return
        self.is_stale = True
        sentences = [_who(self, opened["at"]), *(self._sentence(name, typed, untouched) for name in changed)]
        for sentence in [*sentences, HOW]:
            self.add_error(self.said_at, sentence)

    def _sentence(self, name, typed, untouched):
        stored = f"{self._label(name)}: {_quoted(self.stored[name])} is stored now."
        if name in untouched:
            return f"{stored} You have not changed it here, so it stays."
        return f"{stored} You have {_quoted(typed[name])}."

    def _leave_as_stored(self, names):
        """Save none of these: they are as they were when the form was opened, and not as they are stored."""
        for name in names:
            if name in self.beside:
                self.beside[name].leave(self)
            elif name in self._lists():
                del self.formsets[name]
            else:
                value = getattr(self.instance, name)
                self.cleaned_data[name] = value.all() if isinstance(value, Manager) else value

    def _compared(self):
        fields = [field for field in self._meta.model._meta.get_fields() if not isinstance(field, FileField)]
        names = {field.name for field in fields} - {*self.not_compared}
        return [name for name in self.fields if name in names]

    def _left_out(self):
        """The fields that the form had when it was opened for comparing, and that have been taken from it."""
        return self.stored.keys() - {*self._compared(), *self._lists(), *self.beside}

    def _lists(self):
        return getattr(self, "formsets", {})

    def _label(self, name):
        if name in self.beside:
            return self.beside[name].label
        if name in self._lists():
            return capfirst(self._lists()[name].model._meta.verbose_name_plural)
        return self.fields[name].label or name

    def _texts_of_stored(self):
        texts = {name: self._text_of_stored(name) for name in self._compared()}
        for name, rows in self._lists().items():
            texts[name] = _text_of_rows(rows, getattr(self.instance, name).all())
        return texts | {name: one.stored(self) for name, one in self.beside.items()}

    def _text_of_stored(self, name):
        """A field's value; of a list, what the form offers: the rest is not saved by it either."""
        value, offered = getattr(self.instance, name), getattr(self.fields[name], "queryset", None)
        if isinstance(value, Manager) and offered is not None:
            value = value.filter(pk__in=offered.values("pk"))
        return _text(self._meta.model._meta.get_field(name), value)

    def _texts_of_typed(self):
        """What the form has; for a value that is refused, the very letters."""
        texts = {}
        for name in self._compared():
            is_read = name in self.cleaned_data
            value = self.cleaned_data[name] if is_read else self[name].value()
            texts[name] = (
                _text(self._meta.model._meta.get_field(name), value) if is_read else str(value or "")
            )
        for name, rows in self._lists().items():
            texts[name] = _text_of_rows(rows, [form.instance for form in _in_order(rows)])
        return texts | {name: one.typed(self) for name, one in self.beside.items()}


class AdminModelForm(RefusesStaleSaves, WagtailAdminModelForm):
    """The form of a record of ours in the admin that has no versions."""


def _with_rows_that_are_gone_as_new(form_class, data, instance):
    """What was sent, with rows that somebody has deleted since as rows to be added; else they are errors."""
    if not data or OPENED not in data or instance is None:
        return data
    sent = data.copy()
    for name in getattr(form_class, "formsets", {}):
        there = {str(row.pk) for row in getattr(instance, name).all()}
        for number in range(_count_of(data.get(f"{name}-TOTAL_FORMS", ""))):
            if data.get(f"{name}-{number}-id", "") not in there:
                sent[f"{name}-{number}-id"] = ""
    return sent


def _count_of(sent):
    """How many rows a browser says it sends; what is no number, or too many, is the form's own to refuse."""
    return min(int(sent), MOST_ROWS) if sent.isdecimal() else 0


def _who(form, opened_at):
    """Who has saved it since, as its history has it."""
    last = log_registry.get_logs_for_instance(form.has_history).select_related("user").first()
    opened = parse_datetime(opened_at)
    if last is None or opened is None or last.timestamp < opened:
        return "This was changed after you had opened it. Nothing of yours is saved yet."
    at = date_format(timezone.localtime(last.timestamp), "H:i")
    is_own = last.user is not None and last.user == getattr(form, "for_user", None)
    who = "You have saved this in another window" if is_own else f"{last.user_display_name} has saved this"
    return f"{who}, at {at}, after you had opened it here. Nothing of what you have here is saved yet."


def _read(mark):
    """The mark that a form was sent with; one that nobody can have been given stands for nothing at all."""
    try:
        read = json.loads(mark)
        return {"at": str(read["at"]), "of": dict(read["of"])}
    except (ValueError, TypeError, KeyError):
        return {"at": "", "of": {}}


def _text_of(instance, name):
    return _text(instance._meta.get_field(name), getattr(instance, name))


def _text_of_rows(formset, rows):
    names = [name for name in formset.form.base_fields if name != formset.model._meta.pk.name]
    names = [name for name in names if name in {field.name for field in formset.model._meta.fields}]
    return "; ".join(", ".join(_text_of(row, name) for name in names) for row in rows)


def _in_order(formset):
    """The forms of the rows that are not to go, in the order that was sent; valid or not."""
    gone = formset.deleted_forms if formset.is_valid() else []
    left = [form for form in formset.forms if form not in gone and (form.instance.pk or form.has_changed())]
    return sorted(left, key=lambda form: getattr(form, "cleaned_data", {}).get("ORDER") or 0)


def _text(field, value):
    """A value in the words of the admin, the same for what is stored and for what is typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Manager | QuerySet | list):
        found = value.all() if isinstance(value, Manager) else value
        return in_words(found)
    if isinstance(value, Model):
        return str(value)
    if hasattr(value, "utcoffset") and hasattr(value, "date"):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    return str(dict(field.flatchoices or ()).get(value, value)).strip()


def in_words(rows) -> str:
    """The names of some rows, in an order that depends on nothing else."""
    return ", ".join(sorted(one.name if isinstance(one, Permission) else str(one) for one in rows))


def _quoted(text):
    return f"“{Truncator(text).chars(300)}”" if text else "nothing"


def _digests(texts):
    return {name: _digest(text) for name, text in texts.items()}


def _digest(text):
    return sha256(text.encode()).hexdigest()[:16]
