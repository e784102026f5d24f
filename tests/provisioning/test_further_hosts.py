"""A clinic is made with several hosts, by each of the doors."""

import pytest
from django.test import Client

from clinicsite.clinics.hosts import hosts_of
from clinicsite.clinics.models import ClinicHost
from clinicsite.provisioning import create_clinic
from clinicsite.provisioning.columns import row_of
from clinicsite.provisioning.sources import sources_in
from clinicsite.provisioning.spec.reading import read_with_faults
from clinicsite.provisioning.spec.validating import validate
from tests.factories import ClinicFactory
from tests.provisioning.specs import a_library, a_spec, mapping

pytestmark = pytest.mark.django_db

WWW = "www.lakeside.example"


@pytest.fixture(autouse=True)
def library():
    return a_library()


def faults(**changes):
    spec, found = read_with_faults(mapping(**changes))
    return {fault.path: fault.sentence for fault in [*found, *validate(spec)]}


def test_each_leads_to_the_clinics_own():
    created = create_clinic(a_spec(hosts=[WWW, "Old.lakeside.example."]))
    assert hosts_of(created.site) == ["lakeside.localhost", "old.lakeside.example", WWW]
    assert f"Made {WWW} lead to lakeside.localhost." in created.made
    answer = Client(HTTP_HOST=WWW).get("/team/")
    assert (answer.status_code, answer["Location"]) == (301, "http://lakeside.localhost:8000/team/")


def test_made_again_what_is_there_is_kept_and_what_is_missing_is_made():
    create_clinic(a_spec(hosts=[WWW]))
    again = create_clinic(a_spec(hosts=[WWW, "lakeside-physio.example"]))
    assert f"Kept {WWW}, which leads to lakeside.localhost." in again.kept
    assert "lakeside-physio.example" in hosts_of(again.site)


def test_a_clinic_that_has_moved_is_found_by_the_host_it_had():
    site = create_clinic(a_spec()).site
    site.hostname = "lakeside.example"
    site.save()
    assert faults() == {}
    assert create_clinic(a_spec()).site == site
    assert hosts_of(site) == ["lakeside.example", "lakeside.localhost"]


def test_a_dry_run_makes_none():
    found = create_clinic(a_spec(hosts=[WWW]), dry_run=True)
    assert f"Made {WWW} lead to lakeside.localhost." in found.made
    assert not ClinicHost.objects.exists()


def test_what_is_wrong_is_said_at_each():
    clinic = ClinicFactory(hostname="north.localhost", name="North Clinic")
    ClinicHost.objects.create(site=clinic.site, name="www.north.example")
    found = faults(
        hosts=[
            *("lakeside.localhost", WWW, WWW, "a/b", "https://a.example"),
            *("www.north.example", "north.localhost", "localhost"),
        ]
    )
    assert found == {
        "hosts[0]": "This is there already, as host.",
        "hosts[2]": "This is there already, as hosts[1].",
        "hosts[3]": "Leave out the path: a.",
        "hosts[4]": "Leave out what stands before the name: a.example.",
        "hosts[5]": "www.north.example is a host of “North Clinic” already.",
        "hosts[6]": "north.localhost is a host of “North Clinic” already.",
        "hosts[7]": found["hosts[7]"],
    }


def test_a_host_that_leads_to_another_clinic_is_no_clinics_own():
    clinic = ClinicFactory(hostname="north.localhost", name="North Clinic")
    ClinicHost.objects.create(site=clinic.site, name="lakeside.localhost")
    assert faults() == {"host": "lakeside.localhost is a host of “North Clinic” already."}


def test_a_clinic_is_not_made_suspended():
    assert list(faults(state="suspended")) == ["state"]


def test_a_line_of_a_csv_names_them_with_semicolons():
    made, _columns, found = row_of({"hosts": f"{WWW}; old.lakeside.example"})
    assert (made, found) == ({"hosts": [WWW, "old.lakeside.example"]}, [])


def test_two_lines_may_not_name_one_host(tmp_path):
    path = tmp_path / "chain.csv"
    path.write_text("name,host,hosts\nA,a.example,www.a.example\nB,www.a.example,\n", encoding="utf-8")
    _first, second = sources_in([path])
    assert [(one.path, one.sentence) for one in second.faults if one.path == "host"] == [
        ("host", "chain.csv, line 2 has this host already.")
    ]
