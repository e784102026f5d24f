"""What was given up: the agency sees it and tries again, clinics see what is theirs on the message alone."""

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.core.pictures.preparing import prepare_picture
from clinicsite.home.models import ContactMessage, MessageMail
from tests.factories import UserFactory

ADDRESS = "/admin/clinicsite/undone/"
TOLD = "No mail could tell you of this message."


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def administrator(clinic, library):
    """Looks after the clinics for the agency."""
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def mail(contact_page):
    return mail_given_up(contact_page)


def mail_given_up(page):
    message = ContactMessage.objects.create(page=page, name="Jo Example", email="jo@patients.example")
    values = {"state": "not_sent", "attempts": 4, "due_at": None, "reason": "SMTPRecipientsRefused"}
    return MessageMail.objects.create(message=message, kind="notice", **values)


def failed(**values):
    key = prepare_picture.enqueue(0).id
    values = {"status": "FAILED", "finished_at": timezone.now(), "worker_ids": ["a"] * 3} | values
    values |= {"exception_class_path": "builtins.OSError", "traceback": "…"}
    DBTaskResult.objects.filter(pk=key).update(**values)
    return DBTaskResult.objects.get(pk=key)


@pytest.mark.usefixtures("queue")
class TestAgency:
    def test_it_sees_what_failed_and_nothing_of_the_patient(self, mail, administrator, admin_client_of):
        failed()
        failed(task_path="shop.tasks.charge_card")
        shown = admin_client_of(administrator).get(ADDRESS).text
        assert "SMTPRecipientsRefused" in shown
        assert "Make the files of a picture" in shown
        assert "OSError" in shown
        assert "charge_card" not in shown
        assert "Jo Example" not in shown
        assert "jo@patients.example" not in shown
        assert ADDRESS in admin_client_of(administrator).get("/admin/").text

    def test_a_mail_is_sent_again(self, mail, administrator, admin_client_of):
        other = mail_given_up(mail.message.page)
        response = admin_client_of(administrator).post(f"{ADDRESS}again/", {"mail": mail.pk})
        assert (response.status_code, response["Location"]) == (302, ADDRESS)
        mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.reason) == ("waiting", 0, "")
        assert [row.args_kwargs["args"] for row in DBTaskResult.objects.ready()] == [[mail.message_id]]
        other.refresh_from_db()
        assert other.state == "not_sent"

    def test_a_task_is_tried_again_as_if_for_the_first_time(self, administrator, admin_client_of):
        row = failed()
        admin_client_of(administrator).post(f"{ADDRESS}again/", {"task": str(row.pk)})
        row.refresh_from_db()
        assert (row.status, row.worker_ids, row.traceback) == ("READY", [], "")
        assert DBTaskResult.objects.ready().filter(pk=row.pk).exists()

    def test_all_is_tried_again_at_once(self, mail, administrator, admin_client_of):
        failed()
        mail_given_up(mail.message.page)
        admin_client_of(administrator).post(f"{ADDRESS}again/", {"all": "yes"})
        assert not DBTaskResult.objects.failed().exists()
        assert not MessageMail.objects.filter(state="not_sent").exists()
        assert "Nothing. What fails" in admin_client_of(administrator).get(ADDRESS).text


class TestOthers:
    @pytest.mark.parametrize("person", ["owner", "editor", "other_owner", "library_editor"])
    def test_it_is_not_there_for_a_clinic_or_the_library(self, mail, person, request, admin_client_of):
        browser = admin_client_of(request.getfixturevalue(person))
        refused = {
            browser.get(ADDRESS).status_code,
            browser.post(f"{ADDRESS}again/", {"all": "y"}).status_code,
        }
        assert 200 not in refused
        mail.refresh_from_db()
        assert mail.state == "not_sent"
        assert ADDRESS not in browser.get("/admin/").text

    def test_a_clinic_is_told_on_its_message(self, mail, owner, admin_client_of):
        page = f"/admin/clinicsite/messages/{mail.message_id}/"
        assert TOLD in admin_client_of(owner).get(page).text
        MessageMail.objects.update(state="sent")
        assert TOLD not in admin_client_of(owner).get(page).text
