"""Every mail of the product waits for a mail server in the same way."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks_db.models import DBTaskResult

import clinicsite
from clinicsite.clinics.tasks import mail_address_changed
from clinicsite.core import mailing
from tests.factories import UserFactory

ROOT = Path(clinicsite.__file__).parent
#: What is a link in a checkout has to be entered by name.
FOLDERS = [ROOT, ROOT / "home", ROOT / "locations", ROOT / "modalities"]


def given_to_a_server(path):
    """Where a module calls `.send()` of something, without arguments, as a mail is sent."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return any(
        isinstance(call.func, ast.Attribute) and call.func.attr == "send" and not call.args + call.keywords
        for call in calls
    )


def test_mails_are_given_to_a_server_in_one_place_alone():
    modules = {path for folder in FOLDERS for path in folder.rglob("*.py") if given_to_a_server(path)}
    assert modules == {ROOT / "core/mailing.py"}


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1


def test_a_mail_that_a_server_took_has_no_reason(mailoutbox):
    assert mailing.why_not_sent(EmailMessage("S", "B", "a@clinic.example", ["b@clinic.example"])) == ""
    assert len(mailoutbox) == 1


def test_the_word_to_an_old_address_is_tried_three_times_more(db, no_mail_server, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    person = UserFactory()
    for attempt in (1, 2, 3, 4):
        with pytest.raises(mailing.MailNotSentError, match=f"^Account {person.pk}, attempt {attempt}: Conn"):
            mail_address_changed.call(person.pk, "old@clinic.example", attempt)
    waiting = DBTaskResult.objects.order_by("run_after")
    assert [row.args_kwargs["args"] for row in waiting] == [
        [person.pk, "old@clinic.example", attempt] for attempt in (2, 3, 4)
    ]
    pauses = [row.run_after - row.enqueued_at for row in waiting]
    assert [round(pause / timedelta(minutes=5)) for pause in pauses] == [1, 12, 72]


def test_what_is_queued_for_later_is_undone_with_its_transaction(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with transaction.atomic():
        mailing.queue_for(mailing.next_attempt(1), mail_address_changed, 1, "old@clinic.example", 2)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
