"""Background work of the contact pages. Runs in `manage.py db_worker` in production, else at once."""

from django_tasks import task

from clinicsite.core.mailing import send_or_try_later
from clinicsite.home.contact.letters import notice_of, receipt_of
from clinicsite.home.contact.models import ContactMessage
from clinicsite.home.contact.retention import purge
from clinicsite.home.contact.throttling import may_get_receipt
from clinicsite.home.contact.ways import clinic_with


@task()
def mail_notice(message_id: int, attempt: int = 1) -> None:
    """Tell a clinic that it has a message, if it has an address and the message is still there."""
    message = ContactMessage.objects.select_related("page").filter(pk=message_id).first()
    clinic = clinic_with(message.page) if message else None
    if clinic and clinic.email:
        _send(notice_of(message, clinic), mail_notice, message_id, attempt)


@task()
def mail_receipt(message_id: int, attempt: int = 1) -> None:
    """Tell a patient that their message has arrived, unless their mailbox had enough mail of us today."""
    message = ContactMessage.objects.select_related("page").filter(pk=message_id).exclude(email="").first()
    clinic = clinic_with(message.page) if message else None
    if clinic and may_get_receipt(message):
        _send(receipt_of(message, clinic), mail_receipt, message_id, attempt)


@task()
def purge_old_messages() -> None:
    """Delete the messages whose time is up."""
    purge()


def _send(letter, this_task, message_id, attempt):
    send_or_try_later(letter, this_task, message_id, attempt=attempt, about=f"Message {message_id}")
