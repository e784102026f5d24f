import math

import pytest
from django.core.exceptions import ValidationError

from clinicsite.clinics.colours import AA_NON_TEXT, AA_TEXT, contrast, is_hex, luminance
from clinicsite.clinics.validators import validate_accent_colour, validate_text_colour, validate_time_zone

#: Ratios published with the WCAG definitions and by WebAIM's checker, to two decimals.
KNOWN_RATIOS = [
    ("#000000", "#ffffff", 21.0),
    ("#ffffff", "#ffffff", 1.0),
    ("#777777", "#ffffff", 4.48),
    ("#767676", "#ffffff", 4.54),
    ("#0000ff", "#ffffff", 8.59),
    ("#ff0000", "#ffffff", 4.0),
    ("#00ff00", "#ffffff", 1.37),
    ("#ff0000", "#000000", 5.25),
    ("#949494", "#ffffff", 3.03),
]


@pytest.mark.parametrize(("one", "other", "ratio"), KNOWN_RATIOS)
def test_contrast_is_as_wcag_has_it(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(("one", "other", "ratio"), KNOWN_RATIOS)
def test_contrast_is_the_same_both_ways(one, other, ratio):
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [("#000000", 0), ("#ffffff", 1), ("#ff0000", 0.2126), ("#00ff00", 0.7152), ("#0000ff", 0.0722)],
)
def test_luminance_of_pure_colours_is_their_share_in_wcag(colour, expected):
    assert luminance(colour) == pytest.approx(expected)


def test_capitals_and_small_letters_are_the_same_colour():
    assert contrast("#ABCDEF", "#FFFFFF") == contrast("#abcdef", "#ffffff")


@pytest.mark.parametrize(
    "colour", ["", "red", "1f5f6b", "#fff", "#1f5f6", "#1f5f6bb", "#1f5f6g", "#1f5f6b\n"]
)
def test_what_is_not_a_colour_is_refused_with_an_example(colour):
    assert not is_hex(colour)
    with pytest.raises(ValidationError, match=r"six digits, such as #1a6b5c"):
        validate_text_colour(colour)


@pytest.mark.parametrize("colour", ["#767676", "#1f5f6b", "#1F5F6B", "#000000"])
def test_a_colour_with_enough_contrast_is_taken_for_text(colour):
    assert validate_text_colour(colour) is None


@pytest.mark.parametrize(
    ("colour", "shown"), [("#ff0000", "3.99 to 1"), ("#ffffff", "1.00 to 1"), ("#ffd700", "1.40 to 1")]
)
def test_a_faint_colour_is_refused_with_the_ratio_it_has(colour, shown):
    with pytest.raises(ValidationError) as refusal:
        validate_text_colour(colour)
    message = refusal.value.message
    assert shown in message
    assert "text needs at least 4.5 to 1" in message
    assert "Choose a darker shade" in message


@pytest.mark.parametrize(
    ("validate", "least"), [(validate_text_colour, AA_TEXT), (validate_accent_colour, AA_NON_TEXT)]
)
def test_the_ratio_shown_is_never_the_one_that_would_do(validate, least):
    """A grey a hair too light must not read: has 4.5, needs 4.5."""
    greys = [f"#{value:02x}{value:02x}{value:02x}" for value in range(256)]
    refused = [grey for grey in greys if contrast(grey, "#ffffff") < least]
    with pytest.raises(ValidationError) as refusal:
        validate(refused[0])
    shown = float(refusal.value.message.split(" to 1")[0].rsplit(" ", 1)[1])
    assert shown < least
    assert shown == pytest.approx(math.floor(contrast(refused[0], "#ffffff") * 100) / 100)


def test_an_accent_needs_less_contrast_than_text():
    validate_accent_colour("#949494")
    with pytest.raises(ValidationError, match=r"at least 3\.0 to 1"):
        validate_accent_colour("#959595")


@pytest.mark.parametrize("name", ["America/Toronto", "America/Edmonton", "Pacific/Auckland", "UTC"])
def test_a_name_of_the_time_zone_database_is_taken(name):
    assert validate_time_zone(name) is None


@pytest.mark.parametrize(
    "name", ["America/Torronto", "EDT+5", "toronto", "", "america/toronto", "../etc/passwd"]
)
def test_an_unknown_time_zone_is_refused_with_an_example(name):
    with pytest.raises(ValidationError, match=r"is not a time zone\. Use a name such as America/Toronto"):
        validate_time_zone(name)
