"""Provinces, states and postal codes as an envelope has them, however somebody has typed them."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from clinicsite.locations.postal_rules import POSTAL_CODES, REGIONS

NO_COUNTRY = "Write the two letters of the country, such as CA."


def tidied_address(country: str, region: str, postal_code: str) -> dict[str, str]:
    """These three as the post writes them; what a draft leaves empty stays empty.

    Raises a `ValidationError` that says at each field what cannot be meant.
    """
    errors, found = {}, {"country": country.strip().upper()}
    if not re.fullmatch(r"([A-Z]{2})?", found["country"]):
        raise ValidationError({"country": NO_COUNTRY})
    for name, tidy, typed in (
        ("region", tidy_region, region),
        ("postal_code", tidy_postal_code, postal_code),
    ):
        try:
            found[name] = tidy(typed, found["country"]) if typed else typed
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return found


def tidy_region(typed: str, country: str) -> str:
    """The letters of a province or state where the country's post has some, else what was typed."""
    if country not in REGIONS:
        return typed.strip()
    known = REGIONS[country]
    if (key := _letters_of(typed)) not in known.letters:
        raise ValidationError(known.refusal.format(typed=typed))
    return known.letters[key]


def tidy_postal_code(typed: str, country: str) -> str:
    """A postal code as the country's post writes it, where we know how; else what was typed."""
    if country not in POSTAL_CODES:
        return typed.strip()
    rule = POSTAL_CODES[country]
    match = rule.shape.fullmatch(re.sub(r"[\W_]", "", typed).upper())
    if match is None:
        raise ValidationError(rule.refusal.format(typed=typed))
    return rule.sign.join(filter(None, match.groups()))


def _letters_of(text):
    plain = unicodedata.normalize("NFKD", text).upper()
    return "".join(sign for sign in plain if "A" <= sign <= "Z")
