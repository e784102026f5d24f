"""Background work of the contact pages. Runs in `manage.py run_worker` in production, else at once."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from clinicsite.core.background import queue
from clinicsite.home.contact.choices import MailKind
from clinicsite.home.contact.models import MessageMail
from clinicsite.home.contact.retention import purge
from clinicsite.home.contact.sending import GIVEN_UP_AFTER, send


@task()
def mail_notice(message_id: int) -> None:
    """Tell a clinic that it has a message, if it has an address and the message is still there."""
    send(message_id, MailKind.NOTICE, mail_notice)


@task()
def mail_receipt(message_id: int) -> None:
    """Tell a patient that their message has arrived, unless their mailbox had enough mail of us today."""
    send(message_id, MailKind.RECEIPT, mail_receipt)


@task()
def purge_old_messages() -> None:
    """Delete the messages whose time is up."""
    purge()


#: What sends each kind of mail.
SENDERS = {MailKind.NOTICE: mail_notice, MailKind.RECEIPT: mail_receipt}


def queue_overdue() -> int:
    """Queue again the mails that should have gone by now, whatever became of their task; how many."""
    now = timezone.now()
    overdue = MessageMail.objects.filter(due_at__lte=now - GIVEN_UP_AFTER)
    return sum(_queue_overdue(mail, now) for mail in overdue)


def _queue_overdue(mail, now):
    with transaction.atomic():
        # Only as it was found: somebody else may look for lost work in the same moment.
        is_ours = MessageMail.objects.filter(pk=mail.pk, due_at=mail.due_at).update(due_at=now)
        if is_ours:
            queue(SENDERS[MailKind(mail.kind)], mail.message_id)
    return is_ours
