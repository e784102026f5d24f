"""Patients' messages in the admin: a clinic's people read their own, and nobody else's exist for them."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import PageLogEntry

from clinicsite.core.spreadsheets import as_words
from clinicsite.home.models import ContactMessage
from tests.factories import ContactPageFactory
from tests.standing import standing


def write(clinic, **fields):
    page = ContactPageFactory(parent=clinic.home)
    return ContactMessage.objects.create(page=page, **{"email": "jo@patients.example"} | fields)


@standing
def own(clinic):
    return write(clinic, name="Jo Example", message="Do you open on Sundays?")


@standing
def foreign(other_clinic):
    return write(other_clinic, name="South Patient", message="A word for South alone.")


@pytest.fixture(params=["owner", "editor"])
def browser(request, admin_client_of):
    return admin_client_of(request.getfixturevalue(request.param))


def rows_of(response):
    """The lines of a downloaded file, as a spreadsheet reads them."""
    return list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"))))


class TestReading:
    def test_the_list_shows_the_own_clinics_messages_only(self, browser, own, foreign):
        shown = browser.get("/admin/clinicsite/messages/").text
        assert "Jo Example" in shown
        assert "South" not in shown

    def test_the_list_says_when_each_is_deleted_by_itself(self, browser, own):
        shown = browser.get("/admin/clinicsite/messages/").text
        assert "Deleted by itself" in shown
        assert date_format(timezone.localdate(own.created_at + timedelta(days=90))) in shown

    def test_a_message_can_be_read(self, browser, own):
        shown = browser.get(f"/admin/clinicsite/messages/{own.pk}/").text
        assert "Do you open on Sundays?" in shown
        assert 'href="mailto:jo@patients.example"' in shown
        assert "Deleted by itself on" in shown

    def test_a_call_back_request_shows_whom_to_call_and_when(self, clinic, browser):
        request = write(
            clinic,
            kind="call_back",
            email="",
            phone="+14165550123;ext=4",
            preferred_time="Mornings",
            name="Jo",
        )
        shown = browser.get(f"/admin/clinicsite/messages/{request.pk}/").text
        assert "<dd>Call-back request</dd>" in shown
        assert '<a href="tel:+14165550123;ext=4">(416) 555-0123 ext. 4</a>' in shown
        assert "Mornings" in shown

    def test_an_address_cannot_smuggle_copies_into_the_answer(self, clinic, browser):
        message = write(clinic, name="Jo", email="jo?bcc=all&x=@patients.example")
        shown = browser.get(f"/admin/clinicsite/messages/{message.pk}/").text
        assert 'href="mailto:jo%3Fbcc%3Dall%26x%3D@patients.example"' in shown

    def test_what_a_patient_wrote_is_shown_as_words(self, clinic, browser):
        message = write(clinic, name="<b>Jo</b>", message="<script>alert(1)</script>")
        shown = browser.get(f"/admin/clinicsite/messages/{message.pk}/").text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert "<b>Jo</b>" not in shown

    def test_an_empty_list_says_why_it_is_empty(self, clinic, browser):
        assert "Nobody has written yet." in browser.get("/admin/clinicsite/messages/").text
        write(clinic, name="Jo", answered_at=timezone.now())
        assert "No message matches your filters." in browser.get("/admin/clinicsite/messages/?state=new").text

    def test_the_librarys_people_read_no_patients_messages(self, library_editor, admin_client_of, own):
        assert "Jo Example" not in admin_client_of(library_editor).get("/admin/clinicsite/messages/").text

    @pytest.mark.parametrize(
        "query",
        [
            "?ordering=-name",
            "?ordering=page__owner__password",
            "?p=99",
            "?q=South",
            "?kind=nonsense",
            "?state=new",
            "?export=xlsx",
            "?export=nonsense",
        ],
    )
    def test_the_list_stays_up_whatever_stands_in_its_address(self, browser, own, foreign, query):
        response = browser.get(f"/admin/clinicsite/messages/{query}")
        assert response.status_code == 200
        assert "South Patient" not in response.text


class TestAnswering:
    def test_a_message_is_marked_as_answered_and_by_whom_and_as_new_again(self, owner, admin_client_of, own):
        browser = admin_client_of(owner)
        browser.post(f"/admin/clinicsite/messages/{own.pk}/answered/", {"state": "answered"})
        own.refresh_from_db()
        assert own.is_answered
        assert own.answered_by == owner
        assert "Answered" in browser.get(f"/admin/clinicsite/messages/{own.pk}/").text
        browser.post(f"/admin/clinicsite/messages/{own.pk}/answered/", {"state": "new"})
        own.refresh_from_db()
        assert not own.is_answered

    def test_the_list_can_show_the_new_ones_alone(self, clinic, browser, own):
        ContactMessage.objects.create(
            page=own.page, name="Old Friend", email="o@patients.example", answered_at=timezone.now()
        )
        assert "Old Friend" not in browser.get("/admin/clinicsite/messages/?state=new").text
        assert "Jo Example" not in browser.get("/admin/clinicsite/messages/?state=answered").text

    def test_looking_at_the_address_changes_nothing(self, browser, own):
        assert browser.get(f"/admin/clinicsite/messages/{own.pk}/answered/").status_code == 405


class TestDeleting:
    def test_it_asks_first(self, browser, own):
        asked = browser.get(f"/admin/clinicsite/messages/{own.pk}/delete/")
        assert "Delete the message from Jo Example" in asked.text
        assert "It cannot be brought back." in asked.text
        assert ContactMessage.objects.exists()

    def test_then_it_is_gone_and_the_contact_pages_history_says_so_without_its_words(self, browser, own):
        assert browser.post(f"/admin/clinicsite/messages/{own.pk}/delete/").status_code == 302
        assert not ContactMessage.objects.exists()
        entry = PageLogEntry.objects.get(action="clinicsite_home.message_delete")
        assert entry.page_id == own.page_id
        assert "Jo" not in str(entry.data)

    def test_the_message_itself_takes_no_post(self, browser, own):
        assert browser.post(f"/admin/clinicsite/messages/{own.pk}/").status_code == 405
        assert ContactMessage.objects.exists()


class TestDownload:
    def test_it_holds_the_own_clinics_messages_only(self, browser, own, foreign):
        response = browser.get("/admin/clinicsite/messages/?export=csv")
        assert response["Content-Type"].startswith("text/csv")
        assert 'filename="messages.csv"' in response["Content-Disposition"]
        (row,) = rows_of(response)
        assert (row["Name"], row["Message"]) == ("Jo Example", "Do you open on Sundays?")
        assert (row["What"], row["State"]) == ("Message", "New")

    @pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
    def test_no_cell_is_a_formula(self, clinic, browser, sign):
        formula = f'{sign}HYPERLINK("https://evil.example")'
        write(clinic, name=formula, message=formula)
        (row,) = rows_of(browser.get("/admin/clinicsite/messages/?export=csv"))
        assert row["Name"].startswith("'")
        assert row["Message"].startswith("'")

    def test_a_space_before_the_sign_hides_no_formula(self):
        assert as_words("  =1+1") == "'  =1+1"
        assert as_words("two + two") == "two + two"

    def test_a_spreadsheet_knows_the_letters(self, clinic, browser):
        write(clinic, name="Zoë 🙂")
        content = browser.get("/admin/clinicsite/messages/?export=csv").getvalue()
        assert content.startswith(b"\xef\xbb\xbf")
        assert "Zoë 🙂".encode() in content

    def test_it_is_noted_in_the_history_of_the_own_contact_page_alone(self, browser, own, foreign):
        browser.get("/admin/clinicsite/messages/?export=csv")
        entry = PageLogEntry.objects.get(action="clinicsite_home.message_export")
        assert (entry.page_id, entry.data) == (own.page_id, {"count": 1})
        assert entry.user is not None

    def test_what_is_filtered_out_is_not_in_it(self, browser, own):
        assert rows_of(browser.get("/admin/clinicsite/messages/?export=csv&state=answered")) == []

    def test_it_costs_the_same_for_few_and_for_many(self, browser, own, django_assert_max_num_queries):
        for number in range(30):
            ContactMessage.objects.create(page=own.page, name=f"Jo {number}", email="jo@patients.example")
        # Whether somebody needs a second step to sign in is asked once a session.
        browser.get("/admin/account/")
        with django_assert_max_num_queries(25):
            assert len(rows_of(browser.get("/admin/clinicsite/messages/?export=csv"))) == 31


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "", 404),
        ("get", "delete/", 404),
        ("post", "answered/", 404),
        ("post", "delete/", 404),
        # These do nothing with any message, so they answer before they look for it.
        ("post", "", 405),
        ("get", "answered/", 405),
    ],
)
def test_another_clinics_message_does_not_exist(browser, own, foreign, method, address, status):
    def ask(number):
        path = f"/admin/clinicsite/messages/{number}/{address}"
        return getattr(browser, method)(path, {"state": "answered"})

    before = ContactMessage.objects.filter(pk=foreign.pk).values().get()
    answer = ask(foreign.pk)
    assert answer.status_code == ask(foreign.pk + 1000).status_code == status
    assert "South" not in answer.text
    assert ContactMessage.objects.filter(pk=foreign.pk).values().get() == before
