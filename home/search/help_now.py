"""What is said before any result to somebody in danger: the library's words, the country's numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinicsite.clinics.emergency_lines import EmergencyLines, Line, lines_of
from clinicsite.clinics.profile import ClinicProfile
from clinicsite.home.search.dictionary import is_common
from clinicsite.home.search.emergencies import names_one_of
from clinicsite.library.models import EmergencyHelp


@dataclass(frozen=True)
class Call:
    """A button that calls or writes to somebody."""

    text: str
    href: str
    icon: str = "phone"


@dataclass(frozen=True)
class HelpNow:
    """One block, as the search page shows it."""

    name: str
    heading: str
    text: str
    calls: tuple[Call, ...]


def help_now(typed: str, clinic: ClinicProfile) -> list[HelpNow]:
    """What to do now, where the words typed are those of an emergency or of despair; else nothing."""
    block = EmergencyHelp.current()
    lines = lines_of(country_of(clinic))
    kinds = (
        ("emergency", block.emergency_words, (*lines.ambulance, *lines.advice)),
        ("crisis", block.crisis_words, (*lines.crisis, *lines.ambulance)),
    )
    harmless = block.harmless_words.splitlines()
    return [
        _shown(block, name, lines, to_call)
        for name, words, to_call in kinds
        if names_one_of(typed, words.splitlines(), harmless, is_common)
    ]


def country_of(clinic: ClinicProfile) -> str:
    """The two letters of the country a clinic is in: its main place's, else that of its licence."""
    place = clinic.parts["places"].primary
    return (place and place.country) or clinic.jurisdiction[:2]


def _shown(block: EmergencyHelp, name: str, lines: EmergencyLines, to_call: Iterable[Line]) -> HelpNow:
    heading, text = (block.filled(f"{name}_{part}", lines) for part in ("heading", "text"))
    return HelpNow(name, heading, text, tuple(_calls(to_call)))


def _calls(lines: Iterable[Line]) -> Iterator[Call]:
    for line in lines:
        name = f", {line.name}" if line.name else ""
        yield Call(f"Call {line.number}{name}", line.href)
        if line.sms_href:
            yield Call(f"Text {line.number}", line.sms_href, "mail")
