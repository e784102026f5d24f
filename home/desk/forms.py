"""The forms of an owner's quick tasks: few fields, in people's words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from clinicsite.core.forms import OpensFirstMistake
from clinicsite.core.phones import PhoneFormField
from clinicsite.core.typed_fields import DateInput, TimeInput
from clinicsite.home.desk.days import Choice, Day
from clinicsite.locations.models import SpecialHours
from clinicsite.locations.phones import phone_to_call

#: What patients read where nobody says why: “Closed today for unforeseen reasons”.
UNSAID = "unforeseen reasons"
LONGEST_NOTICE = 300
NAME_LENGTH = SpecialHours._meta.get_field("name").max_length


class DayForm(OpensFirstMistake, forms.Form):
    """What is different on a day."""

    choice = forms.ChoiceField(
        label="What is different?",
        choices=[
            (Choice.CLOSED, "Closed all day"),
            (Choice.EARLY, "Closing early"),
            (Choice.LATE, "Opening late"),
            (Choice.OTHER, "Other hours"),
            (Choice.USUAL, "As usual again"),
        ],
        widget=forms.RadioSelect,
    )
    at = TimeInput(label="At what time?", required=False)
    opens = TimeInput(label="Opens", required=False)
    closes = TimeInput(label="Closes", required=False)
    name = forms.CharField(
        label="Why? Patients read it",
        required=False,
        max_length=NAME_LENGTH,
        help_text=f"Such as snow, or a staff meeting. Empty: “{UNSAID}”.",
    )

    #: The fields that each choice needs.
    needed = {Choice.EARLY: ["at"], Choice.LATE: ["at"], Choice.OTHER: ["opens", "closes"]}

    def __init__(self, *args, day, is_special=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        if not is_special:
            # What is not special cannot be taken back.
            self.fields["choice"].choices = self.fields["choice"].choices[:-1]

    def clean(self):
        data = super().clean()
        for name in self.needed.get(data.get("choice"), []):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, ValidationError("Write a time, such as 3 pm or 15:00."))
        if data.get("opens") and data.get("opens") == data.get("closes"):
            self.add_error("closes", ValidationError("It cannot close when it opens."))
        return data

    def wanted(self) -> Day:
        """The day as it is wanted; of a valid form."""
        data = self.cleaned_data
        return Day(
            date=data.get("date") or self.day,
            choice=Choice(data["choice"]),
            name=data["name"] or UNSAID,
            at=data["at"],
            opens=data["opens"],
            closes=data["closes"],
        )


class OtherDayForm(DayForm):
    """What is different on a day to come."""

    date = DateInput(label="Which day?")
    field_order = ["date"]

    def clean_date(self):
        day = self.cleaned_data["date"]
        if day < self.day:
            raise ValidationError("That day is over. Write one that is still to come.")
        return day


class NoticeForm(OpensFirstMistake, forms.Form):
    """A few words on top of every page, until the end of a day."""

    text = forms.CharField(
        label="What patients read",
        max_length=LONGEST_NOTICE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = DateInput(label="Until the end of", help_text="Such as tomorrow, Friday or 18 Dec.")

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise ValidationError("That day is over. Write today or a day that is still to come.")
        return day


class PhoneForm(OpensFirstMistake, forms.Form):
    """A new number in place of one of a location's."""

    which = forms.ChoiceField(label="Which number?", widget=forms.RadioSelect)
    number = PhoneFormField(label="New number", help_text="With area code, such as 416 555 0123 ext. 204.")

    def __init__(self, *args, phones, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(f"{phone.label} {phone.number}", f"{phone.label_text}: {phone.text}") for phone in phones]
        self.fields["which"].choices = choices
        called = phone_to_call(phones)
        if called is not None:
            self.fields["which"].initial = f"{called.label} {called.number}"
        if len(choices) == 1:
            self.fields["which"].initial = choices[0][0]
            self.fields["which"].widget = forms.HiddenInput()
