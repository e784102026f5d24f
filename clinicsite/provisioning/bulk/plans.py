"""What a kind of bulk work answers: what it would change at a clinic, or in a sentence why it cannot."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import Site

CHANGED_MEANWHILE = (
    "Something was changed here since it was shown what would change. Nothing was done: look again."
)


class BulkError(Exception):
    """Why something is not done or not undone at a clinic; the message is for people."""


@dataclass
class Plan:
    """What would change at one clinic.

    Args:
        changes: One dictionary a thing, as JSON; equal to an earlier one only if nothing has changed since.
        notes: Sentences about what is left as it is.
    """

    changes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Job(Protocol):
    """One kind of work, with what was asked. Each is done within the caller's transaction."""

    def title(self) -> str:
        """What is done, in a line: Set “Tagline” to “Open late”."""
        ...

    def look(self, site: Site, user: AbstractBaseUser) -> Plan:
        """What would change at a clinic; raises `BulkError` where it cannot be done."""
        ...

    def do(self, site: Site, user: AbstractBaseUser, plan: Plan, message: str) -> list[dict[str, Any]]:
        """Do it; gives what `undo` needs, one dictionary a change. `message` is for pages' histories."""
        ...

    def undo(self, site: Site, user: AbstractBaseUser, plan: Plan, done: list, message: str) -> None:
        """Take it back wholly, or raise `BulkError` where something was changed since."""
        ...
