"""Storing what was sent, once, and with it the mails about it, so that neither is there without the other."""

import hashlib
import json
import time

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from clinicsite.core.background import queue
from clinicsite.home.contact.choices import MailKind, RequestKind
from clinicsite.home.contact.models import ContactMessage, MessageMail
from clinicsite.home.contact.tasks import SENDERS, purge_old_messages

HOUR = 60 * 60
DAY = 24 * HOUR


def submissions_of(sender: str, kind: RequestKind, values: dict[str, str], page) -> list[str]:
    """What names the sending of these values by one sender in this hour, and in the hour before.

    The same words from the same sender (`throttling.sender_of`) are the same sending, whether a button was
    pressed twice or a page gone back to; later in the day they are a new request.
    """
    hour = int(time.time()) // HOUR
    return [_digest([sender, kind, values, page.pk, one]) for one in (hour, hour - 1)]


def is_stored(submissions: list[str]) -> bool:
    """Whether this sending has arrived before."""
    return ContactMessage.objects.filter(submission__in=submissions).exists()


def deliver(kind: RequestKind, values: dict[str, str], page, submission: str) -> None:
    """Store a message, once for each sending, and have the clinic and the patient told."""
    with transaction.atomic():
        message, is_new = ContactMessage.objects.get_or_create(
            submission=submission, defaults={"kind": kind, "page": page, **values}
        )
        if is_new:
            _tell(message)
    if is_new and cache.add(f"messages_purged:{timezone.now():%Y-%m-%d}", True, DAY):
        # What we promise about deleting holds even where nobody has set up the nightly command.
        queue(purge_old_messages)


def _tell(message):
    """Have the clinic told, and the patient who gave an address; a queue that is down stops neither form."""
    for kind in MailKind if message.email else [MailKind.NOTICE]:
        MessageMail.objects.create(message=message, kind=kind)
        queue(SENDERS[kind], message.pk)


def _digest(parts):
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
