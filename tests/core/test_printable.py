"""Texts that outputs can carry: cleaned when they are saved, and again where they go out."""

import csv
import json
import re
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Revision

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.profile import profile_for
from clinicsite.core.cleaning import clean_texts
from clinicsite.core.printable import all_printable, is_printable, is_seen, printable
from clinicsite.core.spreadsheets import as_words
from clinicsite.core.structured_data import as_script, node
from clinicsite.home.contact.letters import receipt_of
from clinicsite.home.contact.models import ContactMessage
from clinicsite.home.models import BlogPage, StandardPage
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ContactPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerPageFactory,
    StandardPageFactory,
)
from tests.factories.sections import section

#: Everything that XML 1.0 cannot hold, below U+0020, among the surrogates, and at the end of the first plane.
FORBIDDEN = [*range(9), 11, 12, *range(14, 32), 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFE, 0xFFFF]


class TestWords:
    @pytest.mark.parametrize("code", FORBIDDEN)
    def test_what_xml_cannot_hold_goes(self, code):
        text = printable(f"Direct billing{chr(code)}What to bring")
        assert text == ("Direct billing What to bring" if code in (11, 12) else "Direct billingWhat to bring")

    @pytest.mark.parametrize(
        "text", ["", "One\tline\r\nand another", "Émilie – 20 °C", "\U0001f600", "\x85\ufffd"]
    )
    def test_all_else_stays(self, text):
        assert printable(text) is text

    def test_a_break_before_a_space_leaves_one_space(self):
        assert printable("Direct billing\x0b What to bring") == "Direct billing What to bring"

    def test_values_of_json_are_cleaned_throughout(self):
        raw = [{"a": "x\x01", "b": ("y\x0b", 3, None)}]
        assert not is_printable(raw)
        assert all_printable(raw) == [{"a": "x", "b": ("y ", 3, None)}]
        assert is_printable(all_printable(raw))


class TestSaving:
    def test_every_text_of_a_page_is_cleaned(self, clinic):
        body = [{"type": "paragraph", "value": "<p>Bring\x0byour card\ud83d.</p>"}]
        page = StandardPageFactory(
            parent=clinic.home,
            title="Direct\x0bbilling",
            search_description="What\x0cto bring\x02",
            sections=[section("One\x0btwo", body=body)],
        )
        page = StandardPage.objects.get(pk=page.pk)
        assert (page.title, page.search_description) == ("Direct billing", "What to bring")
        (stored,) = page.sections.raw_data
        assert stored["value"]["heading"] == "One two"
        assert stored["value"]["body"][0]["value"] == "<p>Bring your card.</p>"
        assert is_printable(list(page.sections.raw_data))

    def test_what_is_sound_keeps_its_blocks(self, clinic):
        page = StandardPageFactory(parent=clinic.home, title="Fees", sections=[section("One")])
        page = StandardPage.objects.get(pk=page.pk)
        before = page.sections.get_prep_value()
        page.save()
        assert StandardPage.objects.get(pk=page.pk).sections.get_prep_value() == before

    def test_a_draft_is_cleaned_too(self, clinic):
        page = StandardPageFactory(parent=clinic.home, title="Fees")
        page.title = "Fees\x0band insurance\ud83d"
        revision = page.save_revision()
        assert Revision.objects.get(pk=revision.pk).content["title"] == "Fees and insurance"
        revision.publish()
        assert StandardPage.objects.get(pk=page.pk).title == "Fees and insurance"

    def test_settings_names_and_tags_are_cleaned(self, clinic):
        clinic.settings.tagline = "We\x0blisten"
        clinic.settings.save()
        assert ClinicSettings.objects.get(pk=clinic.settings.pk).tagline == "We listen"
        person = PractitionerPageFactory(parent__parent=clinic.home, title="Robin\x0bVale")
        assert type(person).objects.get(pk=person.pk).title == "Robin Vale"

    def test_a_part_of_an_object_is_saved_as_a_part(self, clinic, django_assert_num_queries):
        page = StandardPage.objects.only("pk").get(pk=StandardPageFactory(parent=clinic.home).pk)
        with django_assert_num_queries(0):
            clean_texts(page)


class TestLastGuard:
    """What was stored before, or by a way that no signal sees."""

    @pytest.fixture
    def post(self, clinic):
        blog = BlogIndexPageFactory(parent=clinic.home, title="Blog", slug="blog")
        robin = PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale", slug="robin")
        post = BlogPageFactory(parent=blog, title="Knees", slug="knees", authors=[robin])
        post.tags.add("Running")
        post.save()
        treatments = ModalityIndexPageFactory(parent=clinic.home)
        treatment = ModalityPageFactory(parent=treatments, title="Needling")
        for page in (post, robin, treatment, blog):
            type(page).objects.filter(pk=page.pk).update(title=f"{page.title}\x0band\x01 more")
        BlogPage.objects.filter(pk=post.pk).update(summary="Direct billing\x0bWhat to bring")
        type(post.tags.get()).objects.update(name="Run\x0bning")
        ClinicSettings.objects.filter(site=clinic.site).update(name="North\x0bClinic\x02")
        return post

    def test_the_feed_is_xml(self, post, visit):
        response = visit("/blog/feed/")
        assert response.status_code == 200
        text = "".join(ElementTree.fromstring(response.content).itertext())
        assert "Direct billing What to bring" in text
        assert "Robin Vale and more" in text

    def test_the_sitemap_is_xml(self, post, visit):
        addresses = [one.text for one in ElementTree.fromstring(visit("/sitemap.xml").content).iter()]
        assert any((text or "").endswith("/blog/knees/") for text in addresses)

    def test_the_text_for_language_models_has_no_controls(self, post, visit):
        assert re.search("[\x00-\x08\x0b-\x1f]", visit("/llms.txt").text) is None

    def test_the_data_for_machines_is_json_with_text_that_all_can_read(self, post, visit):
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', visit("/blog/knees/").text)
        assert is_printable(json.loads(data[1]))

    def test_half_a_sign_is_left_out_of_the_data_for_machines(self):
        assert as_script([node("Thing", name="smile \ud83d")]).encode() is not None

    def test_a_mail_has_one_line_for_its_subject_and_sender(self, post, clinic):
        page = ContactPageFactory(parent=clinic.home)
        message = ContactMessage(page=page, email="sam@patients.example", kind="message")
        sent = receipt_of(message, profile_for(clinic.site)).message()
        assert sent["Subject"] == "North Clinic: we have your message"
        assert "North Clinic" in sent["From"]
        assert not re.search("[\x0b\x02]", sent.as_string())

    def test_a_spreadsheet_has_no_controls(self):
        assert as_words("Sam\x0bVale\x01") == "Sam Vale"
        assert as_words("\x01=1+1") == "'=1+1"
        assert list(map(as_words, ["\x0b=1+1", "North\x0cClinic"])) == ["' =1+1", "North Clinic"]
        assert next(csv.reader([as_words("a\x00b")])) == ["ab"]


@pytest.mark.parametrize("text", ["Fees", "é", "2", "?", "💪", "針"])
def test_a_text_with_a_letter_a_digit_or_a_sign_is_seen(text):
    assert is_seen(text)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u00a0\u2060", "\u00ad"])
def test_spaces_of_any_kind_alone_are_not(text):
    assert not is_seen(text)


@pytest.mark.django_db
def test_a_title_that_nobody_would_see_is_refused(clinic):
    page = StandardPageFactory(parent=clinic.home, title="About us")
    page.title = "\u200b"
    with pytest.raises(ValidationError, match="Nobody would see this title"):
        page.full_clean()
