"""Reading a part of a spec with the fields and rules of its model, as the admin's own forms do.

So no rule is known in two places: what a screen would refuse is refused here, in the same words.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from django.db.models import Model
from wagtail.admin.forms import WagtailAdminModelForm

from .faults import Fault

SAME: Mapping[str, str] = MappingProxyType({})


def read_part(model: type[Model], values: Mapping[str, object], path: str, names: Mapping[str, str] = SAME):
    """(an unsaved row of a model, the faults in what it was read of).

    Args:
        values: field of the model -> what was typed; empty is the model's default.
        path: The part's place in the spec, such as `locations[0]`; empty for the spec itself.
        names: field of the model -> what the spec calls it, where that differs.
    """
    data = {name: _typed(model, name, value) for name, value in values.items()}
    form = _form_class(model, tuple(values))(data)
    faults = [
        Fault(_place(path, names.get(name, name)), sentence)
        for name, errors in form.errors.as_data().items()
        for error in errors
        for sentence in _sentences(form, name, error)
    ]
    return form.instance, faults


@cache
def _form_class(model, names):
    # Rows below it are read one by one.
    options = {"model": model, "fields": list(names), "formsets": []}
    meta = type("Meta", (WagtailAdminModelForm.Meta,), options)
    return type(WagtailAdminModelForm)("SpecForm", (WagtailAdminModelForm,), {"Meta": meta})


def _typed(model, name, value):
    field = model._meta.get_field(name)
    return field.get_default() if value == "" and field.has_default() else value


def _place(path, name):
    if name == "__all__":
        return path
    return f"{path}.{name}" if path else name


def _sentences(form, name, error):
    if error.code == "invalid_choice":
        known = [str(key) for key, _label in form.fields[name].choices if key not in ("", None)]
        return [f"“{form.data[name]}” is none of these: {', '.join(known)}."]
    return [str(sentence) for sentence in error.messages]
