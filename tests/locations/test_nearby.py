"""Where to go with this: places that answer now come first, and the nearest where the patient asks."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
import time_machine

from clinicsite.locations.models import OpeningHours
from clinicsite.locations.nearby import open_first, unit_of
from tests.factories import (
    ConditionIndexPageFactory,
    ConditionPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
)
from tests.standing import standing

#: A Monday; eleven in the morning in Toronto, nine in Edmonton.
NOW = datetime(2026, 6, 8, 15, tzinfo=UTC)


@standing
def index(clinic):
    return LocationIndexPageFactory(parent=clinic.home)


@standing
def elbow(clinic):
    return ConditionPageFactory(
        parent=ConditionIndexPageFactory(parent=clinic.home), title="Tennis elbow", slug="tennis-elbow"
    )


@standing
def needling(clinic, elbow):
    treatments = ModalityIndexPageFactory(parent=clinic.home)
    return ModalityPageFactory(parent=treatments, title="Needling", conditions=[elbow])


@pytest.fixture
def read(visit):
    """What a patient with a tennis elbow is sent at `NOW`."""

    def sent():
        with time_machine.travel(NOW, tick=False):
            response = visit("/conditions/tennis-elbow/")
        assert response.status_code == 200
        return response

    return sent


def hours(opens, closes, **fields):
    return [OpeningHours(weekday=day, opens=time(opens), closes=time(closes), **fields) for day in range(5)]


def order_in(response):
    places = list(response.context["places"])
    return [place.title for place in open_first(places, NOW)]


def titles_in(text, *titles):
    part = text[text.index("data-nearby-list") :]
    return sorted(titles, key=lambda title: part.index(f">{title}</a>"))


def test_who_answers_now_comes_first_then_by_appointment_then_who_opens_next(index, needling, read):
    places = {
        "Closed till tomorrow": hours(7, 9),
        "Opens at noon": hours(12, 17),
        "By appointment": hours(9, 17, is_by_appointment=True),
        "Open": hours(9, 17),
        "Never open": [],
    }
    for title, weekly in places.items():
        LocationPageFactory(
            parent=index, title=title, city=title, opening_hours=weekly, modalities=[needling]
        )
    expected = ["Open", "By appointment", "Opens at noon", "Closed till tomorrow", "Never open"]
    response = read()
    assert order_in(response) == expected
    assert titles_in(response.text, *places) == expected


def test_places_of_one_city_stand_together_within_their_kind(index, needling, read):
    for title, city in (("North", "Maplewood"), ("Far", "Ashbourne"), ("South", "Maplewood")):
        LocationPageFactory(parent=index, title=title, city=city, modalities=[needling])
    assert order_in(read()) == ["North", "South", "Far"]


def test_each_place_is_judged_by_its_own_clock(index, needling, read):
    early = {"opening_hours": hours(10, 17), "modalities": [needling]}
    LocationPageFactory(parent=index, title="West", time_zone="America/Edmonton", **early)
    LocationPageFactory(parent=index, title="East", time_zone="America/Toronto", **early)
    assert order_in(read()) == ["East", "West"]


def test_only_places_that_offer_a_treatment_for_it_are_named(index, needling, clinic, read):
    LocationPageFactory(parent=index, title="With needling", modalities=[needling])
    LocationPageFactory(parent=index, title="Without")
    assert [place.title for place in read().context["places"]] == ["With needling"]


def test_where_no_place_says_what_it_offers_all_are_named(index, needling, read):
    for title in ("North", "South"):
        LocationPageFactory(parent=index, title=title)
    assert [place.title for place in read().context["places"]] == ["North", "South"]


def test_another_clinics_place_is_never_named(index, needling, other_clinic, read):
    LocationPageFactory(parent=index, title="Ours", modalities=[needling])
    LocationPageFactory(parent__parent=other_clinic.home, title="Theirs", modalities=[needling])
    response = read()
    assert [place.title for place in response.context["places"]] == ["Ours"]
    assert "Theirs" not in response.text


def test_a_place_is_one_tap_from_its_phone(index, needling, read):
    LocationPageFactory(parent=index, title="North", modalities=[needling])
    text = read().text
    part = text[text.index("data-nearby-list") : text.index("</aside>")]
    assert 'href="tel:+14165550123"' in part
    assert "Open now, closes at 5:00 pm" in part


def test_sorting_by_distance_is_offered_only_where_it_tells_places_apart(index, needling, read):
    where = {"latitude": Decimal("43.65"), "longitude": Decimal("-79.34"), "modalities": [needling]}
    LocationPageFactory(parent=index, title="North", **where)
    LocationPageFactory(parent=index, title="Nowhere", modalities=[needling])
    assert "data-nearby-sort" not in read().text
    LocationPageFactory(parent=index, title="South", **where)
    text = read().text
    assert '<p class="nearby__sort" hidden data-nearby-sort>' in text
    assert text.count('data-latitude="43.65000" data-longitude="-79.34000"') == 2


def test_a_long_list_keeps_its_rest_folded_away_but_there(index, needling, read):
    for number in range(6):
        LocationPageFactory(parent=index, title=f"Place {number}", modalities=[needling])
    text = read().text
    assert "<summary>2 more places</summary>" in text
    assert text.count("data-nearby-list") == 2


def test_distances_are_in_the_countrys_own_unit(index, needling, read):
    place = LocationPageFactory(parent=index, modalities=[needling])
    assert 'data-nearby-unit="km"' in read().text
    place.country, place.region, place.postal_code = "US", "NY", "14201"
    place.save_revision().publish()
    assert 'data-nearby-unit="mi"' in read().text
    assert unit_of([]) == "km"
