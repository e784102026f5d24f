"""Fields of the wizard's screens, in the words of the models they end in."""

from django import forms


def like(model, name, *, needed=False, **options) -> forms.Field:
    """A field for what is typed, with the label, help and choices of a model's; judged with all the rest."""
    source = model._meta.get_field(name).formfield()
    options = {"label": source.label, "help_text": source.help_text, "required": needed} | options
    if choices := getattr(source, "choices", None):
        default = model._meta.get_field(name).get_default()
        given = [one for one in choices if one[0] != ""]
        return forms.ChoiceField(choices=given, initial=default, **options)
    return forms.CharField(**options)


def text(label, help_text="", *, needed=False, **options) -> forms.Field:
    """A field for a line of text."""
    return forms.CharField(label=label, help_text=help_text, required=needed, **options)


class GroupsField(forms.MultipleChoiceField):
    """Groups of clinics, kept as a cell of a chain's CSV names them: with semicolons between."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return names_in(value) if isinstance(value, str) else value

    def clean(self, value):
        return "; ".join(super().clean(value))


def names_in(cell: str) -> list[str]:
    """The names in a cell that lists several."""
    return [name.strip() for name in cell.split(";") if name.strip()]
