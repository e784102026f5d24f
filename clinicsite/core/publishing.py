"""What must be right before a page goes live, asked where publishing passes no form.

The editor's form refuses what is wrong. Approving from a list, publishing in bulk and publishing at a set
time pass no form, so each of them asks here.
"""

from collections.abc import Callable

from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, Revision

#: Says in sentences why a draft, given as the page it would become, cannot go live.
Guard = Callable[[Page], list[str]]
#: How Wagtail's `publish_scheduled` names itself when it publishes a revision whose time has come.
SCHEDULED = "wagtail.publish.scheduled"
REFUSED = "clinicsite.publish.refused"

_guards: list[Guard] = []


def register_publishing_guard(guard: Guard) -> None:
    """Have every draft judged by this guard as well before it goes live."""
    if guard not in _guards:
        _guards.append(guard)


def reasons_against_publishing(draft: Page) -> list[str]:
    """Sentences that say why this draft cannot go live; none where it can."""
    return [reason for guard in _guards for reason in guard(draft)]


def is_refused_at_its_time(revision: Revision) -> bool:
    """Take a revision off the schedule if it is not fit to go live, and say why in the page's history.

    The other pages that are due must go live all the same, so nothing is raised.
    """
    draft = revision.as_object()
    reasons = reasons_against_publishing(draft)
    if not reasons:
        return False
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(draft, REFUSED, revision=revision, data={"reasons": reasons})
    return True


class RefusedMessage(LogFormatter):
    """What a page's history says of a draft that was not fit to go live when its time came."""

    label = "Not published at the set time"

    def format_message(self, log_entry):
        return " ".join([f"{self.label}.", *log_entry.data.get("reasons", [])])
