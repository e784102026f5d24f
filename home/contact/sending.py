"""Sending a mail about a message: once, and again when that fails.

A mail is marked before a mail server is given it, and marked again when the server has taken it. A process
that dies between the two leaves it unknown whether the mail has gone. Then the clinic is told again, under
the same Message-ID, by which mail programs know the second for the first: a patient who waits for an answer
weighs more than a notice too many. The patient's receipt is not sent again.
"""

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from clinicsite.core.background import queue
from clinicsite.core.mailing import MailNotSentError, next_attempt, queue_for, why_not_sent
from clinicsite.home.contact.choices import MailKind, MailState
from clinicsite.home.contact.letters import notice_of, receipt_of
from clinicsite.home.contact.models import ContactMessage, MessageMail
from clinicsite.home.contact.throttling import may_get_receipt
from clinicsite.home.contact.ways import clinic_with

#: A mail server is waited for much less long (EMAIL_TIMEOUT): whoever began so long ago is gone.
GIVEN_UP_AFTER = timedelta(minutes=10)
UNKNOWN = "The process ended while it was being sent; it may have gone."


def send(message_id: int, kind: MailKind, this_task: Task) -> None:
    """Send a mail, unless it has been, or is no longer wanted; `this_task` is queued again if that fails.

    Raises:
        MailNotSentError: no mail server has taken it.
    """
    mail = _begin(message_id, kind)
    if mail is None:
        return
    letter = _letter_for(mail)
    if letter is None:
        _leave(mail, MailState.NOT_WANTED)
        return
    reason = why_not_sent(letter)
    if reason:
        _fail(mail, reason, this_task)
    else:
        _leave(mail, MailState.SENT)


def send_again(mail: MessageMail, this_task: Task) -> None:
    """Forget that a mail was given up, and queue it."""
    with transaction.atomic():
        mail.state, mail.attempts, mail.reason, mail.due_at = MailState.WAITING, 0, "", timezone.now()
        mail.save(update_fields=["state", "attempts", "reason", "due_at"])
        queue(this_task, mail.message_id)


def _begin(message_id, kind) -> MessageMail | None:
    """The mail, marked as being sent; None where there is nothing to do for this process."""
    with transaction.atomic():
        if not ContactMessage.objects.filter(pk=message_id).exists():
            return None
        MessageMail.objects.get_or_create(message_id=message_id, kind=kind)
        mail = MessageMail.objects.select_for_update().get(message_id=message_id, kind=kind)
        if not _may_begin(mail, timezone.now()):
            return None
        mail.state, mail.begun_at = MailState.BEGUN, timezone.now()
        mail.attempts += 1
        mail.save(update_fields=["state", "begun_at", "attempts"])
    return mail


def _may_begin(mail: MessageMail, now: datetime) -> bool:
    if mail.state == MailState.WAITING:
        return True
    if mail.state != MailState.BEGUN or mail.begun_at > now - GIVEN_UP_AFTER:
        return False
    if mail.kind == MailKind.NOTICE and next_attempt(mail.attempts):
        return True
    _leave(mail, MailState.NOT_SENT, UNKNOWN)
    return False


def _letter_for(mail) -> EmailMessage | None:
    """What to send; None where the clinic has no address, or the patient's mailbox had enough of us today."""
    message = ContactMessage.objects.select_related("page").get(pk=mail.message_id)
    clinic = clinic_with(message.page)
    if clinic is None:
        return None
    if mail.kind == MailKind.NOTICE:
        return notice_of(message, clinic) if clinic.email else None
    return receipt_of(message, clinic) if message.email and may_get_receipt(message) else None


def _fail(mail, reason, this_task):
    """Queue it for later, where the queue can wait; where not, whoever looks for lost work finds it."""
    moment = next_attempt(mail.attempts)
    if moment is None:
        _leave(mail, MailState.NOT_SENT, reason)
    else:
        mail.state, mail.due_at, mail.reason = MailState.WAITING, moment, reason
        with transaction.atomic():
            mail.save(update_fields=["state", "due_at", "reason"])
            queue_for(moment, this_task, mail.message_id)
    raise MailNotSentError(f"Message {mail.message_id}", mail.attempts, reason)


def _leave(mail, state, reason=""):
    """Note how it ended, after which nobody has to send it."""
    mail.state, mail.due_at, mail.reason = state, None, reason
    mail.save(update_fields=["state", "due_at", "reason"])
