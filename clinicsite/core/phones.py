"""Phone numbers: understood as they are typed, kept whole with their extension, shown as people write them.

A field names its own region and its own form of storage. The project around may set
`PHONENUMBER_DEFAULT_REGION`, `PHONENUMBER_DB_FORMAT` and `PHONENUMBER_DEFAULT_FORMAT` as it likes, or none.
"""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from phonenumber_field import formfields, modelfields
from phonenumber_field.phonenumber import PhoneNumber

#: Where a number without a country code belongs; all of North America writes its numbers alike.
REGION = "CA"
#: The country code that Canada and the United States share.
NORTH_AMERICA = 1
#: Digits of an extension; no exchange gives out so many, and the stored number has room for them.
LONGEST_EXTENSION = 9
INVALID = "Write the number with its area code, such as 416 555 0123."
#: Digits that may stand before the number itself: a country code, and what is dialled to reach one.
LONGEST_PREFIX = 6


class Number(PhoneNumber):
    """A number with its extension. As text it is E.164, with `;ext=` after it where it has one (RFC 3966)."""

    def __str__(self):
        if not self.is_valid():
            return self.raw_input or ""
        return f"{self.as_e164};ext={self.extension}" if self.extension else self.as_e164

    def __eq__(self, other):
        return other not in EMPTY_VALUES and str(self) == str(parsed(other))

    def __hash__(self):
        return hash(str(self))

    @property
    def text(self) -> str:
        """The number as people at a North American clinic write it: (416) 555-0123 ext. 204."""
        if not self.is_valid():
            return str(self)
        return self.as_national if self.country_code == NORTH_AMERICA else self.as_international

    @property
    def typed_digits(self) -> str:
        """The digits that somebody typed, with letters read as on a telephone's keys."""
        typed = self.raw_input or ""
        has_words = not self.extension and re.search("[A-Za-z]", typed)
        return phonenumbers.normalize_digits_only(_keys_for(typed) if has_words else typed)

    @property
    def is_whole(self) -> bool:
        """Whether nothing that somebody typed is missing, such as a second number after the first."""
        known = phonenumbers.national_significant_number(self) + (self.extension or "")
        typed = self.typed_digits
        return typed.endswith(known) and len(typed) - len(known) <= LONGEST_PREFIX


def parsed(value) -> Number | None:
    """The number that a text, or another library's number, stands for; None for nothing.

    What is no number keeps its text and is not valid.
    """
    if value in EMPTY_VALUES or isinstance(value, Number):
        return value or None
    number = Number()
    if isinstance(value, phonenumbers.PhoneNumber):
        number.merge_from(value)
        return number
    try:
        phonenumbers.parse(value, REGION, keep_raw_input=True, numobj=number)
    except phonenumbers.NumberParseException:
        return Number(raw_input=value)
    return number


def _keys_for(text):
    return phonenumbers.convert_alpha_characters_in_number(text)


class PhoneFormField(formfields.PhoneNumberField):
    """Takes a number in any writing, with its extension, and refuses what would not be kept whole."""

    default_error_messages = {
        "invalid": INVALID,
        "extension": "An extension has {most} digits at most. Write it after the number, such as ext. 204.",
        "not_whole": (
            "We can read {read}, but not all of what you wrote. "
            "Write one number, and its extension after it, such as ext. 204."
        ),
    }

    def __init__(self, *args, region=REGION, **kwargs):
        super().__init__(*args, region=region, **kwargs)

    def to_python(self, value):
        number = parsed(super(formfields.PhoneNumberField, self).to_python(value))
        if number is None:
            return self.empty_value
        if number.is_valid():
            self._refuse_what_is_not_kept(number)
        return number

    def prepare_value(self, value):
        return value.text if isinstance(value, Number) else value

    def has_changed(self, initial, data):
        return str(parsed(initial) or "") != str(parsed(data) or "")

    def _refuse_what_is_not_kept(self, number):
        if len(number.extension or "") > LONGEST_EXTENSION:
            raise self._error("extension", most=LONGEST_EXTENSION)
        if not number.is_whole:
            raise self._error("not_whole", read=number.text)

    def _error(self, code, **values):
        return ValidationError(self.error_messages[code].format(**values), code=code)


class _NumberDescriptor(modelfields.PhoneNumberDescriptor):
    """Reads whatever is put into the field as a number of ours."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.name] = _or_empty(value)


class PhoneField(modelfields.PhoneNumberField):
    """A number in the database as `Number` writes it, whatever the project's settings for numbers say."""

    attr_class = Number
    descriptor_class = _NumberDescriptor

    def __init__(self, *args, region=REGION, **kwargs):
        super().__init__(*args, region=region, **kwargs)

    def to_python(self, value):
        return _or_empty(value)

    def from_db_value(self, value, expression, connection):
        return _or_empty(value)

    def get_prep_value(self, value):
        number = self.to_python(value)
        return str(number) if number else number

    def formfield(self, form_class=PhoneFormField, **kwargs):
        return super().formfield(form_class=form_class, **kwargs)


def _or_empty(value):
    """The number that a value stands for; "" and None as they are, for to a column they differ."""
    return value if value in EMPTY_VALUES else parsed(value)
