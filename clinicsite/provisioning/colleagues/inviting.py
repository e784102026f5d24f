"""Asking somebody to work at a clinic: a signed link by mail, good once and for a week.

Whoever asks learns nothing of the address: what happens is the same whether or not somebody has an account
under it, here or at another clinic, until they say yes themselves.
"""

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from wagtail.models import Site

from clinicsite.clinics.audit.log import record
from clinicsite.clinics.models import AuditEntry
from clinicsite.clinics.tasks import AUTOMATIC
from clinicsite.core.background import queue, takes_long
from clinicsite.core.conf import conf
from clinicsite.core.mailing import MailNotSentError, send_or_try_later
from clinicsite.core.printable import printable
from clinicsite.core.senders import count_up
from clinicsite.core.typed_times import date_in_words
from clinicsite.provisioning.colleagues.rights import may_give
from clinicsite.provisioning.models import Invitation, new_key

#: Mails that one clinic may send to people outside in an hour.
MOST_MAILS = 30
HOUR = 60 * 60
TOO_MANY = "Too many mails were sent in the last hour. Nothing was sent. Wait an hour, and try again."
_SALT = "clinicsite.provisioning.colleagues"
LETTER = """Hello,

{inviter} asks you to work on the website of {clinic}, as {role}. Say yes here:
{link}

The link works once, and until {day}. It is for this e-mail address alone: do not pass it on.

If you do not know what this is about, you need do nothing.
"""


class TooManyError(Exception):
    """A clinic has sent as many mails to people outside as it may in an hour."""


def invite(site: Site, email: str, role: str, by) -> Invitation:
    """Ask somebody, or ask again with another role, and mail them in the background.

    Raises:
        PermissionDenied: `by` would give more than they have.
        TooManyError: the clinic has sent enough for now.
    """
    _refuse_unless(by, site, role)
    with transaction.atomic():
        Invitation.objects.filter(site=site, email__iexact=email).delete()
        invitation = Invitation.objects.create(site=site, email=email, role=role, invited_by=by)
        _note("Asked", invitation, by)
        queue(mail_colleague, invitation.pk)
    return invitation


def send_again(invitation: Invitation, by) -> None:
    """Mail another link; the one before works no more. Raises as `invite` does."""
    _refuse_unless(by, invitation.site, invitation.role)
    with transaction.atomic():
        invitation.key, invitation.sent_at, invitation.invited_by = new_key(), timezone.now(), by
        invitation.mail, invitation.reason = Invitation.Mail.WAITING, ""
        invitation.save()
        _note("Asked again", invitation, by)
        queue(mail_colleague, invitation.pk)


def withdraw(invitation: Invitation, by) -> None:
    """Take an invitation back: its link leads to nothing from now on."""
    _note("Taken back", invitation, by)
    invitation.delete()


def token_of(invitation: Invitation) -> str:
    """What stands in the link: only we can have written it, and it is good for the last mail alone."""
    return signing.dumps([invitation.pk, invitation.key], salt=_SALT)


def read_token(token: str) -> Invitation | None:
    """The invitation that a link is for; None where it was answered, taken back or sent again since.

    Raises:
        signing.BadSignature: the link is not as we wrote it.
    """
    pk, key = signing.loads(token, salt=_SALT)
    return Invitation.objects.select_related("site", "invited_by").filter(pk=pk, key=key).first()


@task()
@takes_long
def mail_colleague(invitation_id: int, attempt: int = 1) -> None:
    """Send the mail of an invitation, unless it was answered or taken back; note how that went."""
    invitation = Invitation.objects.select_related("site", "invited_by").filter(pk=invitation_id).first()
    if invitation is None:
        return
    rows = Invitation.objects.filter(pk=invitation_id, key=invitation.key)
    try:
        send_or_try_later(
            letter_for(invitation),
            mail_colleague,
            invitation_id,
            attempt=attempt,
            about=f"Invitation {invitation_id}",
        )
    except MailNotSentError as error:
        rows.update(mail=Invitation.Mail.NOT_SENT, reason=str(error).rpartition(": ")[2][:100])
        raise
    rows.update(mail=Invitation.Mail.SENT, reason="")


def letter_for(invitation: Invitation) -> EmailMessage:
    """The mail; in the same words for everybody."""
    clinic = clinic_name(invitation.site)
    path = reverse("clinicsite_invitation:answer", args=[token_of(invitation)], urlconf=conf.admin_urlconf)
    body = LETTER.format(
        inviter=_inviter(invitation, clinic),
        clinic=clinic,
        role=invitation.role_in_words,
        link=f"{conf.admin_root_url}{path}",
        day=date_in_words(timezone.localdate(invitation.ends_at)),
    )
    return EmailMessage(
        subject=" ".join(printable(f"{clinic} asks you to work on its website").split()),
        body=printable(body),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[invitation.email],
        headers=AUTOMATIC,
    )


def clinic_name(site: Site) -> str:
    """What a clinic is called to whoever is asked in."""
    return site.site_name or site.hostname


def _refuse_unless(by, site, role):
    if not may_give(by, site, role):
        raise PermissionDenied
    if count_up("invitations", f"site {site.pk}", HOUR) > MOST_MAILS:
        raise TooManyError


def _inviter(invitation, clinic):
    by = invitation.invited_by
    return (by and getattr(by, "get_full_name", str)()) or clinic


def _note(what, invitation, by):
    about = f"{what}: {invitation.email} as {invitation.role}"
    record(AuditEntry.Kind.INVITATION, about, site_id=invitation.site_id, person=by)
