"""Checks on what a clinic says about itself; each message says what to do."""

import math
import re
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

from clinicsite.clinics.colours import AA_NON_TEXT, AA_TEXT, WHITE, contrast, is_hex
from clinicsite.core.addresses import parts_or_none

#: A language tag (RFC 5646) as far as Django knows them.
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: Host names a policy header can hold: no address in numbers, nothing within one's own network.
_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+(:[0-9]{1,5})?", re.IGNORECASE)
_PATH = re.compile(r"(/[\w.~-]+)+\.js")
_SITE_NAME = re.compile(r"[\w.-]+")


def validate_time_zone(name):
    """Refuse a name that is not in the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(
            f"“{name}” is not a time zone. Use a name such as America/Toronto or America/Edmonton."
        )


def validate_text_colour(colour):
    """Refuse a colour on which white text, or which as text on white, would be hard to read."""
    _validate_contrast(colour, AA_TEXT, "text needs")


def validate_accent_colour(colour):
    """Refuse a colour too faint on white for borders and icons."""
    _validate_contrast(colour, AA_NON_TEXT, "borders and icons need")


def validate_script_address(address):
    """Refuse anything but the https address of a script on a named host."""
    parts = parts_or_none(address)
    is_plain = parts and not (parts.query or parts.fragment) and _PATH.fullmatch(parts.path)
    if not is_plain or parts.scheme != "https" or not _HOST.fullmatch(parts.netloc):
        raise ValidationError(
            "Write the full address of a script, such as https://stats.northgate.example/js/script.js. It "
            "begins with https://, names a host and ends in .js."
        )


def validate_site_name(name):
    """Refuse what no program for counting visits uses as the name of a site."""
    if not _SITE_NAME.fullmatch(name):
        raise ValidationError("Use letters, digits, dots and dashes, as the program shows it.")


def _validate_contrast(colour, least, use):
    if not is_hex(colour):
        raise ValidationError("Write the colour as # and six digits, such as #1a6b5c.")
    ratio = contrast(colour, WHITE)
    if ratio < least:
        # Rounded down, so that it never reads as the ratio that would do.
        shown = math.floor(ratio * 100) / 100
        raise ValidationError(
            f"This colour has a contrast of {shown:.2f} to 1 with white; {use} at least {least} to 1. "
            "Choose a darker shade."
        )
