"""Processes that are killed while a patient's message is stored and told of: real ones, by real signals."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from clinicsite.home.contact.sending import GIVEN_UP_AFTER
from clinicsite.home.models import ContactMessage, MessageMail
from tests.commands import ROOT, environment, manage
from tests.factories import ContactPageFactory
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)

#: Stores a message, and is gone in the moment in which it has been committed.
DELIVER_AND_DIE = """
import os
from django.db import transaction
from clinicsite.home.contact.choices import RequestKind
from clinicsite.home.contact.delivery import deliver
from clinicsite.home.models import ContactPage

values = {"name": "Jo Example", "email": "jo@patients.example", "message": "Is Saturday possible?"}
with transaction.atomic():
    transaction.on_commit(lambda: os._exit(9))
    deliver(RequestKind.MESSAGE, values, ContactPage.objects.get(), "one sending")
"""


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def server_settings(clinic, databases, mail_server, tmp_path):
    """What a process on this database is told; `TASKS_BACKEND` decides who does its work."""
    ContactPageFactory(parent=clinic.home)
    told = environment(databases.store.url(), tmp_path) | {"EMAIL_URL": mail_server.url}
    return lambda backend: told | {"TASKS_BACKEND": backend}


def run_and_die(settings):
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", DELIVER_AND_DIE]
    assert subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode == 9
    assert ContactMessage.objects.count() == 1


def work_off(settings, *options):
    return manage(settings, "run_worker", "--batch", "--no-startup-delay", "-v", "0", *options)


def let_pass(time):
    """Have what is stored of mails and tasks lie further back."""
    MessageMail.objects.update(due_at=F("due_at") - time, begun_at=F("begun_at") - time)
    DBTaskResult.objects.update(started_at=F("started_at") - time)


def people(letters):
    return sorted(letter["To"] for letter in letters)


def told_of(clinic):
    return sorted([clinic.settings.email, "jo@patients.example"])


def test_a_queue_in_the_database_has_the_mails_as_soon_as_the_message_is_stored(
    clinic, server_settings, mail_server
):
    run_and_die(server_settings("database"))
    assert DBTaskResult.objects.ready().filter(task_path__contains=".mail_").count() == 2
    work_off(server_settings("database"))
    assert people(mail_server.letters) == told_of(clinic)


def test_without_a_queue_the_mails_are_found_and_sent_once(clinic, server_settings, mail_server):
    settings = server_settings("immediate")
    run_and_die(settings)
    assert "0 mails" in manage(settings, "recover_work")
    assert mail_server.letters == []
    let_pass(GIVEN_UP_AFTER)
    assert "2 mails" in manage(settings, "recover_work")
    assert people(mail_server.letters) == told_of(clinic)
    let_pass(timedelta(days=1))
    assert "0 mails" in manage(settings, "recover_work")
    assert len(mail_server.letters) == 2


def test_a_worker_killed_while_a_mail_server_takes_a_mail_sends_no_patient_a_second(
    clinic, server_settings, mail_server
):
    settings = server_settings("database")
    run_and_die(settings)
    kill_worker_whenever_a_letter_is_taken(settings, mail_server)
    assert people(mail_server.letters) == told_of(clinic)
    assert DBTaskResult.objects.running().count() == 2

    # It is not known whether these have gone: as long as another process may be at it, nobody sends them.
    mail_server.when_taken = lambda letter: None
    let_pass(timedelta(minutes=1))
    work_off(settings)
    assert len(mail_server.letters) == 2

    # Then the clinic is told again, in a mail that its program knows for the same, and the patient is not.
    let_pass(timedelta(minutes=20))
    work_off(settings)
    first = next(one for one in mail_server.letters if one["To"] == clinic.settings.email)
    (again,) = mail_server.letters[2:]
    assert (again["To"], again["Message-ID"]) == (clinic.settings.email, first["Message-ID"])
    receipt = MessageMail.objects.get(kind="receipt")
    assert (receipt.state, receipt.due_at) == ("not_sent", None)
    assert MessageMail.objects.get(kind="notice").state == "sent"

    let_pass(timedelta(days=1))
    work_off(settings)
    assert len(mail_server.letters) == 3
    assert not DBTaskResult.objects.running().exists()


def kill_worker_whenever_a_letter_is_taken(settings, mail_server):
    """Have two workers, one after the other, die at a mail each."""
    for _ in range(2):
        command = [sys.executable, "manage.py", "run_worker", "--no-startup-delay", "-v", "0"]
        worker = subprocess.Popen(command, cwd=ROOT, env=settings)
        mail_server.when_taken = lambda letter, pid=worker.pid: os.kill(pid, signal.SIGKILL)
        assert worker.wait(60) == -signal.SIGKILL
