"""Pages that wait for the agency: who need not wait, what puts a page in the queue, and what takes it out."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page
from wagtail.signals import page_published

from clinicsite.clinics.tasks import AUTOMATIC
from clinicsite.clinics.tenancy import clinic_sites, scope_at_work
from clinicsite.clinics.tenancy.chosen import person_at_work
from clinicsite.core.background import queue
from clinicsite.core.conf import conf
from clinicsite.core.mailing import send_or_try_later
from clinicsite.core.printable import printable
from clinicsite.core.site_roots import site_at
from clinicsite.provisioning.models.risk import WaitingPage
from clinicsite.provisioning.risk.finding import new_risks

ACTION = "clinicsite.risk"
#: So much of a sentence is shown in a message.
SHOWN = 120
SENT_BACK = """{title} was not published. The agency looked at what it changes, and sends it back:

{note}

It is a draft as you left it: {url}
"""


def reasons_against(draft: Page) -> list[str]:
    """Why a clinic's own people cannot publish a draft yet: it changes claims or fees.

    A guard of publishing, asked by every door. What is refused is put into the queue, if its draft is kept.
    """
    person = person_at_work.get()
    if not conf.RISKY_CHANGES_WAIT or person is None or draft.pk is None or not _is_clinics(draft):
        return []
    if _is_above_clinics(person):
        return []
    stored = type(draft).objects.filter(pk=draft.pk).first()
    found = new_risks(draft, stored if stored is not None and stored.live_revision_id else None)
    if not found:
        return []
    _put_in_the_queue(draft, person, found)
    first = found[0] if len(found[0]) <= SHOWN else f"{found[0][:SHOWN]}…"
    return [
        f"It changes what it says of fees or claims (“{first}”), so that the agency looks at it first. "
        "It goes live when they say so: what is published in the editor waits in their queue."
    ]


def waiting_for(user) -> QuerySet:
    """The pages that wait for somebody: of the clinics they look after, the longest wait first."""
    rows = WaitingPage.objects.select_related("page", "asked_by")
    scope = scope_at_work(user)
    return rows if scope.is_everything else rows.filter(page__in=scope.pages().values("pk"))


@transaction.atomic
def send_back(row: WaitingPage, note: str, by) -> None:
    """Take a page out of the queue and tell whoever wanted it published why; its draft stays."""
    log(row.page, ACTION, user=by, data={"message": f"Sent back by the agency: {note}"})
    if row.asked_by_id:
        queue(mail_sent_back, row.asked_by_id, row.page_id, note)
    row.delete()


@task()
def mail_sent_back(person_id: int, page_id: int, note: str, attempt: int = 1) -> None:
    """Tell somebody that their page was sent back, if both are still there."""
    person = get_user_model().objects.filter(pk=person_id, is_active=True).first()
    page = Page.objects.filter(pk=page_id).first()
    if person is None or page is None:
        return
    title = page.get_admin_display_title()
    url = f"{conf.admin_root_url}{conf.admin_path}pages/{page_id}/edit/"
    letter = EmailMessage(
        subject=" ".join(printable(f"Not published: {title}").split()),
        body=printable(SENT_BACK.format(title=title, note=note, url=url)),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[getattr(person, person.get_email_field_name())],
        headers=AUTOMATIC,
    )
    about = f"Page {page_id} sent back"
    send_or_try_later(letter, mail_sent_back, person_id, page_id, note, attempt=attempt, about=about)


def connect_signals() -> None:
    """Have a page leave the queue when it is published, whoever publishes it."""
    page_published.connect(_forget, dispatch_uid="clinicsite_risk_published")


def register_log_actions(actions) -> None:
    """Make what the queue does known to Wagtail's log."""
    actions.register_action(ACTION)(_RiskMessage)


class _RiskMessage(LogFormatter):
    label = "The agency’s eyes first"

    def format_message(self, log_entry):
        return log_entry.data.get("message", self.label)


def _put_in_the_queue(draft, person, found):
    row, is_new = WaitingPage.objects.get_or_create(
        page_id=draft.pk, defaults={"asked_by": person, "found": found}
    )
    if is_new:
        log(draft, ACTION, user=person, data={"message": "Waits for the agency: it changes claims or fees"})
    elif row.found != found:
        row.found, row.asked_by = found, person
        row.save()


def _is_above_clinics(person):
    scope = scope_at_work(person)
    return scope.is_everything or scope.is_agencys or scope.is_networks


def _is_clinics(page):
    site = site_at(page.path)
    return bool(site) and clinic_sites().filter(pk=site[0]).exists()


def _forget(instance, **kwargs):
    if conf.RISKY_CHANGES_WAIT:
        WaitingPage.objects.filter(page_id=instance.pk).delete()
