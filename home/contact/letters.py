"""The two mails about a message: to the clinic that there is one, to the patient that it has arrived.

Mail passes servers that nobody here chose, and stays in mailboxes for ever. So neither holds a word of what
the patient wrote, nor their name or number.
"""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinicsite.clinics.profile import ClinicProfile
from clinicsite.core.conf import conf
from clinicsite.core.printable import printable
from clinicsite.core.zones import zone_or_none
from clinicsite.home.contact.choices import RequestKind

#: Keeps out-of-office programs from answering each other (RFC 3834, and Microsoft's own header).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
NOUNS = {
    RequestKind.MESSAGE: "message",
    RequestKind.CALL_BACK: "call-back request",
    RequestKind.CONSULTATION: "request for a free consultation",
}
NOTICE = """You have a new {noun} from the website of {clinic}.

Read it and answer it here:
{url}

It is deleted on {delete_on}. What it says is not in this mail, because mail is not private.
"""
RECEIPT = """{thanks}
{call}
{clinic}
{url}

You get this mail because somebody wrote your address into a form on our website.
If that was not you, you need do nothing.
"""


def notice_of(message, clinic: ClinicProfile) -> EmailMessage:
    """To the clinic: there is something to read."""
    path = reverse("clinicsite_messages:read", args=[message.pk], urlconf=conf.admin_urlconf)
    noun = NOUNS[RequestKind(message.kind)]
    body = NOTICE.format(
        noun=noun,
        clinic=clinic.name,
        url=f"{conf.admin_root_url}{path}",
        delete_on=timezone.localdate(message.delete_at, zone_or_none(clinic.time_zone)),
    )
    return EmailMessage(
        subject=_one_line(f"New {noun} from the website of {clinic.name}"),
        body=printable(body),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[clinic.email],
        headers=AUTOMATIC | {"Message-ID": _number_of(message, "notice")},
    )


def receipt_of(message, clinic: ClinicProfile) -> EmailMessage:
    """To the patient: it has arrived, and when it is answered, in the clinic's words alone."""
    place = clinic.parts["places"].primary
    phone = place.phone if place else None
    body = RECEIPT.format(
        thanks=message.page.specific.thanks,
        call=f"\nIf it cannot wait, please call us: {phone.text}\n" if phone else "",
        clinic=clinic.name,
        url=f"{clinic.root_url}/",
    )
    return EmailMessage(
        subject=_one_line(f"{clinic.name}: we have your {NOUNS[RequestKind(message.kind)]}"),
        body=printable(body),
        from_email=_sender_named(clinic.name),
        to=[message.email],
        reply_to=[clinic.email] if clinic.email else None,
        headers=AUTOMATIC | {"Message-ID": _number_of(message, "receipt")},
    )


def _sender_named(name: str) -> str:
    """The install's own address under a clinic's name: mail servers know the one, patients the other."""
    return formataddr((_one_line(name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _number_of(message, kind: str) -> str:
    """The same however often a mail is sent, by which mail programs know it again (RFC 5322, 3.6.4)."""
    number = salted_hmac(f"clinicsite.home.contact.letters {kind}", str(message.pk)).hexdigest()
    return f"<{number}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}>"


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
