"""The mails about a launch: a test message to the clinic, and what has broken at a live site."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from wagtail.models import Site

from clinicsite.clinics.launching.checks import Line
from clinicsite.clinics.launching.results import Broken, keep
from clinicsite.clinics.models.launch import MailTest
from clinicsite.clinics.models.roles import AgencyRole, ClinicRole
from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS
from clinicsite.core.background import queue
from clinicsite.core.conf import conf
from clinicsite.core.mailing import send_or_try_later
from clinicsite.core.printable import printable

#: Keeps out-of-office programs from answering (RFC 3834, and Microsoft's own header).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
TEST = """Messages that patients write on the website of {clinic} are announced at this address.
This is a test. Please open the link, so that we know that somebody reads this:
{link}

{agency}
"""
BROKEN = """Something on the website of {clinic} was in order and is not any more:

{lines}

The whole list, with links to where each is put right:
{link}

You get one mail when something breaks, and none again until it was mended.
"""
BROKEN_AGENCY = """On these websites something was in order and is not any more:

{clinics}

You get one mail when something breaks, and none again until it was mended.
"""


def send_test(site: Site) -> MailTest:
    """Send a test message to the clinic's address, in the background; one sent before counts no more."""
    chosen = ClinicSettings.objects.get(site=site)
    test, _is_new = MailTest.objects.update_or_create(
        site=site,
        defaults={
            "address": chosen.email,
            "token": secrets.token_urlsafe(32),
            "sent_at": timezone.now(),
            "confirmed_at": None,
        },
    )
    queue(mail_test, test.token)
    return test


@task()
def mail_test(token: str, attempt: int = 1) -> None:
    """Send the test message of a clinic, unless another was asked for since."""
    test = MailTest.objects.filter(token=token).select_related("site__clinicsite_settings").first()
    if test is None:
        return
    clinic = test.site.clinicsite_settings.name or test.site.hostname
    body = TEST.format(
        clinic=clinic,
        link=_admin(reverse("clinicsite_mail_test", args=[token], urlconf=conf.admin_urlconf)),
        agency=conf.AGENCY_NAME or "Your agency",
    )
    letter = _letter(f"{clinic}: a test message from your website", body, [test.address])
    send_or_try_later(letter, mail_test, token, attempt=attempt, about=f"Mail test of site {test.site_id}")


@transaction.atomic
def keep_and_tell(site: Site, lines: Iterable[Line]) -> Broken:
    """Keep what was found at a clinic, and tell its owners what has broken since, in the background.

    What is kept as told and the mail that tells it are one transaction.
    """
    broken = Broken(site, tuple(keep(site, lines)))
    if broken.lines:
        queue(mail_owners, site.pk, _in_words(broken))
    return broken


def tell_agency(found: Iterable[Broken]) -> None:
    """Tell the agency in one mail what has broken at all clinics, in the background."""
    parts = [f"{_name(one.site)}\n{_in_words(one)}\n{_list(one.site)}" for one in found if one.lines]
    if parts:
        queue(mail_agency, "\n\n".join(parts))


@task()
def mail_owners(site_id: int, lines: str, attempt: int = 1) -> None:
    """Tell the owners of a clinic what has broken on its site; where there is none, the clinic itself."""
    site = Site.objects.filter(pk=site_id).select_related("clinicsite_settings").first()
    to = owners_of(site) if site is not None else []
    if site is None or not to:
        return
    body = BROKEN.format(clinic=_name(site), lines=lines, link=_list(site))
    letter = _letter(f"{_name(site)}: something on your website needs you", body, to)
    send_or_try_later(letter, mail_owners, site_id, lines, attempt=attempt, about=f"Broken at site {site_id}")


@task()
def mail_agency(clinics: str, attempt: int = 1) -> None:
    """Tell the agency's administrators what has broken, at which clinics."""
    role = AgencyRole.objects.filter(role=AGENCY_ADMINISTRATORS).first()
    to = _addresses(get_user_model().objects.filter(groups=role.group_id)) if role is not None else []
    if not to:
        return
    letter = _letter("Something on clinics’ websites needs you", BROKEN_AGENCY.format(clinics=clinics), to)
    send_or_try_later(letter, mail_agency, clinics, attempt=attempt, about="Broken, to the agency")


def owners_of(site: Site) -> list[str]:
    """Where the people are written to who own a clinic; the clinic's own address where none has one."""
    groups = ClinicRole.objects.filter(site=site, role=ClinicRole.Role.OWNER).values("group")
    found = _addresses(get_user_model().objects.filter(groups__in=groups))
    email = site.clinicsite_settings.email
    return found or ([email] if email else [])


def _addresses(people):
    field = get_user_model().get_email_field_name()
    found = people.filter(is_active=True).exclude(**{field: ""}).order_by(field)
    return list(found.values_list(field, flat=True).distinct())


def _in_words(broken):
    return "\n".join(f"- {line.title}: {line.finding.sentence}" for line in broken.lines)


def _name(site):
    return site.site_name or site.hostname


def _list(site):
    return _admin(reverse("clinicsite_launch:index", args=[site.pk], urlconf=conf.admin_urlconf))


def _admin(path):
    return f"{conf.admin_root_url}{path}"


def _letter(subject, body, to):
    # Owners of one clinic may know each other; a copy for each keeps addresses apart all the same.
    return EmailMessage(
        subject=" ".join(printable(subject).split()),
        body=printable(body),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=to if len(to) == 1 else [],
        bcc=to if len(to) > 1 else [],
        headers=AUTOMATIC,
    )
