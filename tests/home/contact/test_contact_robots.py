"""What keeps robots off the contact page's forms, and what a person taken for one is told."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from clinicsite.core.senders import client_address
from clinicsite.home.contact import stamps
from clinicsite.home.contact.robots import TRAP, is_accepted
from clinicsite.home.contact.throttling import MOST_OF_A_SENDER, MOST_TO_A_CLINIC
from clinicsite.home.models import ContactMessage
from tests.factories import ContactPageFactory, LocationIndexPageFactory, LocationPageFactory
from tests.home.contact.contact_forms import CALL_BACK, MESSAGE, stamp_of

SENDER = {"REMOTE_ADDR": "203.0.113.5"}


def assert_sent(response):
    assert (response.status_code, response["Location"]) == (302, "/contact/sent/")


def send_all_that_one_may(send, **headers):
    for number in range(MOST_OF_A_SENDER):
        assert_sent(send(numbered(number), **headers))


class TestTrap:
    def test_a_robot_gets_the_same_receipt_and_nothing_is_stored_or_mailed(self, send, mailoutbox):
        assert_sent(send(MESSAGE | {TRAP: "https://spam.example/"}))
        assert not ContactMessage.objects.exists()
        assert mailoutbox == []

    def test_a_robot_learns_nothing_from_its_mistakes(self, send):
        assert_sent(send({TRAP: "x", "name": "", "stamp": "forged"}))

    def test_people_neither_see_nor_reach_the_field(self, contact_page, visit):
        shown = visit("/contact/").text
        assert '<p class="form__trap" aria-hidden="true">' in shown
        assert f'name="{TRAP}" id="id_{TRAP}" tabindex="-1" autocomplete="off"' in shown


class TestTime:
    def test_somebody_too_quick_is_asked_to_send_again_and_loses_nothing(
        self, contact_page, send, time_machine_at
    ):
        sent = MESSAGE | {"stamp": stamps.new(contact_page.pk).text}
        time_machine_at.shift(stamps.SHORTEST - 1)
        quick = send(sent)
        assert quick.status_code == 422
        assert "Please send it once more. That was quicker than most people write" in quick.text
        assert "Do you have evening appointments?" in quick.text
        assert not ContactMessage.objects.exists()
        time_machine_at.shift(1)
        assert_sent(send(sent | {"stamp": quick.context["form"]["stamp"].value()}))
        assert ContactMessage.objects.count() == 1

    def test_the_form_as_it_is_shown_can_be_sent_after_three_seconds(
        self, contact_page, visit, send, time_machine_at
    ):
        stamp = visit("/contact/").context["form"]["stamp"].value()
        time_machine_at.shift(3)
        assert_sent(send(MESSAGE | {"stamp": stamp}))

    @pytest.mark.parametrize("stamp", ["", "forged", "a:b:c", "\0", "é" * 5000, "W10:1abc:xyz"])
    def test_without_a_good_stamp_the_form_comes_back_filled_in(self, send, stamp):
        response = send(MESSAGE | {"stamp": stamp})
        assert response.status_code == 422
        assert "Please send it once more." in response.text
        assert not ContactMessage.objects.exists()

    def test_a_stamp_of_another_clinics_form_does_not_count(self, other_clinic, send):
        foreign = ContactPageFactory(parent=other_clinic.home)
        assert send(MESSAGE | {"stamp": stamp_of(foreign)}).status_code == 422


class TestLinks:
    def test_a_message_full_of_addresses_is_refused_with_what_to_do(self, send):
        response = send(MESSAGE | {"message": "http://a.example www.b.example [url=c.example]"})
        assert response.status_code == 422
        assert "Leave some web addresses out: at most 2 can be sent." in response.text

    def test_two_addresses_may_be_needed(self, send):
        assert_sent(send(MESSAGE | {"message": "I saw https://a.example and www.b.example."}))

    @pytest.mark.parametrize(
        ("field", "path"), [("name", "/contact/"), ("preferred_time", "/contact/call-back/")]
    )
    def test_there_is_none_in_a_name_or_a_time(self, send, field, path):
        response = send(MESSAGE | CALL_BACK | {field: "Win at https://spam.example"}, path)
        assert response.context["form"].errors[field] == ["Leave out the web address."]


class TestQuestion:
    @pytest.fixture
    def asked(self, contact_page):
        contact_page.question = "What city are we in?"
        contact_page.accepted_answers = "Toronto, Toronto Ontario"
        contact_page.save()
        return contact_page

    def test_no_question_is_asked_unless_a_clinic_has_one(self, contact_page, visit):
        assert "answer" not in visit("/contact/").context["form"].fields

    @pytest.mark.parametrize("answer", ["Toronto", " toronto. ", "TORONTO, Ontario"])
    def test_any_spelling_of_an_accepted_answer_will_do(self, asked, send, answer):
        assert_sent(send(MESSAGE | {"answer": answer}))

    @pytest.mark.parametrize(
        ("answer", "message"),
        [("Paris", "That is not the answer we know. Try other words."), ("", "Answer the question.")],
    )
    def test_another_answer_is_refused(self, asked, send, answer, message):
        response = send(MESSAGE | {"answer": answer})
        assert response.status_code == 422
        assert response.context["form"].errors["answer"] == [message]
        assert "What city are we in?" in response.text

    def test_a_question_without_answers_would_lock_everybody_out_and_is_refused(self, contact_page):
        contact_page.question, contact_page.accepted_answers = "What city are we in?", " , "
        with pytest.raises(ValidationError, match="A question needs its answers"):
            contact_page.full_clean()

    @given(st.text(), st.text())
    def test_nothing_but_words_are_ever_an_answer(self, answer, accepted):
        if is_accepted(answer, accepted):
            assert any(sign.isalnum() for sign in answer)


@pytest.mark.usefixtures("time_machine_at")
class TestSender:
    """The clock stands still: a share is of an hour of the day, which must not turn half way through."""

    def test_after_five_messages_in_an_hour_an_address_has_to_wait(self, clinic, send):
        LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home))
        send_all_that_one_may(send, **SENDER)
        response = send(MESSAGE, **SENDER)
        assert response.status_code == 429
        assert "You have sent several messages already. Please call us" in response.text
        assert "Do you have evening appointments?" in response.text
        assert ContactMessage.objects.count() == MOST_OF_A_SENDER

    def test_another_address_is_not_held_up(self, send):
        send_all_that_one_may(send, **SENDER)
        assert_sent(send(MESSAGE, REMOTE_ADDR="203.0.113.6"))

    def test_after_an_hour_the_address_may_write_again(self, send, time_machine_at):
        send_all_that_one_may(send, **SENDER)
        assert send(MESSAGE, **SENDER).status_code == 429
        time_machine_at.shift(60 * 60 + 1)
        assert_sent(send(MESSAGE, **SENDER))

    def test_messages_that_are_refused_do_not_count(self, send):
        for _ in range(MOST_OF_A_SENDER + 1):
            send(MESSAGE | {"name": ""}, **SENDER)
        assert_sent(send(MESSAGE, **SENDER))

    def test_a_household_has_one_share_however_many_ipv6_addresses_it_has(self, send):
        for number in range(MOST_OF_A_SENDER):
            send(numbered(number), REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
        assert send(MESSAGE, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
        assert_sent(send(MESSAGE, REMOTE_ADDR="2001:db8:1:3::1"))

    def test_without_a_trusted_proxy_a_forwarded_address_is_not_believed(self, send, settings):
        settings.CLINICSITE = settings.CLINICSITE | {"TRUSTED_PROXY_COUNT": 0}
        for number in range(MOST_OF_A_SENDER):
            send(numbered(number), **SENDER, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
        assert send(MESSAGE, **SENDER, HTTP_X_FORWARDED_FOR="198.51.100.99").status_code == 429

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "address"),
        [
            (0, "198.51.100.1", "192.0.2.1"),
            (1, "10.0.0.1, 203.0.113.5", "203.0.113.5"),
            (2, "10.0.0.1, 203.0.113.5, 192.0.2.7", "203.0.113.5"),
            (2, "203.0.113.5", "192.0.2.1"),
            (1, "not an address", "not an address"),
        ],
    )
    def test_the_address_that_a_trusted_proxy_saw_counts(self, rf, settings, proxies, forwarded, address):
        settings.CLINICSITE = settings.CLINICSITE | {"TRUSTED_PROXY_COUNT": proxies}
        request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
        assert client_address(request) == address

    def test_a_clinic_under_attack_asks_people_to_call_and_another_does_not(
        self, clinic, other_clinic, contact_page, send
    ):
        LocationPageFactory(parent__parent=clinic.home)
        foreign = ContactPageFactory(parent=other_clinic.home)
        fill_up(foreign)
        assert_sent(send(MESSAGE))
        fill_up(contact_page)
        response = send(numbered(2))
        assert response.status_code == 429
        assert "We cannot take messages just now. Please call us at (416) 555-0123, or try" in response.text


def numbered(number):
    """A message like no other; the same words again are the same message."""
    return MESSAGE | {"message": f"My question number {number}."}


def fill_up(page):
    """Give a contact page all the messages that it takes in an hour."""
    ContactMessage.objects.bulk_create(
        ContactMessage(page=page, name=f"Robot {number}", email="r@robots.example")
        for number in range(MOST_TO_A_CLINIC)
    )
