"""The lines of a clinic's launch checklist, each a small class that any app registers.

    @register_launch_check
    class HoursCheck(LaunchCheck):
        name, title, order = "hours", "Opening hours", 100

        def look(self, subject):
            return ok("Every location has its hours.")

A check looks at one clinic and changes nothing. What it costs is counted: its queries must not grow with the
clinic's pages.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from clinicsite.clinics.launching.subject import Subject
from clinicsite.clinics.models.launch import LaunchResult

Outcome = LaunchResult.Outcome
#: So many places are named in a line; that there are more is said.
MOST_NAMED = 5
FAILED = "This could not be checked: a fault of ours, which is in the server’s log."
NOT_ASKED = "Not checked yet"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fix:
    """Where something is put right: words for a link, and its address in the admin."""

    words: str
    url: str


@dataclass(frozen=True)
class Finding:
    """What a check found: in a sentence, and where it is put right."""

    outcome: Outcome
    sentence: str
    fixes: tuple[Fix, ...] = ()
    #: Whether nobody has tried to find it out.
    is_unasked: bool = False

    @property
    def label(self) -> str:
        """The outcome in a word or two."""
        return NOT_ASKED if self.is_unasked else Outcome(self.outcome).label


def ok(sentence: str) -> Finding:
    """All is as it should be."""
    return Finding(Outcome.OK, sentence)


def is_open(sentence: str, fixes: Iterable[Fix] = ()) -> Finding:
    """Something is to be done before patients come."""
    return Finding(Outcome.OPEN, sentence, _distinct(fixes))


def unknown(sentence: str, fixes: Iterable[Fix] = ()) -> Finding:
    """It could not be found out."""
    return Finding(Outcome.UNKNOWN, sentence, _distinct(fixes))


def unasked(sentence: str, fixes: Iterable[Fix] = ()) -> Finding:
    """Nobody has tried yet to find it out."""
    return Finding(Outcome.UNKNOWN, sentence, _distinct(fixes), is_unasked=True)


def _distinct(fixes):
    return tuple(dict.fromkeys(fixes))[:MOST_NAMED]


def named(names: Iterable[str]) -> str:
    """The first few names, and how many there are besides: “A”, “B” and 3 more."""
    found = list(dict.fromkeys(names))
    shown = ", ".join(f"“{name}”" for name in found[:MOST_NAMED])
    return f"{shown} and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else shown


class LaunchCheck(ABC):
    """One line of the checklist. `name` is kept in the database, and stays; `order` says where it stands."""

    name: ClassVar[str]
    title: ClassVar[str]
    order: ClassVar[int] = 1000

    @abstractmethod
    def look(self, subject: Subject) -> Finding:
        """What is found at a clinic; raises whatever it may, which is logged and said to be unknown."""


@dataclass(frozen=True)
class Line:
    """A check with what it found."""

    name: str
    title: str
    finding: Finding = field(compare=False)

    @property
    def is_open(self) -> bool:
        return self.finding.outcome == Outcome.OPEN


_checks: dict[str, type[LaunchCheck]] = {}


def register_launch_check(check: type[LaunchCheck]) -> type[LaunchCheck]:
    """Have this looked at before a clinic is opened, and every night while it is live."""
    _checks[check.name] = check
    return check


def launch_checks() -> list[type[LaunchCheck]]:
    """Every check, in the order of the list."""
    return sorted(_checks.values(), key=lambda check: (check.order, check.name))


def look_at(subject: Subject) -> list[Line]:
    """Every line of the checklist for one clinic. No fault of one check takes the others away."""
    return [Line(check.name, check.title, _found(check, subject)) for check in launch_checks()]


def _found(check, subject):
    try:
        return check().look(subject)
    except Exception:
        # Any app or project adds lines, and raises what it may: a fault in one must not hide the others.
        logger.exception("The check %s failed at %s.", check.name, subject.site.hostname)
        return unknown(FAILED)
