"""Provinces, states and postal codes as an envelope has them, however somebody has typed them."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from clinicsite.clinics.jurisdictions import Jurisdiction

#: Letters that Canada Post does not use are left out. Source: Canada Post, Addressing guidelines.
_CANADIAN = re.compile(r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(\d[ABCEGHJ-NPRSTV-Z]\d)")
_AMERICAN = re.compile(r"(\d{5})(\d{4})?")
#: How people shorten a province otherwise.
SHORT = {
    "ALTA": "AB",
    "MAN": "MB",
    "NEWFOUNDLAND": "NL",
    "NFLD": "NL",
    "NWT": "NT",
    "ONT": "ON",
    "PEI": "PE",
    "PQ": "QC",
    "QUE": "QC",
    "SASK": "SK",
}
PROVINCES = SHORT | {
    key: place.region
    for place in Jurisdiction
    for key in (place.region, re.sub(r"\W", "", place.region_name.upper()))
}
NO_PROVINCE = "“{typed}” is no Canadian province or territory. Write its name or two letters, such as ON."
NO_STATE = "Write the two letters of the state, such as NY."
NO_CANADIAN_CODE = "“{typed}” is no Canadian postal code. Write one such as M5V 1A1."
NO_ZIP_CODE = "“{typed}” is no ZIP code. Write one such as 14201 or 14201-1234."
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
    """The two letters of a province or state in Canada and the United States, else what was typed."""
    key = _letters_of(typed)
    if country == "CA":
        if key not in PROVINCES:
            raise ValidationError(NO_PROVINCE.format(typed=typed))
        return PROVINCES[key]
    if country == "US" and len(key) != 2:
        raise ValidationError(NO_STATE)
    return key if country == "US" else typed.strip()


def tidy_postal_code(typed: str, country: str) -> str:
    """A postal code as the post writes it in Canada and the United States, else what was typed."""
    code = re.sub(r"[\W_]", "", typed).upper()
    if country == "CA":
        return _joined(_CANADIAN.fullmatch(code), " ", NO_CANADIAN_CODE.format(typed=typed))
    if country == "US":
        return _joined(_AMERICAN.fullmatch(code), "-", NO_ZIP_CODE.format(typed=typed))
    return typed.strip()


def _joined(match, sign, refusal):
    if match is None:
        raise ValidationError(refusal)
    return sign.join(filter(None, match.groups()))


def _letters_of(text):
    plain = unicodedata.normalize("NFKD", text).upper()
    return "".join(sign for sign in plain if "A" <= sign <= "Z")
