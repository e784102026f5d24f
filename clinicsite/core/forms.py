"""Forms every page type's editor stands on."""

from django.forms import DateTimeField, Media, ModelMultipleChoiceField
from django.forms.widgets import Script
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from clinicsite.core.site_roots import tree_root
from clinicsite.core.typed_fields import DateTimeInput

#: The fields that say when a page goes live, and when it is taken down.
SCHEDULE = ("go_live_at", "expire_at")


class NamesZone:
    """A form that says beside each date with a time whose clock it means."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DateTimeField):
                clock = f"Time zone: {timezone.get_current_timezone_name()}."
                field.help_text = f"{field.help_text} {clock}".strip()


class OpensFirstMistake:
    """A form that, sent back with a mistake in it, opens the place of the first and puts the cursor there."""

    @property
    def media(self):
        return super().media + Media(js=[Script("clinicsite/js/admin/first-error.js", type="module")])


class KeepsLastWords:
    """A form that saves what was typed into rich text a moment before too."""

    @property
    def media(self):
        return super().media + Media(js=[Script("clinicsite/js/admin/last-words.js", type="module")])


class ForgetsSpentDates:
    """A page's form in which dates of its schedule that have had their effect are empty again.

    Wagtail keeps them, and refuses each later save for an expiry in the past. A date that is still to have
    its effect stays, even if it is over: the schedule is run every few minutes.
    """

    def __init__(self, *args, **kwargs):
        self.spent_dates = _spent_dates_of(kwargs.get("instance"))
        for name in self.spent_dates:
            setattr(kwargs["instance"], name, None)
        super().__init__(*args, **kwargs)

    def clean(self):
        for name, moment in self.spent_dates.items():
            # An editor that was open all the while sends the date as it was, to the minute.
            sent = self.cleaned_data.get(name)
            if sent and sent.replace(second=0, microsecond=0) == moment.replace(second=0, microsecond=0):
                self.cleaned_data[name] = None
        return super().clean()

    def add_error(self, field, error):
        super().add_error(field, error)
        # The fields of the schedule stand in a window that is closed: said there alone, nobody would read it.
        for message in getattr(error, "messages", [error]) if field in SCHEDULE else ():
            super().add_error(None, f"Publishing schedule, {self.fields[field].label}: {message}")


def _spent_dates_of(page):
    """{field: moment} of a page's schedule that are over and change nothing any more."""
    if page is None or not page.pk or page.scheduled_revision:
        return {}
    now = timezone.now()
    over = {name: moment for name in SCHEDULE if (moment := getattr(page, name)) and moment < now}
    return {name: moment for name, moment in over.items() if name == "go_live_at" or not page.live}


class KeepsSitesUp:
    """A page's form that sets no date for taking down what a site stands on, for whoever may not do so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("expire_at")
        if field and (reasons := self._reasons_to_stay()):
            field.disabled = True
            field.help_text = f"Left empty: {' '.join(reasons)}"

    def _reasons_to_stay(self):
        if self.for_user is None or not self.instance.is_structural:
            return []
        # A page that is being added has no place in the tree yet; its parent has, and the same rule.
        page = self.instance if self.instance.path else self.parent_page.specific
        return page.permissions_for_user(self.for_user).why_not("unpublish")


class BasePageForm(
    KeepsSitesUp, ForgetsSpentDates, NamesZone, OpensFirstMistake, KeepsLastWords, WagtailAdminPageForm
):
    """The form of every page type."""

    class Meta(WagtailAdminPageForm.Meta):
        field_classes = dict.fromkeys(SCHEDULE, DateTimeInput)


class SameTreePageForm(BasePageForm):
    """Offer, in every list of pages to tick, only pages of the same clinic (or of the library)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        root = tree_root(self.parent_page or self.instance)
        for field in self.fields.values():
            if isinstance(field, ModelMultipleChoiceField) and issubclass(field.queryset.model, Page):
                field.queryset = field.queryset.descendant_of(root).order_by("title")
