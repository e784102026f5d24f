"""The contact page's forms: what they ask, what they refuse, and what becomes of what is sent."""

from types import SimpleNamespace as Sample

import pytest
from django.test import Client

from clinicsite.home.contact import stamps
from clinicsite.home.contact.forms import MessageForm
from clinicsite.home.models import ContactMessage
from tests.factories import (
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    StandardPageFactory,
)
from tests.home.contact.contact_forms import (
    CALL_BACK,
    CONSULTATION,
    MESSAGE,
    offer_consultation,
    stamp_of,
)

EITHER = "Give an e-mail address or a phone number, so that we can answer."


def assert_sent(response, path="/contact/"):
    assert response.status_code == 302
    assert response["Location"] == f"{path}sent/"


def assert_refused(response, field, message):
    assert response.status_code == 422
    assert message in response.context["form"].errors[field][0]
    assert message in response.content.decode()
    assert not ContactMessage.objects.exists()


def only_message():
    return ContactMessage.objects.get()


@pytest.mark.parametrize("path", ["/contact/", "/contact/call-back/", "/contact/free-consultation/"])
def test_every_form_says_why_it_asks_nothing_about_health_and_what_becomes_of_it(
    clinic, contact_page, visit, path
):
    offer_consultation(clinic)
    shown = visit(path).text
    assert "Please leave out anything about your health." in shown
    assert "Only North Clinic and the agency that runs this website can read what you send." in shown
    assert "It is deleted after 90 days." in shown


def test_the_clinics_words_on_privacy_are_linked_where_it_has_any(clinic, contact_page, visit):
    assert "How we handle your data" not in visit("/contact/").text
    StandardPageFactory(parent=clinic.home, title="Privacy", slug="privacy")
    assert '<a href="/privacy/">How we handle your data</a>' in visit("/contact/").text


class TestMessage:
    def test_it_is_stored_as_it_was_written(self, contact_page, send):
        assert_sent(send(MESSAGE | {"phone": "416 555 0123"}))
        message = only_message()
        assert (message.name, message.email) == ("Jo Example", "jo@patients.example")
        assert (message.phone, message.phone_text) == ("+14165550123", "(416) 555-0123")
        assert message.message == "Do you have evening appointments?"
        assert (message.kind, message.page_id) == ("message", contact_page.pk)
        assert not message.is_answered

    def test_a_phone_number_alone_is_enough(self, send):
        assert_sent(send(MESSAGE | {"email": "", "phone": "(416) 555-0123"}))
        assert only_message().phone == "+14165550123"

    def test_neither_e_mail_nor_phone_is_refused_with_what_to_do(self, send):
        assert_refused(send(MESSAGE | {"email": "", "phone": ""}), "email", EITHER)

    def test_a_wrong_phone_number_is_not_taken_for_a_missing_one(self, send):
        response = send(MESSAGE | {"email": "", "phone": "12"})
        assert list(response.context["form"].errors) == ["phone"]

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("name", "", "Write your name."),
            ("message", "", "Write a few words about what we can do for you."),
            ("message", "x" * 2001, "at most 2000 characters"),
            ("message", "x" * 1_000_000, "at most 2000 characters"),
            ("email", "not-an-address", "Write the whole address, such as name@mail.example."),
            ("email", "jo@patients.example\nBcc: all@victims.example", "Write the whole address"),
            ("email", "jo@patients.example\r\nSubject: Free", "Write the whole address"),
            ("email", "jo@patients.example, all@victims.example", "Write the whole address"),
            (
                "email",
                f"josephine@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.example",
                "at most 254 characters",
            ),
            ("phone", "416 555 0123 ext 1234567890", "An extension has 9 digits at most."),
            ("phone", "416 555 0123 / 416 555 0124", "Write the number with its area code"),
            ("phone", "416 555 0123 / x 416", "We can read (416) 555-0123, but not all of what you wrote."),
            ("phone", "12345", "Write the number with its area code, such as 416 555 0123."),
            ("name", "Jo\0", "Null characters are not allowed"),
            ("message", "\0", "Null characters are not allowed"),
        ],
    )
    def test_what_cannot_be_right_is_refused_at_its_field(self, send, field, value, message):
        assert_refused(send(MESSAGE | {field: value}), field, message)

    @pytest.mark.parametrize(
        "field", [*MESSAGE, "location", "treatment", "preferred_time", "subject", "stamp"]
    )
    def test_null_bytes_anywhere_store_nothing_and_break_nothing(self, send, field):
        assert send(MESSAGE | {field: "a\0b"}).status_code in (302, 422)
        assert "\0" not in "".join(str(vars(message)) for message in ContactMessage.objects.all())

    def test_a_body_beyond_all_measure_is_refused_before_it_is_read(self, send, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
        assert send(MESSAGE | {"message": "x" * 200_000}).status_code == 400

    def test_emoji_and_every_script_are_kept(self, send):
        words = {"name": "Łukasz 李小龍 🙂", "message": "Êtes-vous ouvert le dimanche? 🏃‍♀️ שלום"}
        assert_sent(send(MESSAGE | words))
        assert (only_message().name, only_message().message) == (words["name"], words["message"])

    def test_phone_digits_of_another_script_are_the_same_number(self, send):
        assert_sent(send(MESSAGE | {"phone": "٤١٦ ٥٥٥ ٠١٢٣"}))
        assert only_message().phone == "+14165550123"

    def test_an_extension_is_kept_and_can_be_dialled(self, send):
        assert_sent(send(MESSAGE | {"phone": "416 555 0123 ext 45"}))
        assert only_message().phone == "+14165550123;ext=45"
        assert only_message().phone_text == "(416) 555-0123 ext. 45"

    def test_the_longest_extension_has_room(self, send):
        assert_sent(send(MESSAGE | {"phone": "+49 1512 3456789 ext 123456789"}))
        assert only_message().phone == "+4915123456789;ext=123456789"

    def test_a_number_from_abroad_keeps_its_country(self, send):
        assert_sent(send(MESSAGE | {"phone": "+44 20 7946 0018"}))
        assert only_message().phone_text == "+44 20 7946 0018"

    def test_what_was_written_is_kept_when_the_form_is_shown_again(self, send):
        shown = send(MESSAGE | {"email": "not-an-address"}).text
        assert "Do you have evening appointments?" in shown
        assert 'value="Jo Example"' in shown

    def test_a_mistake_is_named_in_the_summary_at_its_field_and_in_the_title(self, send):
        shown = send(MESSAGE | {"name": ""}).text
        assert "<title>Error: Contact | North Clinic</title>" in shown
        assert 'role="alert" tabindex="-1"' in shown
        assert '<a href="#id_name">Your name: Write your name.</a>' in shown
        assert 'aria-invalid="true" aria-describedby="id_name_error"' in shown
        assert 'id="id_name_error"' in shown


class TestCallBack:
    def test_it_is_stored_with_the_number_and_the_time(self, send):
        assert_sent(send(CALL_BACK, "/contact/call-back/"), "/contact/call-back/")
        message = only_message()
        assert (message.kind, message.phone) == ("call_back", "+14165550123")
        assert (message.preferred_time, message.email) == ("Mornings", "")

    def test_without_a_number_nobody_can_be_called(self, send):
        response = send(CALL_BACK | {"phone": ""}, "/contact/call-back/")
        assert_refused(response, "phone", "Write the number that we can call you on.")

    def test_an_extension_that_no_telephone_has_is_refused(self, send):
        response = send(CALL_BACK | {"phone": "416 555 0123 ext 1234567890"}, "/contact/call-back/")
        assert_refused(response, "phone", "An extension has 9 digits at most.")

    def test_it_asks_for_no_message_and_no_e_mail(self, contact_page, visit):
        assert not {"message", "email"} & set(visit("/contact/call-back/").context["form"].fields)


class TestConsultation:
    PATH = "/contact/free-consultation/"

    def test_a_clinic_that_offers_none_has_no_such_form(self, contact_page, visit, send):
        assert visit(self.PATH).status_code == 404
        assert visit(f"{self.PATH}sent/").status_code == 404
        assert send(CONSULTATION, self.PATH).status_code == 404
        assert "Ask for a free consultation" not in visit("/contact/").text

    def test_the_editor_offers_a_preview_of_it_only_where_there_is_one(self, clinic, contact_page):
        def modes():
            return [mode for mode, _ in contact_page.preview_modes]

        assert modes() == ["", "call-back", "sent"]
        offer_consultation(clinic)
        assert modes() == ["", "call-back", "free-consultation", "sent"]

    def test_it_is_stored_with_the_treatment_of_interest(self, clinic, send):
        offer_consultation(clinic)
        shelf = ModalityIndexPageFactory(parent=clinic.home)
        treatment = ModalityPageFactory(parent=shelf, title="Dry needling")
        assert_sent(send(CONSULTATION | {"treatment": str(treatment.pk)}, self.PATH), self.PATH)
        message = only_message()
        assert (message.kind, message.treatment) == ("consultation", "Dry needling")
        assert (message.email, message.preferred_time) == ("jo@patients.example", "Mornings")

    def test_only_the_clinics_own_live_treatments_can_be_chosen(self, clinic, other_clinic, send, visit):
        offer_consultation(clinic)
        shelf = ModalityIndexPageFactory(parent=clinic.home)
        own = ModalityPageFactory(parent=shelf, title="Massage")
        ModalityPageFactory(parent=shelf, title="Draft", live=False)
        foreign = ModalityPageFactory(parent=ModalityIndexPageFactory(parent=other_clinic.home))
        choices = visit(self.PATH).context["form"].fields["treatment"].choices
        assert choices == [("", "I am not sure yet"), (str(own.pk), "Massage")]
        response = send(CONSULTATION | {"treatment": str(foreign.pk)}, self.PATH)
        assert_refused(response, "treatment", "Choose one of our treatments.")

    def test_without_treatments_it_asks_for_none(self, clinic, contact_page, visit):
        offer_consultation(clinic)
        assert "treatment" not in visit(self.PATH).context["form"].fields

    def test_either_e_mail_or_phone_is_needed(self, clinic, send):
        offer_consultation(clinic)
        assert_refused(send(CONSULTATION | {"email": ""}, self.PATH), "email", EITHER)


class TestLocation:
    def places(self, clinic, *titles):
        index = LocationIndexPageFactory(parent=clinic.home)
        return [LocationPageFactory(parent=index, title=title) for title in titles]

    def test_one_location_is_no_choice(self, clinic, contact_page, visit):
        self.places(clinic, "Maplewood")
        assert "location" not in visit("/contact/").context["form"].fields

    def test_of_several_locations_one_can_be_chosen(self, clinic, other_clinic, send, visit):
        first, second = self.places(clinic, "Maplewood", "Harbour Street")
        self.places(other_clinic, "South Place")
        choices = visit("/contact/").context["form"].fields["location"].choices
        assert choices == [
            ("", "Any of them"),
            (str(first.pk), "Maplewood"),
            (str(second.pk), "Harbour Street"),
        ]
        assert_sent(send(MESSAGE | {"location": str(second.pk)}))
        assert only_message().location == "Harbour Street"

    def test_another_clinics_location_cannot_be_chosen(self, clinic, other_clinic, send):
        self.places(clinic, "Maplewood", "Harbour Street")
        (foreign,) = self.places(other_clinic, "South Place")
        assert_refused(
            send(MESSAGE | {"location": str(foreign.pk)}), "location", "Choose one of our locations."
        )

    def test_a_locations_page_leads_to_the_form_with_that_location_chosen(self, clinic, contact_page, visit):
        place, _ = self.places(clinic, "Maplewood", "Harbour Street")
        address = f"/contact/call-back/?location={place.pk}"
        assert f'href="{address}"' in visit(place.url).text
        assert f'<option value="{place.pk}" selected>' in visit(address).text

    def test_a_hundred_locations_are_offered_and_the_last_can_be_chosen(self, contact_page):
        places = [Sample(id=number, title=f"Place {number}") for number in range(100)]
        clinic = Sample(parts={"places": Sample(all=places)})
        form = MessageForm(MESSAGE | {"location": "99"}, page=contact_page, clinic=clinic)
        assert form.is_valid()
        assert str(form["location"]).count("<option") == 101
        assert form.values["location"] == "Place 99"


class TestAddresses:
    def test_each_form_has_its_own_title_canonical_and_way_back(self, contact_page, visit):
        shown = visit("/contact/call-back/").text
        assert "<title>Ask us to call you | North Clinic</title>" in shown
        assert f'rel="canonical" href="{contact_page.full_url}call-back/"' in shown
        assert '<li><a href="/contact/">Contact</a></li>' in shown
        assert '<li aria-current="page">Ask us to call you</li>' in shown
        assert f'"@id":"{contact_page.full_url}call-back/#page"' in shown

    def test_the_message_form_is_the_contact_page_itself(self, contact_page, visit):
        shown = visit("/contact/").text
        assert "<title>Contact | North Clinic</title>" in shown
        assert f'rel="canonical" href="{contact_page.full_url}"' in shown

    def test_the_forms_link_to_each_other(self, clinic, contact_page, visit):
        offer_consultation(clinic)
        for path in ("/contact/", "/contact/call-back/", "/contact/free-consultation/"):
            shown = visit(path).text
            assert f'href="{path}" aria-current="page"' in shown
            for other in ("/contact/", "/contact/call-back/", "/contact/free-consultation/"):
                assert f'class="contact-ways__link" href="{other}"' in shown

    @pytest.mark.parametrize("path", ["/contact/fax/", "/contact/fax/sent/", "/contact/sent/sent/"])
    def test_there_is_no_other_form(self, contact_page, visit, path):
        assert visit(path).status_code == 404

    def test_the_sitemap_names_each_form_that_is_offered(self, clinic, contact_page, visit):
        address = contact_page.full_url
        shown = visit("/sitemap.xml").text
        assert f"<loc>{address}call-back/</loc>" in shown
        assert "free-consultation" not in shown
        offer_consultation(clinic)
        assert f"<loc>{address}free-consultation/</loc>" in visit("/sitemap.xml").text

    def test_the_buttons_to_the_forms_are_shown_where_a_clinic_has_them(self, clinic, contact_page, visit):
        offer_consultation(clinic)
        shown = visit("/").text
        assert 'href="/contact/call-back/"' in shown
        assert 'href="/contact/free-consultation/"' in shown

    def test_a_clinic_without_a_contact_page_offers_no_form(self, clinic, visit):
        offer_consultation(clinic)
        assert "/call-back/" not in visit("/").text
        assert "/free-consultation/" not in visit("/").text


class TestReceipt:
    def test_the_patient_is_thanked_in_the_clinics_words(self, contact_page, visit):
        shown = visit("/contact/sent/").text
        assert "<h1" in shown
        assert "We have your message" in shown
        assert contact_page.thanks in shown

    def test_search_engines_pass_it_over(self, contact_page, visit):
        assert '<meta name="robots" content="noindex">' in visit("/contact/sent/").text

    @pytest.mark.parametrize("path", ["/contact/sent/", "/contact/call-back/sent/"])
    def test_no_cache_keeps_it(self, contact_page, visit, path):
        assert visit(path)["Cache-Control"] == "private, no-store"

    def test_it_shows_nothing_of_what_anybody_sent(self, send, visit):
        send(MESSAGE)
        shown = visit("/contact/sent/").text
        assert not [value for value in MESSAGE.values() if value and value in shown]

    def test_its_address_holds_nothing_of_what_was_sent(self, send):
        assert send(MESSAGE)["Location"] == "/contact/sent/"


class TestSendingTwice:
    @pytest.fixture
    def repeat(self, clinic, contact_page):
        """Send a form again from the same address: `repeat(MESSAGE)`."""
        browser = Client(HTTP_HOST=clinic.host)
        return lambda fields: browser.post("/contact/", {"stamp": stamp_of(contact_page)} | fields)

    def test_a_button_pressed_twice_stores_one_message(self, repeat):
        for _ in range(2):
            assert_sent(repeat(MESSAGE))
        assert ContactMessage.objects.count() == 1

    def test_going_back_and_sending_at_once_stores_one_message_and_asks_nothing(self, contact_page, repeat):
        repeat(MESSAGE)
        assert_sent(repeat(MESSAGE | {"stamp": stamps.new(contact_page.pk).text}))
        assert ContactMessage.objects.count() == 1

    def test_going_back_and_writing_something_else_is_another_message(self, repeat):
        repeat(MESSAGE)
        assert_sent(repeat(MESSAGE | {"message": "And on Sundays?"}))
        assert ContactMessage.objects.count() == 2

    def test_the_turn_of_the_hour_makes_no_second_message(self, repeat, time_machine_at):
        time_machine_at.shift(3599)
        repeat(MESSAGE)
        time_machine_at.shift(2)
        assert_sent(repeat(MESSAGE))
        assert ContactMessage.objects.count() == 1

    def test_asking_again_later_in_the_day_is_another_message(self, repeat, time_machine_at):
        repeat(MESSAGE)
        time_machine_at.shift(2 * 60 * 60)
        assert_sent(repeat(MESSAGE))
        assert ContactMessage.objects.count() == 2

    def test_nobody_learns_from_another_address_that_somebody_has_written(self, clinic, contact_page, send):
        send(MESSAGE)
        stranger = Client(HTTP_HOST=clinic.host, REMOTE_ADDR="203.0.113.9")
        guess = MESSAGE | {"stamp": stamps.new(contact_page.pk).text}
        assert stranger.post("/contact/", guess).status_code == 422

    def test_a_sending_that_is_repeated_does_not_count_against_its_sender(self, repeat):
        for _ in range(8):
            assert_sent(repeat(MESSAGE))


class TestNoSession:
    """The forms need no cookie, so there is none to lose."""

    @pytest.fixture
    def browser(self, clinic):
        return Client(HTTP_HOST=clinic.host, enforce_csrf_checks=True)

    def test_a_form_is_sent_without_a_cookie_and_leaves_none(self, browser, contact_page):
        browser.get("/contact/")
        assert_sent(browser.post("/contact/", MESSAGE | {"stamp": stamp_of(contact_page)}))
        browser.get("/contact/sent/")
        assert not browser.cookies

    def test_the_clinics_own_page_may_send_it(self, browser, clinic, contact_page):
        sent_from = {"HTTP_ORIGIN": f"http://{clinic.host}", "HTTP_REFERER": f"http://{clinic.host}/contact/"}
        assert_sent(browser.post("/contact/", MESSAGE | {"stamp": stamp_of(contact_page)}, **sent_from))

    def test_a_browser_that_keeps_its_origin_to_itself_may_send_it(self, browser, contact_page):
        sent = MESSAGE | {"stamp": stamp_of(contact_page)}
        assert_sent(browser.post("/contact/", sent, HTTP_ORIGIN="null"))

    @pytest.mark.parametrize("header", ["HTTP_ORIGIN", "HTTP_REFERER"])
    def test_another_sites_page_puts_no_words_into_a_patients_form(self, browser, contact_page, header):
        sent = MESSAGE | {"stamp": stamp_of(contact_page)}
        response = browser.post("/contact/", sent, **{header: "https://elsewhere.example/"})
        assert response.status_code == 403
        assert "evening appointments" not in response.text
        assert not ContactMessage.objects.exists()

    @pytest.mark.parametrize("header", ["HTTP_ORIGIN", "HTTP_REFERER"])
    @pytest.mark.parametrize("address", ["http://[::1", "//[", "]["])
    def test_what_is_no_address_is_no_page_of_the_clinics(self, browser, contact_page, header, address):
        sent = MESSAGE | {"stamp": stamp_of(contact_page)}
        assert browser.post("/contact/", sent, **{header: address}).status_code == 403
        assert not ContactMessage.objects.exists()

    def test_any_other_address_refuses_as_before(self, browser, contact_page):
        response = browser.post("/", MESSAGE)
        assert response.status_code == 403
        assert "evening appointments" not in response.text

    def test_a_form_left_open_for_too_long_comes_back_filled_in(self, contact_page, send, time_machine_at):
        stamp = stamp_of(contact_page)
        time_machine_at.shift(stamps.LONGEST + 60)
        old = send(MESSAGE | {"stamp": stamp})
        assert old.status_code == 422
        assert "Please send it once more." in old.text
        assert "Do you have evening appointments?" in old.text
        assert_sent(send(MESSAGE | {"stamp": old.context["form"]["stamp"].value()}))

    def test_the_form_is_kept_by_no_cache_and_what_was_typed_by_no_browser(self, contact_page, visit, send):
        assert "private" in visit("/contact/")["Cache-Control"]
        assert "no-store" in send(MESSAGE | {"name": ""})["Cache-Control"]
