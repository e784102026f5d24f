"""What may be published: the one place that decides, whichever way a page goes live.

The editor's form refuses at the field what is wrong. Everything that goes live is judged here all the same,
for other ways pass no form: the doors of the admin (publishing_doors.py) say why they refuse, a draft whose
time has come is taken off the schedule, and any other code gets an error from `BasePage.publish`.
"""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, Revision

#: Says in sentences why a draft, given as the page it would become, cannot go live.
Guard = Callable[[Page], list[str]]
REFUSED = "clinicsite.publish.refused"

_guards: list[Guard] = []


def register_publishing_guard(guard: Guard) -> None:
    """Have every draft judged by this guard as well before it goes live."""
    if guard not in _guards:
        _guards.append(guard)


def reasons_against_publishing(draft: Page) -> list[str]:
    """Sentences that say why this draft cannot go live; none where it can."""
    return list(dict.fromkeys([*invalid_values(draft), *_reasons_of_rules(draft)]))


def refuse_unfit(draft: Page) -> None:
    """Raise a `ValidationError` with what the rules of the apps have against a draft, if anything.

    What its model has against it is left to the save that makes it live, which raises the same error.
    """
    reasons = _reasons_of_rules(draft)
    if reasons:
        raise ValidationError(reasons)


def _reasons_of_rules(draft):
    return list(dict.fromkeys(reason for guard in _guards for reason in guard(draft)))


def invalid_values(instance: Model, **options) -> list[str]:
    """A sentence for each value that the model refuses, with the name of its field.

    `options` are those of Django's `full_clean`.
    """
    try:
        instance.full_clean(**options)
    except ValidationError as error:
        return [
            message if name == NON_FIELD_ERRORS else f"{_label(instance, name)}: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


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


def _label(instance, name):
    return str(instance._meta.get_field(name).verbose_name).capitalize()


class RefusedMessage(LogFormatter):
    """What a page's history says of a draft that was not fit to go live when its time came."""

    label = "Not published at the set time"

    def format_message(self, log_entry):
        return " ".join([f"{self.label}.", *log_entry.data.get("reasons", [])])
