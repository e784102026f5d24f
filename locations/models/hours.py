from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from clinicsite.core.fields import ProseField
from clinicsite.core.models.ordered import OrderedRow
from clinicsite.core.typed_fields import TypedDateField, TypedTimeField
from clinicsite.locations.hours import Weekday

EMPTY_INTERVAL = "These hours end when they start. Give a later closing time, or remove the row."


def is_empty_interval(opens, closes):
    """Whether hours end in the minute they start: patients read hours to the minute."""
    return None not in (opens, closes) and opens.replace(second=0) == closes.replace(second=0)


class OpeningHours(OrderedRow):
    """One interval in which a location is open, on one day of the week."""

    location = ParentalKey(
        "clinicsite_locations.LocationPage", on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField("day", choices=[(day.value, day.label) for day in Weekday])
    opens = TypedTimeField(help_text="Local time at the location.")
    closes = TypedTimeField(help_text="A time before the opening time means the next day.")
    is_by_appointment = models.BooleanField("by appointment only", default=False)

    # Two rows of two: with a side panel open a row of four reaches beyond the form.
    panels = [
        FieldRowPanel([FieldPanel("weekday"), FieldPanel("is_by_appointment", heading="By appointment")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
    ]

    class Meta(OrderedRow.Meta):
        verbose_name = "opening hours"
        verbose_name_plural = "opening hours"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(opens=models.F("closes")),
                name="clinicsite_opening_hours_not_empty",
                violation_error_message=EMPTY_INTERVAL,
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"

    def clean(self):
        super().clean()
        if is_empty_interval(self.opens, self.closes):
            raise ValidationError({"closes": EMPTY_INTERVAL})


class SpecialHours(OrderedRow):
    """A date, or a run of dates, on which a location is closed or keeps other hours.

    Over several dates hours count on the days that the location is usually open. A row with a `weekday` is
    about that day alone, whether it is usually open or not.
    """

    location = ParentalKey(
        "clinicsite_locations.LocationPage", on_delete=models.CASCADE, related_name="special_hours"
    )
    name = models.CharField(max_length=80, help_text="What patients read, such as Labour Day.")
    first_date = TypedDateField("from")
    last_date = TypedDateField("until", help_text="The last day; the same as the first for a single day.")
    weekday = models.PositiveSmallIntegerField(
        "on",
        null=True,
        blank=True,
        choices=[(None, "The days you usually open"), *((day.value, day.label) for day in Weekday)],
        help_text=(
            "For several dates: a day you are usually closed stays closed, unless you choose it here. "
            "Leave it for a single date."
        ),
    )
    is_closed = models.BooleanField("closed all day", default=True)
    opens = TypedTimeField(null=True, blank=True)
    closes = TypedTimeField(null=True, blank=True)
    note = ProseField(blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("first_date"), FieldPanel("last_date")]),
        FieldPanel("weekday"),
        FieldRowPanel([FieldPanel("is_closed"), FieldPanel("opens"), FieldPanel("closes")]),
        FieldPanel("note"),
    ]

    class Meta(OrderedRow.Meta):
        verbose_name = "special hours"
        verbose_name_plural = "special hours"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_date__gte=models.F("first_date")),
                name="clinicsite_special_hours_dates_in_order",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_closed=True, opens=None, closes=None)
                | models.Q(is_closed=False, opens__isnull=False, closes__isnull=False),
                name="clinicsite_special_hours_closed_or_timed",
                violation_error_message="Tick “closed all day”, or give both an opening and a closing time.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.first_date:%Y-%m-%d}"

    def clean(self):
        super().clean()
        if not self.is_closed and is_empty_interval(self.opens, self.closes):
            raise ValidationError({"closes": EMPTY_INTERVAL})
        if self._is_on_no_date():
            day = self.get_weekday_display()
            raise ValidationError(
                {"weekday": f"There is no {day} in these dates. Choose another day, or none."}
            )

    def _is_on_no_date(self):
        """Whether the day of the week does not come in the dates."""
        if None in (self.weekday, self.first_date, self.last_date) or self.last_date < self.first_date:
            return False
        ahead = (self.weekday - self.first_date.weekday()) % len(Weekday)
        return ahead > (self.last_date - self.first_date).days
