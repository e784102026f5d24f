"""What a clinic tells everybody for a while, such as that it is closed for a storm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Announcement:
    """A message on top of every page, for a while."""

    text: str
    starts: datetime | None
    ends: datetime | None

    def is_shown_at(self, moment: datetime) -> bool:
        """Whether patients see it at this moment."""
        has_begun = self.starts is None or self.starts <= moment
        return bool(self.text) and has_begun and (self.ends is None or moment < self.ends)


def first_due(announcements: Iterable[Announcement], moment: datetime) -> str:
    """The words of the first that patients see at a moment; empty where there is none."""
    return next((one.text for one in announcements if one.is_shown_at(moment)), "")
