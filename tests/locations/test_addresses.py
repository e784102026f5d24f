"""Provinces and postal codes as the post writes them, or a word at the field."""

import pytest
from django.core.exceptions import ValidationError

from clinicsite.locations.addresses import tidied_address
from clinicsite.locations.models import LocationPage
from tests.factories import LocationPageFactory
from tests.locations.admin_form import assert_published, errors_of, form_data, post


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (("CA", "Ontario", "m9z 4k9"), ("CA", "ON", "M9Z 4K9")),
        (("ca", " on ", "M9Z4K9"), ("CA", "ON", "M9Z 4K9")),
        (("CA", "Ont.", "M9Z-4K9"), ("CA", "ON", "M9Z 4K9")),
        (("CA", "British Columbia", "v7z 2l4"), ("CA", "BC", "V7Z 2L4")),
        (("CA", "Québec", "h2x 1y4"), ("CA", "QC", "H2X 1Y4")),
        (("CA", "P.E.I.", "C1A 1A1"), ("CA", "PE", "C1A 1A1")),
        (("CA", "Newfoundland and Labrador", "A1B 2C3"), ("CA", "NL", "A1B 2C3")),
        (("US", "ny", "142011234"), ("US", "NY", "14201-1234")),
        (("US", "NY", "14201"), ("US", "NY", "14201")),
        (("US", "New York", "14201"), ("US", "NY", "14201")),
        (("US", "north carolina", "27601"), ("US", "NC", "27601")),
        (("US", "D.C.", "20001"), ("US", "DC", "20001")),
        (("AU", "Victoria", " 3000"), ("AU", "VIC", "3000")),
        (("AU", "n.s.w.", "2000"), ("AU", "NSW", "2000")),
        (("GB", " Kent ", "ct1 2eh"), ("GB", "Kent", "CT1 2EH")),
        (("GB", "London", "sw1a1aa"), ("GB", "London", "SW1A 1AA")),
        (("GB", "Greater Manchester", "M1 1ae"), ("GB", "Greater Manchester", "M1 1AE")),
        (("IE", "Co. Dublin", "d02af30"), ("IE", "Co. Dublin", "D02 AF30")),
        (("IE", "Dublin 6W", "D6W XY00"), ("IE", "Dublin 6W", "D6W XY00")),
        (("NZ", "Wellington", "6011 "), ("NZ", "Wellington", "6011")),
        (("DE", "Hessen", "60311 "), ("DE", "Hessen", "60311")),
        (("CA", "", ""), ("CA", "", "")),
    ],
)
def test_what_people_type_is_written_as_the_post_does(typed, written):
    assert tuple(tidied_address(*typed).values()) == written
    assert tuple(tidied_address(*written).values()) == written


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (("CA", "Ontaria", "M9Z 4K9"), {"region"}),
        (("CA", "NY", "M9Z 4K9"), {"region"}),
        (("CA", "ON", "M9Z 4K"), {"postal_code"}),
        (("CA", "ON", "M9O 4K9"), {"postal_code"}),
        (("CA", "ON", "14201"), {"postal_code"}),
        (("CA", "?", "?"), {"region", "postal_code"}),
        (("US", "Ontario", "14201"), {"region"}),
        (("US", "ZZ", "14201"), {"region"}),
        (("AU", "ON", "3000"), {"region"}),
        (("AU", "VIC", "30000"), {"postal_code"}),
        (("GB", "Kent", "CT1"), {"postal_code"}),
        (("GB", "Kent", "CT1 2CC"), {"postal_code"}),
        (("IE", "Dublin", "D02"), {"postal_code"}),
        (("NZ", "Wellington", "M5V 1A1"), {"postal_code"}),
        (("US", "NY", "M9Z 4K9"), {"postal_code"}),
        (("C", "ON", "M9Z 4K9"), {"country"}),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(typed, fields):
    with pytest.raises(ValidationError) as refused:
        tidied_address(*typed)
    assert set(refused.value.message_dict) == fields


@pytest.fixture
def place(clinic):
    return LocationPageFactory(parent__parent=clinic.home, title="Maplewood", phones=[], opening_hours=[])


def test_the_editor_takes_a_province_by_its_name(owner, admin_client_of, place, visit):
    data = form_data(region="British Columbia", postal_code="v7z 2l4")
    assert_published(post(admin_client_of(owner), place, data))
    stored = LocationPage.objects.get(pk=place.pk)
    assert (stored.region, stored.postal_code) == ("BC", "V7Z 2L4")
    assert "Maplewood, BC V7Z 2L4" in visit("/locations/maplewood/").content.decode()


def test_the_editor_says_at_the_field_what_it_does_not_know(owner, admin_client_of, place):
    data = form_data(region="Ontaria", postal_code="M9Z 4K")
    errors = errors_of(post(admin_client_of(owner), place, data))
    assert errors == {
        "region": [
            "“Ontaria” is no Canadian province or territory. Write its name or two letters, such as ON."
        ],
        "postal_code": ["“M9Z 4K” is no Canadian postal code. Write one such as M5V 1A1."],
    }
