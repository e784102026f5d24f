"""Numbers in every writing, under settings of any project."""

import pytest
from django.core.exceptions import ValidationError

from clinicsite.core.phones import PhoneField, PhoneFormField, parsed

#: What somebody types, how it is stored, and how it is shown. Worked out by hand from RFC 3966.
NUMBERS = [
    ("416 555 0123", "+14165550123", "(416) 555-0123"),
    ("(416) 555-0123 ext. 204", "+14165550123;ext=204", "(416) 555-0123 ext. 204"),
    ("1-416-555-0123 x7", "+14165550123;ext=7", "(416) 555-0123 ext. 7"),
    ("+14165550123;ext=204", "+14165550123;ext=204", "(416) 555-0123 ext. 204"),
    ("011 44 20 7946 0018", "+442079460018", "+44 20 7946 0018"),
    ("+44 (0)20 7946 0018", "+442079460018", "+44 20 7946 0018"),
    ("1-800-FLOWERS", "+18003569377", "(800) 356-9377"),
    ("Call 416-555-0123", "+14165550123", "(416) 555-0123"),
]
REFUSED = [
    "12345",
    "416 555 0123 or 416 555 0124",
    "416 555 0123 / x 416 555 0124",
    "416 555 0123 ext 1234567890",
    "416 555 0123 ask for Anna",
]


@pytest.fixture(params=["nothing", "another project's"], autouse=True)
def _settings_of_a_project(request, settings):
    if request.param == "nothing":
        return
    settings.PHONENUMBER_DEFAULT_REGION = "GB"
    settings.PHONENUMBER_DB_FORMAT = "NATIONAL"
    settings.PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"


@pytest.mark.parametrize(("typed", "stored", "shown"), NUMBERS)
def test_a_number_is_kept_whole_and_shown_as_people_write_it(typed, stored, shown):
    number = PhoneFormField().clean(typed)
    assert (PhoneField().get_prep_value(number), number.text) == (stored, shown)


@pytest.mark.parametrize(("typed", "stored", "shown"), NUMBERS)
def test_a_stored_number_and_what_a_form_shows_of_it_are_the_same_number(typed, stored, shown):
    read = PhoneField().from_db_value(stored, None, None)
    field = PhoneFormField()
    assert not field.has_changed(read, field.prepare_value(read))
    assert (str(read), read.text) == (stored, shown)


@pytest.mark.parametrize("typed", REFUSED)
def test_what_would_not_be_kept_whole_is_refused(typed):
    with pytest.raises(ValidationError):
        PhoneFormField().clean(typed)


def test_another_extension_is_another_number_and_a_change():
    one, other = parsed("416 555 0123 ext. 204"), parsed("416 555 0123 ext. 205")
    assert one != other
    assert hash(one) != hash(other)
    assert PhoneFormField().has_changed(one, "(416) 555-0123 ext. 205")


def test_what_is_no_number_is_shown_as_it_is():
    assert (str(parsed("call us")), parsed("call us").text) == ("call us", "call us")


def test_no_number_stays_none_or_empty():
    field = PhoneField(null=True)
    assert [field.get_prep_value(value) for value in (None, "")] == [None, ""]
    assert (PhoneFormField(required=False).clean(""), parsed("")) == ("", None)
