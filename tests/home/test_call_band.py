"""The call to book at the end of a page: the page's own words, else the clinic's, else those for its kind."""

import re
from html import unescape

import pytest

from clinicsite.core.models.call_band import CALL_FIELDS
from clinicsite.library.versions.content import digest_of, version_of
from tests.factories import (
    BlogPageFactory,
    ConditionPageFactory,
    ImageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerPageFactory,
    StandardPageFactory,
)

BOOKING = "https://book.north.example/"
BY_KIND = {
    ConditionPageFactory: "Let us have a look",
    ModalityPageFactory: "Ready to book?",
    LocationPageFactory: "See you soon",
    PractitionerPageFactory: "Book with One",
    BlogPageFactory: "Would you like to talk it over?",
}


def band(html):
    return html.partition('class="call-to-book"')[2].partition("</section>")[0]


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def title(html):
    return words(re.search(r'<h2 class="call-to-book__title"[^>]*>(.*?)</h2>', html, re.DOTALL)[1])


@pytest.fixture
def booking(clinic):
    clinic.settings.booking_url = BOOKING
    clinic.settings.save()


@pytest.mark.parametrize("factory", BY_KIND, ids=lambda one: one.__name__)
def test_the_words_are_the_pages_then_the_clinics_then_those_for_its_kind(clinic, booking, visit, factory):
    page = factory(parent__parent=clinic.home, title="One")
    assert title(visit(page.url).text) == BY_KIND[factory]
    clinic.settings.call_heading, clinic.settings.call_text = "Come & see", "Call 416 555 0142."
    clinic.settings.call_button = "Find a time"
    clinic.settings.save()
    shown = band(visit(page.url).text)
    assert title(shown) == "Come & see"
    assert "Find a time" in words(shown)
    assert 'href="tel:+14165550142"' in shown
    page.call_heading, page.call_text, page.call_button = "Sore?", "We have time today.", "Book today"
    page.call_picture = ImageFactory(title="A room")
    page.save()
    shown = band(visit(page.url).text)
    assert title(shown) == "Sore?"
    assert "We have time today." in words(shown)
    assert "Book today" in words(shown)
    assert "Find a time" not in words(shown)
    assert "call-to-book__picture" in shown


def test_a_plain_page_has_words_of_its_own_too(clinic, booking, visit):
    page = StandardPageFactory(parent=clinic.home, title="Fees", call_heading="Questions about fees?")
    assert title(visit(page.url).text) == "Questions about fees?"


def test_a_follower_has_its_own_and_never_the_librarys(clinic, booking, library, visit):
    needling = ModalityPageFactory(parent=library, title="Needling", call_heading="Never this")
    index = ModalityIndexPageFactory(parent=clinic.home)
    page = ModalityPageFactory(parent=index, title="Needling", library_page=needling, sections=[])
    assert title(visit(page.url).text) == "Ready to book?"
    page.call_heading = "Ours"
    page.save()
    assert title(visit(page.url).text) == "Ours"


def test_the_call_is_no_part_of_what_the_library_releases(library):
    page = ModalityPageFactory(parent=library)
    before = version_of(page)
    page.call_heading = "Only a clinic's"
    assert digest_of(version_of(page)) == digest_of(before)
    # As it was stored before pages had calls of their own.
    assert digest_of({name: value for name, value in before.items() if name not in CALL_FIELDS}) == digest_of(
        before
    )


def test_the_librarys_editor_is_not_asked_for_a_call(clinic, library, owner, admin_client_of, library_editor):
    in_library = ModalityPageFactory(parent=library)
    own = ModalityPageFactory(parent__parent=clinic.home)
    asked = admin_client_of(library_editor).get(f"/admin/pages/{in_library.pk}/edit/").text
    assert 'name="call_heading"' not in asked
    assert 'name="call_heading"' in admin_client_of(owner).get(f"/admin/pages/{own.pk}/edit/").text


def test_a_person_who_takes_nobody_new_asks_nobody_to_book(clinic, booking, visit):
    page = PractitionerPageFactory(parent__parent=clinic.home, is_accepting_new_patients=False)
    assert band(visit(page.url).text) == ""
