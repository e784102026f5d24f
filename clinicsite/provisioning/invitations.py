"""The mail by which somebody comes to a clinic's admin: a link to set a password, good once and for a while.

The link is Django's own for a new password, made when the mail is sent. Whoever lets it run out asks for
another with "Forgotten password?" at the sign-in.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task
from wagtail.models import Site

from clinicsite.core.background import queue
from clinicsite.core.conf import conf
from clinicsite.core.mailing import send_or_try_later
from clinicsite.core.printable import printable

HOUR, DAY = 60 * 60, 24 * 60 * 60
NEW = """Hello{name},

{agency} has made a website for {clinic}, and you look after it. Set a password here:
{link}

The link works once, and for {time}. If it has run out, open {admin}
and press “Forgotten password?”.
You sign in as: {username}

If you do not know what this is about, you need do nothing.
"""
KNOWN = """Hello{name},

{agency} has made a website for {clinic}, and you look after it. Sign in with the password you have:
{admin}

You sign in as: {username}
"""


def invite(person, site: Site) -> None:
    """Mail somebody the way to a clinic's admin, in the background, once what is under way is committed.

    Args:
        person: One of the clinic's people. Somebody who has never signed in gets a link to set a password.
        site: The clinic's.
    """
    queue(mail_invitation, person.pk, site.pk)


@task()
def mail_invitation(person_id: int, site_id: int, attempt: int = 1) -> None:
    """Send the invitation, unless the person or the clinic has gone since."""
    person = get_user_model().objects.filter(pk=person_id, is_active=True).first()
    site = Site.objects.filter(pk=site_id).first()
    if person is not None and site is not None:
        letter = invitation_for(person, site)
        send_or_try_later(
            letter, mail_invitation, person_id, site_id, attempt=attempt, about=f"Invitation of {person_id}"
        )


def invitation_for(person, site: Site) -> EmailMessage:
    """The mail to one person."""
    first_name = getattr(person, "first_name", "")
    values = {
        "name": f" {first_name}" if first_name else "",
        "agency": conf.AGENCY_NAME or "Your agency",
        "clinic": site.site_name or site.hostname,
        "admin": f"{conf.admin_root_url}{conf.admin_path}",
        "username": person.get_username(),
        "time": _lasts(),
    }
    text = KNOWN.format(**values) if person.last_login else NEW.format(**values, link=_link_for(person))
    return EmailMessage(
        subject=" ".join(printable(f"{values['clinic']}: your website").split()),
        body=printable(text),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[getattr(person, person.get_email_field_name())],
    )


def _link_for(person):
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    path = reverse("wagtailadmin_password_reset_confirm", args=[key, token], urlconf=conf.admin_urlconf)
    return f"{conf.admin_root_url}{path}"


def _lasts():
    seconds = settings.PASSWORD_RESET_TIMEOUT
    if seconds >= 2 * DAY:
        return f"{seconds // DAY} days"
    hours = max(1, seconds // HOUR)
    return f"{hours} hour{pluralize(hours)}"
