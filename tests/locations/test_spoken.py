"""The place that a page speaks of: header, bar and buttons call it, and it is named among several."""

import re
from datetime import time

import pytest
import time_machine

from clinicsite.locations.models import LocationPhone, OpeningHours
from tests.factories import (
    ContactPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityPageFactory,
    PractitionerPageFactory,
)
from tests.standing import standing

#: Friday evening in Toronto: The Mill has been closed since 4:30 pm, The Arena is open to 1:00 am.
FRIDAY = "2026-12-05T03:00:00Z"
#: Friday noon: The Mill is open, The Arena is not yet.
NOON = "2026-12-04T17:00:00Z"
SUNDAY = "2026-12-06T17:00:00Z"
MILL, ARENA = "tel:+15195550160", "tel:+15195550170"


@standing
def index(clinic):
    return LocationIndexPageFactory(parent=clinic.home)


@standing
def mill(index):
    return LocationPageFactory(
        parent=index,
        title="The Mill",
        is_primary=True,
        phones=[LocationPhone(number="+15195550160")],
        opening_hours=[OpeningHours(weekday=day, opens=time(7, 30), closes=time(16, 30)) for day in range(5)],
    )


@standing
def arena(index):
    return LocationPageFactory(
        parent=index,
        title="The Arena",
        booking_url="https://book.example/arena",
        phones=[LocationPhone(number="+15195550170")],
        opening_hours=[OpeningHours(weekday=4, opens=time(18), closes=time(1))],
    )


@pytest.fixture
def both(mill, arena):
    return mill, arena


@pytest.fixture
def read(visit):
    """A page at a moment: `read("/", FRIDAY)`."""

    def text(path, moment):
        with time_machine.travel(moment, tick=False):
            return " ".join(visit(path).content.decode().split())

    return text


def header(page):
    """What the header shows: the words of the one place that is not hidden."""
    shown = re.findall(r'<div class="header-contact__place">(.*?)</div>', page)
    assert len(shown) == 1
    return " ".join(re.sub(r"<[^>]+>", " ", shown[0]).split())


def called(page):
    """The numbers that header, bar and buttons of a page call, without those of cards and footer."""
    head = re.search(r'<div class="header-contact__place">(.*?)</div>', page)[1]
    bar = re.search(r'<nav class="action-bar".*?</nav>', page)
    buttons = re.findall(r'<p class="(?:hero|call-to-book)__actions">.*?</p>', page)
    return set(re.findall(r'href="(tel:[^"]*)"', " ".join([head, bar[0] if bar else "", *buttons])))


def test_a_locations_page_calls_that_location_and_books_there(both, read):
    page = read("/locations/the-arena/", NOON)
    assert called(page) == {ARENA}
    assert header(page) == "Call The Arena (519) 555-0170 The Arena: Closed now, opens today at 6:00 pm"
    bar = re.search(r'<nav class="action-bar".*?</nav>', page)[0]
    assert "https://book.example/arena" in bar


def test_a_person_who_works_elsewhere_is_called_there(clinic, both, read):
    PractitionerPageFactory(parent__parent=clinic.home, title="Robin", locations=[both[1]])
    PractitionerPageFactory(parent=clinic.home.get_children().get(slug="team"), title="Kim")
    assert called(read("/team/robin/", NOON)) == {ARENA}
    assert called(read("/team/kim/", NOON)) == {MILL}


def test_a_treatment_that_one_place_offers_is_asked_for_there(clinic, both, read):
    massage = ModalityPageFactory(parent__parent=clinic.home, title="Massage")
    needling = ModalityPageFactory(parent=massage.get_parent(), title="Needling")
    for place, offered in zip(both, (needling, massage), strict=True):
        place.modalities = [offered]
        place.save_revision().publish()
    assert called(read("/treatments/massage/", NOON)) == {ARENA}
    assert called(read("/treatments/needling/", FRIDAY)) == {MILL}


@pytest.mark.parametrize(
    ("moment", "number", "words"),
    [
        (NOON, MILL, "Call The Mill (519) 555-0160 The Mill: Open now, closes at 4:30 pm"),
        (FRIDAY, ARENA, "Call The Arena (519) 555-0170 The Arena: Open now, closes at 1:00 am"),
        (SUNDAY, MILL, "Call The Mill (519) 555-0160 The Mill: Closed now, opens tomorrow at 7:30 am"),
    ],
)
def test_any_other_page_turns_to_a_place_that_is_open_and_names_it(both, read, moment, number, words):
    page = read("/", moment)
    assert header(page) == words
    assert called(page) == {number}


def test_the_only_place_of_a_clinic_need_not_be_named(mill, read):
    page = read("/", SUNDAY)
    assert header(page) == "Call (519) 555-0160 Closed now, opens tomorrow at 7:30 am , The Mill"
    assert "data-hours-choice" not in page


def test_a_clinic_without_places_has_no_line_in_its_header(clinic, read):
    assert "header-contact" not in read("/", NOON)


def test_a_place_without_hours_is_neither_open_nor_closed(index, read):
    LocationPageFactory(parent=index, title="New place", opening_hours=[])
    for path in ("/", "/locations/", "/locations/new-place/", "/search/?q=new+place"):
        page = read(path, NOON)
        assert not re.search(r"\b(Closed|Open) ?(now|today)?\b(?!ing)", re.sub(r"<[^>]+>", " ", page)), path
        assert "data-hours-state" not in page
        assert "Call for our hours" in page, path
    assert "Call for our hours" in header(read("/", NOON))


def test_a_place_without_hours_and_without_a_phone_asks_to_be_asked(index, read):
    LocationPageFactory(parent=index, title="New place", opening_hours=[], phones=[])
    page = read("/locations/new-place/", NOON)
    assert "Ask us for our hours" in page
    assert "Call for our hours" not in page


def test_an_open_place_goes_before_one_of_which_no_hours_are_known(index, arena, read):
    LocationPageFactory(parent=index, title="New place", opening_hours=[], is_primary=True)
    assert header(read("/", FRIDAY)).endswith("The Arena: Open now, closes at 1:00 am")
    assert header(read("/", NOON)) == "Call New place (416) 555-0123 New place: Call for our hours"


def test_no_bar_lies_over_a_form(clinic, mill, read):
    ContactPageFactory(parent=clinic.home)
    assert 'class="action-bar"' in read("/", NOON)
    assert 'class="action-bar"' in read("/contact/sent/", NOON)
    assert 'class="action-bar"' not in read("/contact/", NOON)
    assert 'class="action-bar"' not in read("/contact/call-back/", NOON)
