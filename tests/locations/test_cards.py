"""Index pages show on their cards what their leads promise; a location leads to the way there at once."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_card_of_the_team_has_treatments_and_languages(clinic, other_clinic, visit):
    treatments = ModalityIndexPageFactory(parent=clinic.home)
    needling = ModalityPageFactory(parent=treatments, title="Dry needling")
    massage = ModalityPageFactory(parent=treatments, title="Massage therapy")
    draft = ModalityPageFactory(parent=treatments, title="Cupping", live=False)
    foreign = ModalityPageFactory(parent__parent=other_clinic.home, title="Of others")
    team = PractitionerIndexPageFactory(parent=clinic.home)
    given = [massage, needling, draft, foreign]
    PractitionerPageFactory(parent=team, title="Robin Vale", languages="en, fr", modalities=given)
    card = words(visit("/team/").text.partition('class="person-card"')[2])
    assert "Treatments: Dry needling, Massage therapy Languages: English, French" in card
    assert "Cupping" not in card
    assert "Of others" not in card


def test_the_team_costs_no_more_with_more_people(clinic, visit):
    team = PractitionerIndexPageFactory(parent=clinic.home)
    needling = ModalityPageFactory(parent__parent=clinic.home)

    def queries():
        visit("/team/")
        with CaptureQueriesContext(connection) as captured:
            visit("/team/")
        return len(captured)

    PractitionerPageFactory(parent=team, modalities=[needling])
    one = queries()
    for _ in range(4):
        PractitionerPageFactory(parent=team, modalities=[needling])
    assert queries() == one


def test_a_card_of_a_location_has_access_and_parking_on_the_list_of_locations(clinic, visit):
    LocationPageFactory(
        parent=LocationIndexPageFactory(parent=clinic.home),
        access_notes="<p>A ramp leads to the <b>side</b> door.</p>",
        parking="Two spaces by the ramp.",
    )
    card = words(visit("/locations/").text.partition('class="location-card"')[2])
    assert "Access: A ramp leads to the side door. Parking: Two spaces by the ramp." in card


def test_a_location_without_notes_promises_none(clinic, visit):
    LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home), access_notes="", parking="")
    assert "location-card__note" not in visit("/locations/").text


def test_directions_stand_beside_the_address_at_the_top_of_a_location(clinic, visit):
    place = LocationPageFactory(
        parent=LocationIndexPageFactory(parent=clinic.home), latitude="43.76810", longitude="-79.41240"
    )
    html = visit(place.url).text
    head = html[html.index('<div class="hero') : html.index('id="hours"')]
    assert "https://www.openstreetmap.org/directions?to=43.76810%2C-79.41240" in head
