"""Whom to call when it cannot wait for a clinic, by country. No Django here.

Facts of each country's own services, as they stood in November 2026: the numbers of the ambulance service,
and the lines that listen to people in despair at any hour, free of charge.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A number that somebody answers at any hour."""

    #: As it is written where it belongs: 116 123.
    number: str
    name: str = ""
    takes_texts: bool = False

    @property
    def digits(self) -> str:
        """The number as a phone dials it."""
        return "".join(self.number.split())

    @property
    def href(self) -> str:
        """A link that calls it (RFC 3966)."""
        return f"tel:{self.digits}"

    @property
    def sms_href(self) -> str:
        """A link that writes to it (RFC 5724); empty where it takes no texts."""
        return f"sms:{self.digits}" if self.takes_texts else ""


@dataclass(frozen=True)
class EmergencyLines:
    """The numbers of one country."""

    #: The ambulance service; of two numbers that reach it either will do.
    ambulance: Sequence[Line] = ()
    #: Lines for somebody who thinks of ending their life.
    crisis: Sequence[Line] = ()
    #: Advice on what cannot wait and is no emergency.
    advice: Sequence[Line] = ()

    @property
    def ambulance_number(self) -> str:
        """The number in words that fit after "call": 911; 112 or 999."""
        return " or ".join(line.number for line in self.ambulance) or "your local emergency number"


_NORTH_AMERICA = (Line("911"),)
_SAMARITANS = (Line("116 123", "Samaritans"),)

#: ISO 3166-1 code -> numbers.
LINES = {
    "AU": EmergencyLines((Line("000"),), (Line("13 11 14", "Lifeline"),)),
    "CA": EmergencyLines(_NORTH_AMERICA, (Line("988", "Suicide Crisis Helpline", takes_texts=True),)),
    "GB": EmergencyLines((Line("999"),), _SAMARITANS, (Line("111", "NHS 111"),)),
    "IE": EmergencyLines((Line("112"), Line("999")), _SAMARITANS),
    "NZ": EmergencyLines((Line("111"),), (Line("1737", "Need to talk?", takes_texts=True),)),
    "US": EmergencyLines(_NORTH_AMERICA, (Line("988", "Suicide and Crisis Lifeline", takes_texts=True),)),
}


def lines_of(country: str) -> EmergencyLines:
    """The numbers of a country by its two letters; none of a country that is not known here."""
    return LINES.get(country.upper(), EmergencyLines())
