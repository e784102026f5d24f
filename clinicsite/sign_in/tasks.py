"""Mails about signing in. Sent by `manage.py run_worker` in production, else beside the request."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from clinicsite.clinics.tasks import AUTOMATIC
from clinicsite.core.background import queue, takes_long
from clinicsite.core.conf import conf
from clinicsite.core.mailing import send_or_try_later
from clinicsite.core.printable import printable
from clinicsite.core.typed_times import date_in_words

NEW_PASSWORD = """Somebody, probably you, has asked for a new password.

Account: {name}
Choose the password here: {url}

The link works once, for {days} days. If you did not ask, you need do nothing: your password stays as it is.
"""
CHANGED = """On {day} {what}

Account: {name}
Where you sign in: {url}

If it was you, you need do nothing.
If it was not, somebody else is in your account: change its password, and tell the people who look after the
website today.
"""


@task()
@takes_long
def mail_new_password(address: str) -> None:
    """Have a link for a new password sent to each account of an address; most addresses have none."""
    for user in get_user_model().objects.filter(email__iexact=address, is_active=True):
        queue(mail_link, user.pk)


@task()
@takes_long
def mail_link(user_id: int, attempt: int = 1) -> None:
    """Send one account's link for a new password, to the address that the account has now."""
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        letter = _letter(
            user,
            "Choose a new password",
            NEW_PASSWORD,
            url=_link(user),
            days=_days(settings.PASSWORD_RESET_TIMEOUT),
        )
        send_or_try_later(letter, mail_link, user_id, attempt=attempt, about=f"Account {user_id}")


@task()
@takes_long
def mail_changed(user_id: int, what: str, attempt: int = 1) -> None:
    """Tell somebody what has changed about how they sign in, such as "a passkey was added"."""
    user = get_user_model().objects.filter(pk=user_id).exclude(email="").first()
    if user is not None:
        day = date_in_words(timezone.localdate())
        letter = _letter(
            user, "Signing in to your account", CHANGED, url=conf.admin_root_url, day=day, what=what
        )
        send_or_try_later(letter, mail_changed, user_id, what, attempt=attempt, about=f"Account {user_id}")


def _letter(user, subject, body, **words):
    return EmailMessage(
        subject=subject,
        body=printable(body.format(name=user.get_username(), **words)),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[user.email],
        headers=AUTOMATIC,
    )


def _link(user):
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse(
        "wagtailadmin_password_reset_confirm",
        urlconf=conf.admin_urlconf,
        kwargs={"uidb64": uid, "token": default_token_generator.make_token(user)},
    )
    return conf.admin_root_url + path


def _days(seconds):
    return max(1, seconds // (24 * 60 * 60))
