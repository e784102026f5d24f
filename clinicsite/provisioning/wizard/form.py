"""What every screen of the wizard is: a form for a part of what is typed, judged with all the rest."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.datastructures import MultiValueDict

from clinicsite.core.printable import printable
from clinicsite.provisioning.spec.groups import groups_named
from clinicsite.provisioning.wizard.fields import names_in
from clinicsite.provisioning.wizard.judging import judge
from clinicsite.provisioning.wizard.rows import without_gaps

#: How a box that is ticked is kept.
YES = "yes"
#: What is said in place of Django's own words, in which the value stands as it was sent.
SAID = {
    "required": "This is needed.",
    "invalid_choice": "Choose one of those in the list.",
    "invalid_list": "Choose among those in the list.",
}


class _ScreenType(DeclarativeFieldsMetaclass, ABCMeta):
    """A class of forms that is not made where a part of it is missing."""


def _printable(data) -> MultiValueDict:
    """What was sent, without what no page can show."""
    is_sent = isinstance(data, MultiValueDict)
    several = data.lists() if is_sent else ((name, _as_list(value)) for name, value in data.items())
    return MultiValueDict({name: [printable(one) for one in values] for name, values in several})


def _as_list(value):
    return value if isinstance(value, list) else [value]


class StepForm(forms.Form, metaclass=_ScreenType):
    """One screen. Its fields are named as the columns of a chain's CSV are."""

    heading: ClassVar[str]
    lead: ClassVar[str] = ""
    #: Headings of groups of fields -> the first field of each.
    groups: ClassVar[dict[str, str]] = {}
    #: Scripts that this screen has beside its fields.
    scripts: ClassVar[tuple[str, ...]] = ()
    template: ClassVar[str] = "clinicsite/provisioning/admin/step.html"

    def __init__(self, typed, data=None):
        self.typed = typed
        # No database and no field of ours takes what a page cannot show.
        sent = None if data is None else _printable(data)
        super().__init__(sent, initial=typed)
        self.fields = dict(self.columns())
        for name, field in self.fields.items():
            field.error_messages |= {
                kind: said for kind, said in SAID.items() if kind in field.error_messages
            }
            if isinstance(field, forms.BooleanField):
                # What was typed is kept as words, and every word would tick the box.
                self.initial = {**self.initial, name: typed.get(name) == YES}

    @abstractmethod
    def columns(self) -> Iterator[tuple[str, forms.Field]]:
        """(column, field) in their order on the screen."""

    @property
    def chosen_groups(self):
        """The groups that the clinic is to be in."""
        return groups_named(names_in(self.typed.get("groups", "")))

    def clean(self):
        cleaned = super().clean()
        judged = judge(self.typed_now(cleaned))
        for column, sentence in judged.about(set(self.fields)):
            if not self.has_error(column):
                self.add_error(column, sentence)
        return cleaned

    def typed_now(self, cleaned) -> dict[str, str]:
        """Everything typed so far, this screen included."""
        own = {name: _as_text(cleaned.get(name, self.data.get(name, ""))) for name in self.fields}
        return without_gaps(self.typed | own)

    def grouped(self):
        """(heading or None, its bound fields) for the template."""
        found, heading = [], None
        for field in self:
            start = next((name for name, first in self.groups.items() if first == field.name), None)
            if start or not found:
                heading = start
                found.append((heading, []))
            found[-1][1].append(field)
        return found


def _as_text(value):
    if isinstance(value, bool):
        return YES if value else "no"
    return (value or "").strip()
