"""How much may be sent: by one sender, to one clinic, and to one patient's mailbox.

Senders are counted in the cache, which all processes share where there are several, or in each process while
that cache does not answer. What is stored anyhow, messages by clinic and by e-mail address, is counted in the
database.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinicsite.core.senders import client_address, count_up, network_of
from clinicsite.home.contact.models import ContactMessage

HOUR = 60 * 60
#: Messages one sender's address may send in an hour, to all clinics together.
MOST_OF_A_SENDER = 5
#: Messages one clinic takes in an hour; above that it is under attack, and asks people to call.
MOST_TO_A_CLINIC = 60
#: Mails we send to one address in a day because somebody wrote it into a form.
MOST_TO_A_MAILBOX = 3


def sender_of(request) -> str:
    """What tells one sender from another and names neither: no list of patients' addresses is kept."""
    return salted_hmac("clinicsite.home.contact.throttling", network_of(client_address(request))).hexdigest()


def has_sent_too_much(request) -> bool:
    """Count this message against its sender; true once the share of this hour of the day is used up."""
    return count_up("contact_throttle", network_of(client_address(request)), HOUR) > MOST_OF_A_SENDER


def gets_too_much(page) -> bool:
    """Whether a contact page has taken in this hour all that a clinic can read."""
    since = timezone.now() - timedelta(hours=1)
    return ContactMessage.objects.filter(page_id=page.pk, created_at__gte=since).count() >= MOST_TO_A_CLINIC


def may_get_receipt(message) -> bool:
    """Whether one more mail may go to the address in a message: we flood nobody's mailbox."""
    since = timezone.now() - timedelta(days=1)
    lately = ContactMessage.objects.filter(email__iexact=message.email, created_at__gte=since)
    return lately.exclude(pk=message.pk).count() < MOST_TO_A_MAILBOX
