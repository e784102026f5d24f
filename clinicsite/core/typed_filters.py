"""Filters by date above the lists of the admin, in which dates are typed as people write them.

Wagtail's own change what was typed into another date before it is sent, and list everything where they cannot
read it. Here it is understood, or refused above the list, and then nothing is listed.
"""

from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django_filters.fields import DateRangeField
from wagtail.admin.active_filters import ActiveFilter
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets import AdminDateInput

from clinicsite.core import typed_times
from clinicsite.core.typed_fields import DateInput, TypedInput, TypedValue
from clinicsite.core.typed_times import Lean

BACKWARDS = "The first date is after the second. Write the earlier one first."
NOTHING_LISTED = "Nothing is listed."


class DateRangeInputs(DateRangePickerWidget):
    """Two lines of text, for the first and the last day."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.widgets = [TypedInput(DateInput.kind, Lean.BACK, one.attrs) for one in self.widgets]


class DateRangeInput(DateRangeField):
    """The days from one date to another, both of them too; either may be left out."""

    widget = DateRangeInputs

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = tuple(DateInput(lean=Lean.BACK, required=False) for _one in self.fields)

    def compress(self, data_list):
        days = super().compress(data_list)
        if days and days.start and days.stop and days.start > days.stop:
            raise ValidationError(BACKWARDS)
        return days


class DayInput(TypedValue, forms.DateTimeField):
    """The beginning of a day, in the zone that the admin runs in, for what has a moment."""

    kind, value_type = "date", datetime

    def read(self, typed):
        day = typed_times.read_date(typed, **self.custom)
        return timezone.make_aware(datetime.combine(day, time.min))

    def write(self, value):
        return typed_times.format_date(timezone.localtime(value).date())


#: What fields of filters become where they have Wagtail's picker.
_TYPED = {forms.DateField: DateInput, forms.DateTimeField: DayInput}


def type_dates(fields: dict[str, forms.Field]) -> None:
    """Have those of a filter set's fields that are dates typed as people write them."""
    for name, field in fields.items():
        about = {"label": field.label, "required": field.required, "help_text": field.help_text}
        if isinstance(field.widget, DateRangePickerWidget):
            fields[name] = DateRangeInput(**about)
        elif isinstance(field.widget, AdminDateInput):
            fields[name] = _TYPED[type(field)](lean=Lean.BACK, **about)


def install() -> None:
    """Have lists of the admin say what they refuse, and list nothing. Read in Wagtail 8.0.1."""
    BaseListingView.filter_queryset = _listing_nothing_refused(BaseListingView.filter_queryset)
    said = cached_property(_saying_what_is_refused(BaseListingView.active_filters.func))
    said.__set_name__(BaseListingView, "active_filters")
    BaseListingView.active_filters = said


def _refused_by(view):
    """The filters of a list in which no date could be read."""
    if not view.filters or view.filters.is_valid():
        return []
    form = view.filters.form
    typed = (DateRangeInput, TypedValue)
    return [form[name] for name in form.errors if isinstance(form.fields.get(name), typed)]


def _listing_nothing_refused(filter_queryset):
    def filter_or_refuse(view, queryset):
        return queryset.none() if _refused_by(view) else filter_queryset(view, queryset)

    return filter_or_refuse


def _saying_what_is_refused(active_filters):
    """The filters that a list shows above itself as active, with those that it has refused."""

    def active_and_refused(view):
        return [*active_filters(view), *(_refusal(view, field) for field in _refused_by(view))]

    return active_and_refused


def _refusal(view, field):
    query = view.request.GET.copy()
    for name in list(query):
        if name in (field.name, view.page_kwarg) or name.startswith(f"{field.name}_"):
            del query[name]
    query["_w_filter_fragment"] = 1
    reason = " ".join([*field.errors, NOTHING_LISTED])
    address = f"{view.index_results_url.split('?')[0]}?{query.urlencode()}"
    return ActiveFilter(field.auto_id, field.label, reason, address)
