"""A spec is read and checked as a whole before anything is written; each fault names its field."""

import tomllib
from dataclasses import fields, is_dataclass

import pytest
from PIL import Image
from wagtail.models import Site

from clinicsite.provisioning.spec import Fault, SpecError, as_mapping, help_for, parts, read, validate
from clinicsite.provisioning.spec.reading import read_with_faults
from tests.commands import ROOT
from tests.factories import ClinicFactory, ModalityPageFactory, UserFactory, library_root
from tests.provisioning.specs import LOCATION, PERSON, a_library, a_spec, mapping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library():
    return a_library()


def faults(**changes):
    """{path: sentence} of all that is wrong with the whole spec, so changed."""
    spec, read_faults = read_with_faults(mapping(**changes))
    return {fault.path: fault.sentence for fault in [*read_faults, *validate(spec)]}


def in_location(**changes):
    return faults(locations=[LOCATION | changes])


def test_the_whole_spec_is_right():
    assert validate(a_spec()) == []


def test_a_spec_becomes_a_mapping_and_the_same_spec_again():
    spec = a_spec(brand={"logo": {"file": "a.png", "alt": "A"}}, takes_new_pages=True, port=8123)
    assert read(as_mapping(spec)) == spec
    assert as_mapping(spec)["brand"] == {"logo": {"file": "a.png", "alt": "A"}}


def test_times_and_dates_of_toml_are_what_their_texts_are():
    text = (
        "name='A'\nhost='a.example'\njurisdiction='CA-ON'\ntime_zone='America/Toronto'\nemail='a@a.example'\n"
        "[[locations]]\nname='L'\nstreet='1'\ncity='C'\npostal_code='M5V 1A1'\nlatitude=43.65107\n"
        "[[locations.hours]]\nday='monday'\nopens=08:30:00\ncloses=17:00:00\n"
        "[[locations.special_days]]\nname='D'\nfirst_date=2026-12-25\n"
    )
    (place,) = read(tomllib.loads(text)).locations
    assert (place.hours[0].opens, place.special_days[0].first_date) == ("08:30", "2026-12-25")
    assert place.latitude == "43.65107"


def test_an_unknown_key_is_refused_with_the_nearest_that_there_is():
    with pytest.raises(SpecError) as raised:
        read(mapping(jurisdicton="CA-ON", locations=[LOCATION | {"colour": "red"}]))
    paths = {fault.path: fault.sentence for fault in raised.value.faults}
    assert paths["jurisdicton"] == "There is no such field. Did you mean jurisdiction?"
    assert paths["locations[0].colour"].startswith("There is no such field. There are: name, slug,")


def test_what_is_missing_or_of_a_wrong_kind_is_named_by_its_field():
    found = faults(email=None, treatments="dry-needling", has_direct_billing="yes", port="80", name=["A"])
    assert found["email"] == "This is missing. Where contact messages are sent."
    assert found["treatments"] == "This is a list, in [square brackets]."
    assert found["has_direct_billing"] == "This is true or false, without quotation marks."
    assert found["port"] == "This is a whole number, without quotation marks."


def test_a_spec_of_another_version_is_refused_in_one_sentence():
    with pytest.raises(SpecError) as raised:
        read(mapping(version=2, colour="red"))
    (fault,) = raised.value.faults
    assert fault.path == "version"
    assert fault.sentence.startswith("This spec is of version 2, and this release reads version 1.")


def test_all_faults_are_listed_at_once():
    found = faults(
        kind="spa",
        time_zone="Toronto",
        brand={"primary": "#ffffff", "mood": "loud"},
        locations=[
            LOCATION
            | {
                "postal_code": "abc",
                "phones": [{"number": "12"}],
                "hours": [{"day": "mon", "opens": "8", "closes": "5pm"}],
            }
        ],
    )
    assert found == {
        "kind": "“spa” is none of these: physiotherapy, massage, sports_medicine, health_services.",
        "time_zone": (
            "“Toronto” is not a time zone. Use a name such as America/Toronto or America/Edmonton."
        ),
        "brand.primary": (
            "This colour has a contrast of 1.00 to 1 with white; text needs at least 4.5 to 1. "
            "Choose a darker shade."
        ),
        "brand.mood": "“loud” is none of these: calm, crisp, warm.",
        "locations[0].postal_code": "“abc” is no Canadian postal code. Write one such as M5V 1A1.",
        "locations[0].phones[0].number": "Write the number with its area code, such as 416 555 0123.",
        "locations[0].hours[0].day": "“mon” is no day of the week. Write one such as monday.",
        "locations[0].hours[0].opens": "Is that 8:00 am or 8:00 pm? Write “8:00 am” or “8:00 pm”.",
    }


def test_rows_that_contradict_each_other_are_refused_at_the_row():
    hours = [
        {"day": "monday", "opens": "8am", "closes": "5pm"},
        {"day": "monday", "opens": "4pm", "closes": "9pm"},
    ]
    assert list(in_location(hours=hours)) == ["locations[0].hours[1].opens"]
    phones = [{"number": "416 555 0188", "is_primary": True}, {"number": "416 555 0189", "is_primary": True}]
    assert list(in_location(phones=phones)) == ["locations[0].phones[1].is_primary"]
    fax = [{"number": "416 555 0188", "label": "fax", "is_primary": True}]
    assert list(in_location(phones=fax)) == ["locations[0].phones[0].is_primary"]


def test_a_location_without_a_number_could_not_go_live():
    assert in_location(phones=[]) == {"locations[0].phones": "A location needs a phone number. Add one."}


def test_a_special_day_that_is_open_needs_its_hours():
    (path,) = in_location(special_days=[{"name": "D", "first_date": "2026-12-24", "is_closed": False}])
    assert path == "locations[0].special_days[0]"


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("https://lakeside.example", "Leave out what stands before the name: lakeside.example."),
        ("lakeside.example/contact/", "Leave out the path: lakeside.example."),
        ("lakeside.example:8000", "Leave out the port; it has a field of its own, port."),
        ("lake side.example", "“lake side.example” is no name of a host."),
        ("lakeside", "“lakeside” is no name of a host."),
        ("192.0.2.7", "This is an address in numbers."),
        ("séance.example", "Write it as browsers send it: xn--sance-bsa.example."),
    ],
)
def test_a_host_is_a_name_and_nothing_else(host, sentence):
    found = faults(host=host)
    assert list(found) == ["host"]
    assert found["host"].startswith(sentence)


def test_the_agencys_own_host_is_refused(settings):
    settings.CLINICSITE = {**getattr(settings, "CLINICSITE", {}), "AGENCY_HOST": "agency.example"}
    assert faults(host="Agency.example") == {
        "host": "Agency.example is the agency’s own host. Choose another, such as a name before it."
    }


def test_a_host_that_is_taken_is_refused_whoever_has_it():
    ClinicFactory(hostname="harbour.example", name="Harbour")
    Site.objects.create(hostname="projects.example", root_page=library_root(), site_name="The project")
    assert faults(host="HARBOUR.example") == {"host": "HARBOUR.example is the host of “Harbour” already."}
    assert faults(host="projects.example") == {
        "host": "projects.example is the host of “The project” already."
    }


def test_a_slug_of_another_clinic_is_refused():
    theirs = ClinicFactory(hostname="harbour.example", name="Harbour")
    found = faults(slug=theirs.home.slug)
    assert found == {
        "slug": f"There is a clinic “{theirs.home.slug}” already, on harbour.example. "
        "Write another slug, or that host."
    }


def test_library_pages_are_named_as_the_library_has_them():
    assert faults(treatments=["dry-needlng"], people=None) == {
        "treatments[0]": "The library has no published treatment “dry-needlng”. Did you mean dry-needling?"
    }
    ModalityPageFactory(title="Draft", slug="a-draft", parent=library_root(), live=False)
    assert list(faults(treatments=["a-draft", "dry-needling"])) == ["treatments[0]"]
    assert faults(pack="Massage") == {
        "pack": "There is no starter pack “Massage”. The library keeps none yet."
    }


def test_parts_name_only_what_the_spec_has():
    person = PERSON | {"locations": ["lakesid"], "treatments": ["massage"], "biography": "[x](condition:y)"}
    assert faults(people=[person], takes_new_pages=True) == {
        "people[0].locations[0]": "This spec has no location “lakesid”. Did you mean lakeside?",
        "people[0].treatments[0]": "This spec has no treatment “massage”.",
        "people[0].biography": "This links to a condition “y”, which this spec does not follow.",
        "takes_new_pages": "Pages arrive with a starter pack. Name one as pack, or leave this out.",
    }


def test_two_of_a_name_need_addresses_of_their_own():
    assert list(faults(people=[PERSON, PERSON])) == ["people[1].slug"]


def test_people_who_sign_in_are_known_by_their_address():
    UserFactory(username="gone", email="gone@lakeside.example", is_active=False)
    found = faults(
        owner={"email": "gone@lakeside.example"},
        logins=[{"email": "x"}, {"email": "GONE@lakeside.example", "role": "boss"}],
    )
    assert list(found) == ["owner.email", "logins[0].email", "logins[1].role", "logins[1].email"]
    assert found["logins[1].role"] == "“boss” is none of these: owner, editor, author, auditor."


def test_a_picture_is_one_that_pages_can_show(tmp_path):
    (tmp_path / "words.png").write_text("no picture")
    front = {"picture": {"file": "front.png"}}
    spec = read(
        mapping(brand={"logo": {"file": "words.png"}, "favicon": {"file": "none.png"}}, front=front),
        folder=tmp_path,
    )
    paths = [fault.path for fault in validate(spec)]
    assert paths == ["brand.logo.file", "brand.favicon.file", "front.picture.file"]
    Image.new("RGB", (64, 64)).save(tmp_path / "front.png")
    assert [fault.path for fault in validate(spec)][2:] == ["front.picture.alt"]


def test_validating_writes_nothing(django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as queries:
        validate(a_spec())
    verbs = {one["sql"].split()[0] for one in queries.captured_queries}
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE"}


def test_a_fault_reads_as_a_line():
    assert str(Fault("a.b", "No.")) == "a.b: No."


def test_the_reference_lists_every_field_of_every_part():
    page = (ROOT / "docs/reference/clinic-spec.md").read_text(encoding="utf-8")
    parts_of_a_spec = [part for part in vars(parts).values() if is_dataclass(part)]
    assert len(parts_of_a_spec) == 11
    rows = {(one.name, help_for(part, one.name)) for part in parts_of_a_spec for one in fields(part)}
    assert [name for name, said in rows if f"`{name}`" not in page or f"| {said} |" not in page] == []
