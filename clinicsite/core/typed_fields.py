"""Fields of forms and models for times and dates, which are typed as people write them.

What is typed is understood or refused (`clinicsite.core.typed_times`); nothing rewrites it before it is sent.
The fields of forms are `forms.TimeField` and so on with another way to read; those of models are Django's own
to a migration.
"""

from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db import models
from django.forms.widgets import Script
from django.utils import timezone
from wagtail.admin.forms.models import register_form_field_override

from clinicsite.core import typed_times
from clinicsite.core.date_customs import current_region
from clinicsite.core.typed_times import Lean, UnreadableError

CONTROLLER = "clinicsite-typed-time"
STILL_TO_COME = "{day} is still to come. Write the day on which it happened, or leave this empty until then."


class TypedInput(forms.TextInput):
    """A line of text beside which the browser says for what time or date it is taken."""

    def __init__(self, kind, lean=Lean.AHEAD, attrs=None):
        self.kind, self.lean = kind, lean
        super().__init__({"autocomplete": "off"} | (attrs or {}))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        attrs = context["widget"]["attrs"]
        attrs["data-controller"] = " ".join(filter(None, (attrs.get("data-controller"), CONTROLLER)))
        attrs |= {f"data-{CONTROLLER}-{key}-value": text for key, text in self._custom().items()}
        return context

    def _custom(self):
        """What the browser must know to read it as the server will."""
        return {
            "kind": self.kind,
            "lean": self.lean.value,
            "region": current_region(),
            "today": timezone.localdate().isoformat(),
        }

    @property
    def media(self):
        return forms.Media(
            css={"all": ["clinicsite/css/admin/typed-times.css"]},
            js=[Script("clinicsite/js/admin/typed-times.js", type="module")],
        )


class TypedValue:
    """What the fields of forms share: they read what was typed, and show it as people write it."""

    #: How the widget calls what is typed.
    kind = ""
    #: The type of the value.
    value_type: type = object

    def __init__(self, *, lean=Lean.AHEAD, widget=None, **kwargs):
        super().__init__(widget=widget or TypedInput(self.kind, lean), **kwargs)

    def to_python(self, value):
        if value in EMPTY_VALUES or not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return self.read(value)
        except UnreadableError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value):
        value = super().prepare_value(value)
        return self.write(value) if isinstance(value, self.value_type) else value

    @property
    def custom(self):
        """What a date is read by, as `typed_times.read_date` takes it."""
        return {"region": current_region(), "today": timezone.localdate(), "lean": self.widget.lean}


class TimeInput(TypedValue, forms.TimeField):
    """A time of day: 5pm, 17:00, noon."""

    kind, value_type = "time", time

    def read(self, typed):
        return typed_times.read_time(typed)

    def write(self, value):
        return typed_times.format_time(value)


class DateInput(TypedValue, forms.DateField):
    """A date: 18 Dec, 12/18/2026, tomorrow."""

    kind, value_type = "date", date

    def read(self, typed):
        return typed_times.read_date(typed, **self.custom)

    def write(self, value):
        return typed_times.format_date(value)


class DateTimeInput(TypedValue, forms.DateTimeField):
    """A day with a time, in the zone that the admin runs in: Dec 2 9am."""

    kind, value_type = "moment", datetime

    def read(self, typed):
        zone = timezone.get_current_timezone()
        return typed_times.read_moment(typed, zone=zone, **self.custom)

    def write(self, value):
        return typed_times.format_moment(value)


class _PlainToMigrations:
    """A model's field that is typed; to a migration it is the field of Django's that it derives from."""

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        plain = next(base for base in type(self).__mro__ if base.__module__.startswith("django."))
        return name, f"django.db.models.{plain.__name__}", args, kwargs


class _Leaning(_PlainToMigrations):
    """The same for a field with dates: `lean` says where a date without a year is sought."""

    def __init__(self, *args, lean=Lean.AHEAD, **kwargs):
        self.lean = lean
        super().__init__(*args, **kwargs)


class TypedTimeField(_PlainToMigrations, models.TimeField):
    """A time of day."""


class TypedDateField(_Leaning, models.DateField):
    """A date; `has_been` says that it tells of what has happened, and so is no day to come."""

    def __init__(self, *args, has_been=False, **kwargs):
        self.has_been = has_been
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if self.has_been and value and value > timezone.localdate():
            raise ValidationError(STILL_TO_COME.format(day=typed_times.date_in_words(value)))


class TypedDateTimeField(_Leaning, models.DateTimeField):
    """A day with a time."""


def _leaning(form_class):
    return lambda field: {
        "form_class": form_class,
        "widget": TypedInput(form_class.kind, field.lean),
    }


register_form_field_override(
    TypedTimeField, override={"form_class": TimeInput, "widget": TypedInput(TimeInput.kind)}
)
register_form_field_override(TypedDateField, override=_leaning(DateInput))
register_form_field_override(TypedDateTimeField, override=_leaning(DateTimeInput))
