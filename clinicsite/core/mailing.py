"""How a mail is sent in the background, and tried again where a mail server does not take it."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.utils import timezone

#: How long after each failed attempt a mail is tried again.
PAUSES = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))


class MailNotSentError(Exception):
    """A mail server did not take a mail. Says whose by a number: logs are no place for addresses."""


def send_or_try_later(letter: EmailMessage, this_task, *args, attempt: int, about: str) -> None:
    """Send a mail, or queue its task for later where the queue can wait; the failure is logged with the task.

    Args:
        this_task: called again with `args` and the number of the next attempt.
        about: what the mail is about, for the log: "Message 17".
    """
    try:
        letter.send()
    except OSError as error:
        if attempt <= len(PAUSES) and this_task.get_backend().supports_defer:
            later = timezone.now() + PAUSES[attempt - 1]
            this_task.using(run_after=later).enqueue(*args, attempt + 1)
        code = getattr(error, "smtp_code", "")
        reason = f"{type(error).__name__} {code}".strip()
        raise MailNotSentError(f"{about}, attempt {attempt}: {reason}") from None
