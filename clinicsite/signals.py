"""What the product tells a project: signals for receivers of its own.

Each is sent so that a receiver that raises does no harm to anybody: the error is logged by Django
(`django.dispatch`), the page is shown and what was saved stays. docs/reference/python-api.md lists arguments
and what a project may count on.
"""

from enum import StrEnum

from django.dispatch import Signal

__all__ = [
    "GivenAnswer",
    "answer_given",
    "clinic_created",
    "clinic_state_changed",
    "library_released",
    "page_composed",
]


class GivenAnswer(StrEnum):
    """What a clinic can say to the library; on the whole page where no section is named."""

    MADE_OWN = "made-own"
    BROUGHT_BACK = "brought-back"
    HIDDEN = "hidden"
    RETURNED = "returned"
    KEPT_OWN = "kept-own"
    MERGED = "merged"
    KEPT_RETIRED = "kept-retired"
    DROPPED_RETIRED = "dropped-retired"
    ACCEPTED = "accepted"
    HELD = "held"
    FOLLOWS_LIVE = "follows-live"


#: A page was put together for a reader, and is about to be shown. Sender: the page's class.
#: Arguments: page, site, sections.
page_composed = Signal()

#: A version of a library page has reached every clinic. Sender: the class `Release`. Arguments: release.
library_released = Signal()

#: A clinic has answered the library. Sender: the page's class.
#: Arguments: page, section_id, answer, user, is_published.
answer_given = Signal()

#: A clinic has been made whole, or what it lacked has. Sender: the class `ClinicSettings`.
#: Arguments: site, spec, is_new, user.
clinic_created = Signal()

#: A clinic's site has another state: draft, staging, live or suspended. Sender: the class `ClinicSettings`.
#: Arguments: site, before, after, user.
clinic_state_changed = Signal()
