import pytest
import time_machine
from django.core import mail
from django.test import Client

from clinicsite.clinics.models import ClinicSettings
from home.contact import MESSAGES_AN_HOUR
from home.models import ContactMessage
from tests.factories import ContactPageFactory, LocationIndexPageFactory, LocationPageFactory

MESSAGE = {
    "name": "Jo Example",
    "email": "jo@patients.example",
    "phone": "",
    "preferred_time": "Mornings",
    "message": "Do you have evening appointments?",
    "website": "",
}


@pytest.fixture
def contact_page(clinic):
    return ContactPageFactory(parent=clinic.home)


@pytest.fixture
def send(clinic, contact_page, django_capture_on_commit_callbacks):
    """Fill in the form and send it, as a patient's browser does; headers name the sender's address."""

    def post(fields=None, **headers):
        browser = Client(HTTP_HOST=clinic.host)
        with django_capture_on_commit_callbacks(execute=True):
            return browser.post("/contact/", MESSAGE | (fields or {}), **headers)

    return post


def assert_sent(response):
    assert response.status_code == 302
    assert response["Location"] == "/contact/?sent=1"


def assert_refused(response, field, message):
    assert response.status_code == 422
    assert message in response.context["form"].errors[field][0]
    assert message in response.content.decode()
    assert not ContactMessage.objects.exists()
    assert mail.outbox == []


def test_the_form_asks_for_no_health_details(contact_page, visit):
    shown = visit("/contact/").content.decode()
    assert "Please do not send health details" in shown


def test_a_message_is_stored_and_mailed_once_to_the_clinic(clinic, contact_page, send):
    assert_sent(send({"phone": "416 555 0123"}))
    message = ContactMessage.objects.get()
    assert (message.name, message.email, message.phone) == (
        "Jo Example",
        "jo@patients.example",
        "+14165550123",
    )
    assert (message.preferred_time, message.message) == ("Mornings", "Do you have evening appointments?")
    assert message.page_id == contact_page.pk
    (letter,) = mail.outbox
    assert letter.to == [clinic.settings.email]
    assert letter.reply_to == ["jo@patients.example"]
    assert "Do you have evening appointments?" in letter.body
    assert "+14165550123" in letter.body


def test_the_patient_is_thanked(contact_page, visit):
    shown = visit("/contact/?sent=1").content.decode()
    assert contact_page.thanks in shown


def test_the_subject_says_nothing_of_the_patient(send):
    send({"message": "My back hurts.", "name": "Jo Example"})
    subject = mail.outbox[0].subject
    assert subject == "Message from the website of North Clinic"


def test_a_phone_number_alone_is_enough(send):
    assert_sent(send({"email": "", "phone": "(416) 555-0123"}))
    assert mail.outbox[0].reply_to == []
    assert ContactMessage.objects.get().phone == "+14165550123"


def test_neither_e_mail_nor_phone_is_refused_with_what_to_do(send):
    response = send({"email": "", "phone": ""})
    assert_refused(response, "email", "Give an e-mail address or a phone number, so that we can answer.")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Write your name."),
        ("message", "", "Write a few words about what we can do for you."),
        ("message", "x" * 2001, "at most 2000 characters"),
        ("email", "not-an-address", "Write the whole address, such as name@mail.example."),
        ("phone", "12345", "Write the number with its area code, such as 416 555 0123."),
        ("name", "Jo\0", "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(send, field, value, message):
    assert_refused(send({field: value}), field, message)


def test_what_was_written_is_kept_when_the_form_is_shown_again(send):
    shown = send({"email": "not-an-address"}).content.decode()
    assert "Do you have evening appointments?" in shown
    assert "Jo Example" in shown


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_nothing_is_kept(send):
    assert_sent(send({"website": "https://spam.example/"}))
    assert not ContactMessage.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "jo@patients.example\nBcc: all@victims.example"},
        {"email": "jo@patients.example\r\nSubject: Free"},
        {"email": "jo@patients.example, all@victims.example"},
    ],
)
def test_an_e_mail_address_cannot_carry_further_headers(send, fields):
    assert_refused(send(fields), "email", "Write the whole address, such as name@mail.example.")


def test_line_ends_in_a_name_become_no_header(send):
    assert_sent(send({"name": "Jo\r\nBcc: all@victims.example", "preferred_time": "Now\nSubject: Free"}))
    (letter,) = mail.outbox
    assert letter.recipients() == [letter.to[0]]
    headers = letter.message().as_string().split("\n\n")[0]
    assert "victims" not in headers
    assert "Free" not in headers


def test_after_five_messages_in_an_hour_an_address_has_to_wait(send):
    for _ in range(MESSAGES_AN_HOUR):
        assert_sent(send(REMOTE_ADDR="203.0.113.5"))
    response = send(REMOTE_ADDR="203.0.113.5")
    assert response.status_code == 429
    assert "You have sent several messages already. Please call us" in response.content.decode()
    assert ContactMessage.objects.count() == MESSAGES_AN_HOUR
    assert len(mail.outbox) == MESSAGES_AN_HOUR


def test_another_address_is_not_held_up(send):
    for _ in range(MESSAGES_AN_HOUR + 1):
        send(REMOTE_ADDR="203.0.113.5")
    assert_sent(send(REMOTE_ADDR="203.0.113.6"))


def test_after_an_hour_the_address_may_write_again(send):
    with time_machine.travel("2026-05-12T12:00:00Z", tick=False) as clock:
        for _ in range(MESSAGES_AN_HOUR + 1):
            response = send(REMOTE_ADDR="203.0.113.5")
        assert response.status_code == 429
        clock.shift(60 * 60 + 1)
        assert_sent(send(REMOTE_ADDR="203.0.113.5"))


def test_messages_that_are_refused_do_not_count(send):
    for _ in range(MESSAGES_AN_HOUR + 1):
        send({"name": ""}, REMOTE_ADDR="203.0.113.5")
    assert_sent(send(REMOTE_ADDR="203.0.113.5"))


def test_without_a_trusted_proxy_a_forwarded_address_is_not_believed(send, settings):
    settings.TRUSTED_PROXY_COUNT = 0
    for number in range(MESSAGES_AN_HOUR):
        send(REMOTE_ADDR="203.0.113.5", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert send(REMOTE_ADDR="203.0.113.5", HTTP_X_FORWARDED_FOR="198.51.100.99").status_code == 429


@pytest.mark.parametrize(("proxies", "tail"), [(1, ""), (2, ", 192.0.2.7")])
def test_with_trusted_proxies_the_address_they_saw_counts_and_no_other(send, settings, proxies, tail):
    settings.TRUSTED_PROXY_COUNT = proxies
    for number in range(MESSAGES_AN_HOUR):
        send(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 203.0.113.5{tail}")
    forged = send(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"10.9.9.9, 203.0.113.5{tail}")
    assert forged.status_code == 429
    assert_sent(send(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"203.0.113.5, 203.0.113.6{tail}"))


def test_a_mail_server_that_is_down_loses_no_message(send, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert_sent(send())
    assert ContactMessage.objects.count() == 1


def test_a_clinic_without_an_address_still_gets_its_messages_in_the_admin(clinic, send):
    settings = ClinicSettings.objects.get(site=clinic.site)
    settings.email = ""
    settings.save()
    assert_sent(send())
    assert ContactMessage.objects.count() == 1
    assert mail.outbox == []


class TestLocation:
    def test_one_location_is_no_choice(self, clinic, contact_page, visit):
        LocationPageFactory(parent__parent=clinic.home, title="Maplewood")
        assert "location" not in visit("/contact/").context["form"].fields

    def test_of_several_locations_one_can_be_chosen(self, clinic, other_clinic, send, visit):
        index = LocationIndexPageFactory(parent=clinic.home)
        for title in ("Maplewood", "Harbour Street"):
            LocationPageFactory(parent=index, title=title)
        LocationPageFactory(parent__parent=other_clinic.home, title="South Place")
        choices = visit("/contact/").context["form"].fields["location"].choices
        assert choices == [("", "Any"), ("Maplewood", "Maplewood"), ("Harbour Street", "Harbour Street")]
        assert_sent(send({"location": "Harbour Street"}))
        assert ContactMessage.objects.get().location == "Harbour Street"
        assert "Location: Harbour Street" in mail.outbox[0].body

    def test_another_clinics_location_cannot_be_chosen(self, clinic, other_clinic, send):
        index = LocationIndexPageFactory(parent=clinic.home)
        for title in ("Maplewood", "Harbour Street"):
            LocationPageFactory(parent=index, title=title)
        LocationPageFactory(parent__parent=other_clinic.home, title="South Place")
        assert_refused(send({"location": "South Place"}), "location", "Select a valid choice")


def test_a_message_without_the_forms_own_token_is_refused(clinic, contact_page):
    browser = Client(HTTP_HOST=clinic.host, enforce_csrf_checks=True)
    assert browser.post("/contact/", MESSAGE).status_code == 403
    assert not ContactMessage.objects.exists()


def test_the_form_on_the_page_can_be_sent_as_it_stands(clinic, contact_page):
    browser = Client(HTTP_HOST=clinic.host, enforce_csrf_checks=True)
    token = str(browser.get("/contact/").context["csrf_token"])
    assert_sent(browser.post("/contact/", MESSAGE | {"csrfmiddlewaretoken": token}))
