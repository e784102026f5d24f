"""The places of a clinic as its pages show them, and whether they are open, at moments in their own zones."""

from datetime import time

import pytest
import time_machine
from wagtail.models import Site

from clinicsite.clinics.profile import profile_for
from clinicsite.locations.models import LocationPhone, OpeningHours
from clinicsite.locations.phones import phone_to_call
from tests.factories import LocationIndexPageFactory, LocationPageFactory, ModalityPageFactory
from tests.standing import standing


def places_of(clinic):
    return profile_for(Site.objects.get(pk=clinic.site.pk)).parts["places"]


@standing
def index(clinic):
    return LocationIndexPageFactory(parent=clinic.home)


def weekdays(opens=time(9), closes=time(17)):
    return [OpeningHours(weekday=day, opens=opens, closes=closes) for day in range(5)]


def test_the_main_location_comes_first_and_the_rest_in_the_trees_order(clinic, index):
    for title, is_primary in (("Aspen", False), ("Birch", True), ("Cedar", False)):
        LocationPageFactory(parent=index, title=title, is_primary=is_primary)
    places = places_of(clinic)
    assert [place.title for place in places.all] == ["Birch", "Aspen", "Cedar"]
    assert places.primary.title == "Birch"


def test_without_a_main_location_the_first_leads(clinic, index):
    LocationPageFactory(parent=index, title="Aspen")
    LocationPageFactory(parent=index, title="Birch")
    assert places_of(clinic).primary.title == "Aspen"


def test_a_clinic_without_a_location_has_no_main_place(clinic):
    assert places_of(clinic).primary is None
    assert places_of(clinic).all == ()


def test_a_location_not_published_and_another_clinics_are_no_places(clinic, other_clinic, index):
    LocationPageFactory(parent=index, title="Aspen", live=False)
    LocationPageFactory(parent__parent=other_clinic.home, title="Elsewhere")
    assert places_of(clinic).all == ()


def test_the_main_number_is_called_first_wherever_it_stands(clinic, index):
    phones = [
        LocationPhone(number="+14165550199", label="fax"),
        LocationPhone(number="+14165550123", is_primary=True),
    ]
    LocationPageFactory(parent=index, phones=phones)
    assert places_of(clinic).primary.phone.number == "+14165550123"


def test_without_a_main_number_the_first_is_called(clinic, index):
    phones = [LocationPhone(number="+14165550101"), LocationPhone(number="+14165550102")]
    LocationPageFactory(parent=index, phones=phones)
    assert places_of(clinic).primary.phone.text == "(416) 555-0101"


def test_a_location_without_numbers_has_none_to_call(clinic, index):
    LocationPageFactory(parent=index, phones=[])
    assert places_of(clinic).primary.phone is None


def test_a_number_that_nobody_answers_by_voice_is_not_called(clinic, index):
    phones = [
        LocationPhone(number="+14165550199", label="fax"),
        LocationPhone(number="+14165550188", label="text", is_primary=True),
        LocationPhone(number="+14165550123", label="after_hours"),
    ]
    LocationPageFactory(parent=index, phones=phones)
    assert places_of(clinic).primary.phone.href == "tel:+14165550123"


def test_a_fax_that_stands_first_is_not_the_number_to_call(clinic, index):
    phones = [LocationPhone(number="+16045550199", label="fax"), LocationPhone(number="+16045550142")]
    LocationPageFactory(parent=index, phones=phones)
    assert places_of(clinic).primary.phone.href == "tel:+16045550142"


def test_the_line_for_booking_is_called_before_the_one_after_hours_unless_that_is_the_main_one(clinic, index):
    evening = LocationPhone(number="+14165550188", label="after_hours")
    LocationPageFactory(parent=index, phones=[evening, LocationPhone(number="+14165550123")])
    assert places_of(clinic).primary.phone.text == "(416) 555-0123"
    main = LocationPhone(number="+14165550188", label="after_hours", is_primary=True)
    place = LocationPageFactory(parent=index, phones=[LocationPhone(number="+14165550123"), main])
    assert phone_to_call(place.shown_phones).text == "(416) 555-0188"


@pytest.mark.parametrize("label", ["text", "fax"])
def test_a_place_with_no_number_answered_by_voice_has_none_to_call(clinic, index, label):
    LocationPageFactory(parent=index, phones=[LocationPhone(number="+14165550188", label=label)])
    assert places_of(clinic).primary.phone is None


def test_a_treatment_is_offered_where_places_say_so_and_everywhere_where_none_says(clinic, index):
    needling = ModalityPageFactory(parent__parent=clinic.home, title="Needling")
    massage = ModalityPageFactory(parent=needling.get_parent(), title="Massage")
    LocationPageFactory(parent=index, title="Aspen")
    birch = LocationPageFactory(parent=index, title="Birch")
    assert [place.title for place in places_of(clinic).offering([needling])] == ["Aspen", "Birch"]
    assert places_of(clinic).offering([]) == ()
    birch.modalities = [needling]
    birch.save_revision().publish()
    assert [place.title for place in places_of(clinic).offering([needling, massage])] == ["Birch"]
    assert places_of(clinic).offering([massage]) == ()


@pytest.mark.parametrize(
    ("zone", "moment", "words"),
    [
        ("America/Toronto", "2026-05-11T13:00:00Z", "Open now, closes at 5:00 pm"),
        ("America/Edmonton", "2026-05-11T13:00:00Z", "Closed now, opens today at 9:00 am"),
        ("America/Toronto", "2026-05-11T22:00:00Z", "Closed now, opens tomorrow at 9:00 am"),
        ("America/Edmonton", "2026-05-11T22:00:00Z", "Open now, closes at 5:00 pm"),
        ("America/Toronto", "2026-05-11T20:59:59Z", "Open now, closes at 5:00 pm"),
        ("America/Toronto", "2026-05-11T21:00:00Z", "Closed now, opens tomorrow at 9:00 am"),
        ("America/Toronto", "2026-01-12T13:30:00Z", "Closed now, opens today at 9:00 am"),
        ("America/Toronto", "2026-05-15T22:00:00Z", "Closed now, opens Monday at 9:00 am"),
    ],
)
def test_a_page_says_whether_the_place_is_open_in_its_own_time_zone(index, visit, zone, moment, words):
    LocationPageFactory(parent=index, title="Maplewood", time_zone=zone, opening_hours=weekdays())
    with time_machine.travel(moment, tick=False):
        shown = visit("/locations/maplewood/").content.decode()
    assert words in shown


def test_two_zones_are_right_on_the_same_page_at_the_same_moment(clinic, index, visit):
    LocationPageFactory(parent=index, title="East", time_zone="America/Toronto", is_primary=True)
    LocationPageFactory(parent=index, title="West", time_zone="America/Edmonton")
    with time_machine.travel("2026-05-11T21:30:00Z", tick=False):
        states = {place.title: place.state_text for place in places_of(clinic).all}
        shown = visit("/locations/").content.decode()
    assert states == {"East": "Closed now, opens tomorrow at 9:00 am", "West": "Open now, closes at 5:00 pm"}
    assert all(state in shown for state in states.values())


def test_the_state_changes_with_the_clock_although_nothing_was_published(index, visit):
    LocationPageFactory(parent=index, title="Maplewood")
    states = []
    for moment in ("2026-05-11T20:00:00Z", "2026-05-11T23:00:00Z"):
        with time_machine.travel(moment, tick=False):
            states.append("Open now, closes at 5:00 pm" in visit("/locations/maplewood/").content.decode())
    assert states == [True, False]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-05-16T04:30:00Z", "Open now, closes at 1:00 am"),
        ("2026-05-16T05:30:00Z", "Closed now, opens Friday at 6:00 pm"),
    ],
)
def test_a_place_open_past_midnight_is_open_after_midnight(index, visit, moment, words):
    late = [OpeningHours(weekday=4, opens=time(18), closes=time(1))]
    LocationPageFactory(parent=index, title="Maplewood", opening_hours=late)
    with time_machine.travel(moment, tick=False):
        assert words in visit("/locations/maplewood/").content.decode()


def test_the_date_at_a_location_is_its_own(index):
    east = LocationPageFactory(parent=index, time_zone="America/Toronto")
    west = LocationPageFactory(parent=index, time_zone="America/Edmonton")
    with time_machine.travel("2026-05-12T05:00:00Z", tick=False):
        assert (east.today.day, west.today.day) == (12, 11)


def test_a_location_page_lists_its_treatments_and_no_draft(clinic, index, visit):
    offered = ModalityPageFactory(parent__parent=clinic.home, title="Dry needling")
    draft = ModalityPageFactory(parent=offered.get_parent(), title="Coming soon", live=False)
    ModalityPageFactory(parent=offered.get_parent(), title="Only elsewhere")
    page = LocationPageFactory(parent=index, title="Maplewood", modalities=[offered, draft])
    assert page.modalities.count() == 2
    shown = visit("/locations/maplewood/").content.decode()
    assert "Dry needling" in shown
    assert "Coming soon" not in shown
    assert "Only elsewhere" not in shown
