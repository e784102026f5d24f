"""The numbers of a place as patients meet them, and which of them "Call" stands for.

Every page, card, mail, token and piece of structured data asks here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models


class PhoneLabel(models.TextChoices):
    """What a number is for."""

    BOOKING = "booking", "Booking"
    FAX = "fax", "Fax"
    TEXT = "text", "Text messages"
    AFTER_HOURS = "after_hours", "After hours"


#: What is answered by a voice, the number for everybody first.
VOICE = (PhoneLabel.BOOKING, PhoneLabel.AFTER_HOURS)


@dataclass(frozen=True)
class Phone:
    """A number as patients see it: `number` as RFC 3966 writes it, `text` as people do."""

    label: str
    label_text: str
    number: str
    text: str
    is_primary: bool

    @property
    def is_answered(self) -> bool:
        """Whether somebody answers by voice."""
        return self.label in VOICE

    @property
    def href(self) -> str:
        """The address of a link that calls, with the extension where there is one; "" for a fax."""
        if self.label == PhoneLabel.TEXT:
            return f"sms:{self.number.partition(';')[0]}"
        return f"tel:{self.number}" if self.is_answered else ""


def phones_of(rows: Iterable) -> tuple[Phone, ...]:
    """The values of a location's rows; a row of a draft may have no number yet."""
    return tuple(_phone_of(row) for row in rows if row.number)


def phone_to_call(phones: Iterable[Phone]) -> Phone | None:
    """The number for "Call": the main one, else the first for booking, else after hours.

    None where nobody answers by voice, even if a fax is ticked as the main number.
    """
    answered = [phone for phone in phones if phone.is_answered]
    return min(answered, key=lambda phone: (not phone.is_primary, VOICE.index(phone.label)), default=None)


def _phone_of(row) -> Phone:
    return Phone(
        label=row.label,
        label_text=row.get_label_display(),
        number=str(row.number),
        text=row.number.text,
        is_primary=row.is_primary,
    )
