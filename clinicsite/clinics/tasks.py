"""Background work about people. Runs in `manage.py run_worker` in production, else at once."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from clinicsite.core.conf import conf
from clinicsite.core.mailing import send_or_try_later
from clinicsite.core.printable import printable
from clinicsite.core.typed_times import date_in_words

#: Keeps out-of-office programs from answering (RFC 3834, and Microsoft's own header).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
ADDRESS_CHANGED = """On {day} the e-mail address of your account was changed.

Account: {name}
Where you sign in: {url}

Mail about the account, such as a link for a new password, goes to the new address from now on.

If you changed it, you need do nothing.
If you did not, somebody else is in your account: tell the people who look after the website today.
"""

CONFIRM = """Somebody, and we hope that it was you, wants this to be the e-mail address of an account.

Account: {name}

If it was you, open this within three days, signed in to that account:
{link}

If it was not, you need do nothing: the account keeps the address it has.
"""


@task()
def mail_confirm_address(user_id: int, address: str, link: str, attempt: int = 1) -> None:
    """Ask at an address whether it is the account's, if the account is still there."""
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is not None:
        letter = EmailMessage(
            subject="Is this your e-mail address?",
            body=printable(CONFIRM.format(name=user.get_username(), link=link)),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers=AUTOMATIC,
        )
        about = f"Account {user_id}"
        send_or_try_later(letter, mail_confirm_address, user_id, address, link, attempt=attempt, about=about)


@task()
def mail_address_changed(user_id: int, old_address: str, attempt: int = 1) -> None:
    """Tell the address that an account had that it has another now, if the account is still there."""
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is not None:
        letter = address_changed(user, old_address)
        about = f"Account {user_id}"
        send_or_try_later(letter, mail_address_changed, user_id, old_address, attempt=attempt, about=about)


def address_changed(user, old_address: str) -> EmailMessage:
    """To the old address: it is no longer the account's. The new one is not named."""
    return EmailMessage(
        subject="Your e-mail address was changed",
        body=printable(
            ADDRESS_CHANGED.format(
                day=date_in_words(timezone.localdate()), name=user.get_username(), url=conf.admin_root_url
            )
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[old_address],
        headers=AUTOMATIC,
    )
