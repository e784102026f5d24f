"""How a mail is sent in the background, and tried again where a mail server does not take it."""

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks.base import Task

from clinicsite.core.background import queue

#: How long after each failed attempt a mail is tried again.
PAUSES = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))


class MailNotSentError(Exception):
    """A mail server did not take a mail. Says whose by a number: logs are no place for addresses."""

    def __init__(self, about: str, attempt: int, reason: str):
        super().__init__(f"{about}, attempt {attempt}: {reason}")


def why_not_sent(letter: EmailMessage) -> str:
    """Give a mail to the mail server: empty where it has taken it, else what it said, without an address."""
    try:
        letter.send()
    except OSError as error:
        return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
    return ""


def next_attempt(attempt: int) -> datetime | None:
    """When to try again after this attempt, counted from 1, has failed; None where it was the last."""
    return timezone.now() + PAUSES[attempt - 1] if attempt <= len(PAUSES) else None


def queue_for(moment: datetime, this_task: Task, *args) -> None:
    """Have a task done at a later moment; a queue that cannot wait is given nothing, for it would not."""
    if this_task.get_backend().supports_defer:
        queue(this_task.using(run_after=moment), *args)


def send_or_try_later(letter: EmailMessage, this_task: Task, *args, attempt: int, about: str) -> None:
    """Send a mail, or queue its task for later where the queue can wait; the failure is logged with the task.

    Args:
        this_task: called again with `args` and the number of the next attempt.
        about: what the mail is about, for the log: "Message 17".

    Raises:
        MailNotSentError: no mail server has taken it.
    """
    reason = why_not_sent(letter)
    if not reason:
        return
    moment = next_attempt(attempt)
    if moment is not None:
        queue_for(moment, this_task, *args, attempt + 1)
    raise MailNotSentError(about, attempt, reason)
