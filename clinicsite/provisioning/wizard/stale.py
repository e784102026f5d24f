"""Two people on one screen of a new clinic: neither writes over what the other has typed unread."""

import json
from hashlib import sha256

from django.forms import BooleanField

from clinicsite.provisioning.wizard.form import StepForm

#: The hidden field with the mark of what a screen showed when it was opened.
OPENED = "opened"
SAYS = "{label}: {stored} is stored now. You have {typed}."


def mark_of(form_class: type[StepForm], typed: dict[str, str]) -> str:
    """One word for all that is stored of a screen."""
    return sha256(json.dumps(_stored(form_class, typed), sort_keys=True).encode()).hexdigest()[:16]


def changed_meanwhile(form: StepForm, typed: dict[str, str], opened: str) -> list[str]:
    """What somebody has stored since the screen was opened and this would write over; empty where nothing.

    Args:
        form: as it was sent.
        typed: what is stored now of the whole clinic.
        opened: the mark that the screen was sent with.
    """
    if not opened or opened == mark_of(type(form), typed):
        return []
    stored = _stored(type(form), typed)
    sent = {name: _sent(form, name) for name in form.fields}
    return [
        SAYS.format(label=field.label, stored=_quoted(stored.get(name, "")), typed=_quoted(sent[name]))
        for name, field in form.fields.items()
        if (stored.get(name) or _empty(field)) != sent[name]
    ]


def _stored(form_class, typed):
    return {name: typed.get(name, "") for name in form_class(typed).fields}


def _sent(form, name):
    """What was typed, as it would be stored."""
    if isinstance(form.fields[name], BooleanField):
        return "yes" if form.data.get(name) else "no"
    return (form.data.get(name) or "").strip()


def _empty(field):
    return "no" if isinstance(field, BooleanField) else ""


def _quoted(text):
    return f"“{text}”" if text else "nothing"
