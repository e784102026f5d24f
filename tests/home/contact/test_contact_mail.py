"""The mails about a message: that there is one, and nothing of what it says."""

import logging
import re
from datetime import timedelta

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.profile import profile_for
from clinicsite.home.contact.letters import notice_of
from clinicsite.home.contact.tasks import mail_notice, mail_receipt
from clinicsite.home.contact.throttling import MOST_TO_A_MAILBOX
from clinicsite.home.contact.ways import clinic_with
from clinicsite.home.models import ContactMessage
from tests.factories import ContactPageFactory, LocationIndexPageFactory, LocationPageFactory
from tests.home.contact.contact_forms import CALL_BACK, CONSULTATION, MESSAGE, offer_consultation

SECRETS = {
    "name": "Zebulon Quist",
    "email": "zq@patients.example",
    "phone": "416 555 0177",
    "message": "My wrist aches.",
    "preferred_time": "Thursdays",
}
BROKEN_MAIL = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_PORT": 1,
}


def bytes_of(letter):
    return letter.message().as_bytes().decode()


def without_its_number(raw):
    """A letter without its Message-ID, a random number that may hold any three digits."""
    found, count = re.subn(r"^Message-ID: .*\n", "", raw, flags=re.MULTILINE)
    assert count == 1
    return found


def letters_to(mailoutbox, address):
    return [letter for letter in mailoutbox if letter.to == [address]]


def break_mail(settings):
    for name, value in BROKEN_MAIL.items():
        setattr(settings, name, value)


@pytest.fixture
def notice(clinic, send, mailoutbox):
    """The mail that the clinic gets for a form: `notice(MESSAGE)`."""

    def sent(fields, path="/contact/"):
        send(fields, path)
        (letter,) = letters_to(mailoutbox, clinic.settings.email)
        return letter

    return sent


class TestNotice:
    def test_it_says_where_to_read_the_message_in_the_admin(self, clinic, notice, owner, admin_client_of):
        letter = notice(MESSAGE)
        message = ContactMessage.objects.get()
        assert letter.subject == "New message from the website of North Clinic"
        assert f"http://localhost/admin/clinicsite/messages/{message.pk}/" in letter.body
        assert "It is deleted on" in letter.body
        shown = admin_client_of(owner).get(f"/admin/clinicsite/messages/{message.pk}/").text
        assert MESSAGE["message"] in shown

    @pytest.mark.parametrize(
        ("fields", "path", "subject"),
        [
            (CALL_BACK, "/contact/call-back/", "New call-back request from the website of North Clinic"),
            (
                CONSULTATION,
                "/contact/free-consultation/",
                "New request for a free consultation from the website of North Clinic",
            ),
        ],
    )
    def test_it_says_what_is_asked(self, clinic, notice, fields, path, subject):
        offer_consultation(clinic)
        assert notice(fields, path).subject == subject

    def test_not_a_byte_of_it_is_the_patients(self, notice):
        raw = without_its_number(bytes_of(notice(SECRETS)))
        assert [word for text in SECRETS.values() for word in text.split() if word in raw] == []
        assert "555" not in raw

    def test_a_clinic_without_an_address_still_gets_its_messages_in_the_admin(self, clinic, send, mailoutbox):
        ClinicSettings.objects.filter(site=clinic.site).update(email="", version="new")
        send(MESSAGE | {"email": "", "phone": "416 555 0123"})
        assert ContactMessage.objects.count() == 1
        assert mailoutbox == []


class TestReceipt:
    @pytest.fixture
    def receipt(self, send, mailoutbox):
        """The mail that the patient gets for a form."""

        def sent(fields):
            send(fields)
            (letter,) = letters_to(mailoutbox, fields["email"])
            return letter

        return sent

    def test_it_says_when_the_answer_comes_and_whom_to_call(self, clinic, contact_page, receipt):
        LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home))
        letter = receipt(MESSAGE)
        assert letter.subject == "North Clinic: we have your message"
        assert contact_page.thanks in letter.body
        assert "If it cannot wait, please call us: (" in letter.body
        assert letter.reply_to == [clinic.settings.email]
        assert letter.from_email.startswith("North Clinic <")

    def test_no_text_of_the_senders_is_in_it_so_that_nobody_can_use_it_to_write_to_others(self, receipt):
        raw = without_its_number(bytes_of(receipt(SECRETS))).replace("zq@patients.example", "")
        assert [word for text in SECRETS.values() for word in text.split() if word in raw] == []

    def test_out_of_office_programs_leave_it_alone(self, receipt):
        assert "Auto-Submitted: auto-generated" in bytes_of(receipt(MESSAGE))

    def test_who_gave_no_address_gets_none(self, clinic, send, mailoutbox):
        send(MESSAGE | {"email": "", "phone": "416 555 0123"})
        assert [letter.to for letter in mailoutbox] == [[clinic.settings.email]]

    def test_nobodys_mailbox_can_be_flooded_through_us(self, send, mailoutbox):
        spellings = ["Victim@mail.example", "victim@MAIL.example", "victim@mail.example"]
        for number in range(MOST_TO_A_MAILBOX + 2):
            address = spellings[number % len(spellings)]
            send(MESSAGE | {"email": address}, REMOTE_ADDR=f"203.0.113.{number}")
        sent = [letter for letter in mailoutbox if letter.to[0].lower() == "victim@mail.example"]
        assert len(sent) == MOST_TO_A_MAILBOX
        assert ContactMessage.objects.count() == MOST_TO_A_MAILBOX + 2

    def test_nor_through_several_clinics(self, clinic, other_clinic, send, mailoutbox):
        foreign = ContactPageFactory(parent=other_clinic.home)
        for _ in range(MOST_TO_A_MAILBOX):
            ContactMessage.objects.create(page=foreign, name="Robot", email=MESSAGE["email"])
        send(MESSAGE)
        assert letters_to(mailoutbox, MESSAGE["email"]) == []

    def test_the_next_day_an_address_may_have_mail_again(self, contact_page, send, mailoutbox):
        for _ in range(MOST_TO_A_MAILBOX):
            ContactMessage.objects.create(page=contact_page, name="Jo", email=MESSAGE["email"])
        ContactMessage.objects.update(
            created_at=ContactMessage.objects.first().created_at - timedelta(days=1)
        )
        send(MESSAGE)
        assert len(letters_to(mailoutbox, MESSAGE["email"])) == 1


class TestHeaders:
    def test_line_ends_in_a_clinics_name_become_no_header(self, clinic, send, mailoutbox):
        ClinicSettings.objects.filter(site=clinic.site).update(
            name="North\r\nBcc: all@victims.example", version="new"
        )
        send(MESSAGE)
        assert len(mailoutbox) == 2
        for letter in mailoutbox:
            assert letter.recipients() == letter.to
            head = letter.message().as_bytes().split(b"\n\n")[0]
            assert b"\nBcc" not in head

    def test_line_ends_in_what_a_patient_writes_reach_no_mail_at_all(self, send, mailoutbox):
        send(MESSAGE | {"name": "Jo\r\nBcc: all@victims.example"})
        assert len(mailoutbox) == 2
        assert not [letter for letter in mailoutbox if "victims" in bytes_of(letter)]


class TestFailure:
    @pytest.fixture
    def message(self, contact_page):
        return ContactMessage.objects.create(page=contact_page, name="Zebulon", email="zq@patients.example")

    def test_a_mail_server_that_is_down_loses_no_message_and_is_logged(self, send, settings, caplog):
        break_mail(settings)
        with caplog.at_level(logging.ERROR, logger="django_tasks"):
            assert send(MESSAGE).status_code == 302
        message = ContactMessage.objects.get()
        assert f"MailNotSentError: Message {message.pk}, attempt 1: ConnectionRefusedError" in caplog.text
        assert MESSAGE["email"] not in caplog.text

    def test_with_a_queue_the_mail_is_tried_again_later_until_it_is_given_up(
        self, message, settings, run_queue
    ):
        break_mail(settings)
        for _ in range(4):
            mail_receipt.enqueue(message.pk)
            run_queue()
        waiting = DBTaskResult.objects.filter(status="READY").order_by("run_after")
        assert [row.args_kwargs["args"] for row in waiting] == [[message.pk]] * 3
        pauses = [row.run_after - row.enqueued_at for row in waiting]
        assert [round(pause / timedelta(minutes=5)) for pause in pauses] == [1, 12, 72]
        assert DBTaskResult.objects.filter(status="FAILED").count() == 4
        mail = message.mails.get()
        assert (mail.state, mail.due_at, mail.reason) == ("not_sent", None, "ConnectionRefusedError")

    def test_a_queued_mail_holds_no_word_of_the_message(self, message, run_queue):
        mail_notice.enqueue(message.pk)
        assert "Zebulon" not in str(DBTaskResult.objects.values_list())

    def test_a_message_that_was_deleted_meanwhile_is_mailed_nobody(self, message, mailoutbox):
        gone = message.pk
        message.delete()
        mail_notice.enqueue(gone)
        mail_receipt.enqueue(gone)
        assert mailoutbox == []


@pytest.fixture
def run_queue(settings):
    """Keep tasks in the database, and have a worker do those that are due: `run_queue()`."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )

    def do_all_that_is_due():
        for result in DBTaskResult.objects.ready():
            result.claim(worker.worker_id)
            worker.run_task(result)

    return do_all_that_is_due


def test_the_notice_is_addressed_to_nobody_but_the_messages_own_clinic(clinic, other_clinic, contact_page):
    message = ContactMessage.objects.create(page=contact_page, name="Jo", email="jo@patients.example")
    assert clinic_with(contact_page) == profile_for(clinic.site)
    assert notice_of(message, clinic_with(contact_page)).to == [clinic.settings.email]
