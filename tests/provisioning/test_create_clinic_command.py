"""`manage.py create_clinic`: one spec, a folder of them, or a chain's CSV; faults by file, line and field."""

import csv
import tomllib
from dataclasses import fields, is_dataclass
from io import StringIO
from typing import get_args, get_type_hints

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from clinicsite.locations.models import LocationPage
from clinicsite.provisioning.agency import setup_agency
from clinicsite.provisioning.columns import row_of
from clinicsite.provisioning.sources import merged
from clinicsite.provisioning.spec import ClinicSpec

pytestmark = pytest.mark.django_db

CHAIN = """
jurisdiction = "CA-ON"
time_zone = "America/Toronto"
email = "hello@chain.example"
booking_url = "https://book.chain.example/"

[brand]
primary = "#1f5f6b"

[[locations]]
region = "ON"
phones = [{ label = "booking" }]
"""
HEAD = "name,slug,host,location,street,city,postal_code,phone,monday,friday,owner_email,locations[0].parking"
EAST = (
    "Chain East,east,east.localhost,East,1 Low Road,Alder,M5V 1A1,416 555 0101,8am-noon; 1pm-5pm,"
    "8am to 2pm,east@chain.example,Behind the house"
)
WEST = "Chain West,west,west.localhost,West,2 High Road,Birch,M5V1A2,416 555 0102,closed,9am–3pm,,"


@pytest.fixture(autouse=True)
def agency():
    return setup_agency()


def run(*arguments, **options):
    """(what is printed, what is complained of, the code it ends with)."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("create_clinic", *map(str, arguments), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(str(error))
        code = error.returncode
    return out.getvalue(), err.getvalue(), code


@pytest.fixture
def example(tmp_path):
    path = tmp_path / "lakeside.toml"
    path.write_text(run("--example")[0])
    return path


@pytest.fixture
def chain(tmp_path):
    """Makes a CSV of these lines, with the base beside it."""
    (tmp_path / "chain.toml").write_text(CHAIN)

    def write(*lines):
        path = tmp_path / "branches.csv"
        path.write_text("\n".join([HEAD, *lines]))
        return path, "--base", tmp_path / "chain.toml"

    return write


def hosts():
    return set(Site.objects.values_list("hostname", flat=True))


def test_the_example_works_as_it_is_in_an_empty_install(example, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        out, err, code = run(example)
    assert (err, code) == ("", 0)
    assert out.startswith(
        "[1/1] lakeside.localhost: made 18 things.\n"
        "  It was opened to patients although its launch checklist has open lines.\n"
    )
    assert "\n  Made the front page" in out
    client = Client(HTTP_HOST="lakeside.localhost:8000")
    for path in ("/", "/locations/lakeside/", "/team/ana-bell/", "/privacy/"):
        assert client.get(path).status_code == 200
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "ana@lakeside.example",
        "front-desk@lakeside.example",
    ]
    assert run(example)[0].startswith("[1/1] lakeside.localhost: everything is there already.\n  Kept")


def test_the_example_names_every_field_that_there_is(example):
    text = example.read_text()
    uncommented = tomllib.loads(text)
    assert uncommented["version"] == 1
    missing = [name for name in field_names(ClinicSpec) if f"{name} =" not in text and f"{name}]" not in text]
    assert set(missing) <= OPTIONAL_DETAILS


#: Fields that the example leaves out, for their names say it all and the reference lists them.
OPTIONAL_DETAILS = {
    *("country", "latitude", "longitude", "transit", "picture", "favicon", "title", "pronouns"),
    *("needling_authorised_on", "is_accepting_new_patients"),
}


def field_names(kind):
    """The names of all fields of a part and of the parts in it."""
    for one in fields(kind):
        yield one.name
        for inner in parts_in(get_type_hints(kind)[one.name]):
            yield from field_names(inner)


def parts_in(hint):
    if is_dataclass(hint):
        return [hint]
    return [part for inner in get_args(hint) for part in parts_in(inner)]


def test_a_dry_run_writes_nothing(example):
    before = Page.objects.count()
    out, _err, code = run(example, "--dry-run")
    assert code == 0
    assert "would make 18 things" in out
    assert "  Would make the site on lakeside.localhost, port 8000." in out
    assert (Page.objects.count(), hosts() & {"lakeside.localhost"}) == (before, set())


def test_a_chain_is_made_of_a_csv_and_what_its_branches_share(chain, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        out, err, code = run(*chain(EAST, WEST))
    assert (err, code) == ("", 0)
    lines = [line.split(":")[0] for line in out.splitlines() if line.startswith("[")]
    assert lines == [
        "[1/2] east.localhost",
        "[2/2] west.localhost",
    ]
    east, west = LocationPage.objects.order_by("title")
    assert (east.parking, east.city, east.region, west.postal_code) == (
        "Behind the house",
        "Alder",
        "ON",
        "M5V 1A2",
    )
    assert [str(row) for row in east.opening_hours.all()] == [
        "Monday 08:00 to 12:00",
        "Monday 13:00 to 17:00",
        "Friday 08:00 to 14:00",
    ]
    assert [str(row) for row in west.opening_hours.all()] == ["Friday 09:00 to 15:00"]
    assert [letter.to for letter in mail.outbox] == [["east@chain.example"]]
    settings = Site.objects.get(hostname="west.localhost").clinicsite_settings
    assert (settings.name, settings.booking_url) == ("Chain West", "https://book.chain.example/")


def test_a_fault_is_named_by_file_line_and_column_and_the_others_are_made(chain):
    wrong = WEST.replace("M5V1A2", "x").replace("9am–3pm", "9").replace("416 555 0102", "12")
    _out, err, code = run(*chain(EAST, wrong))
    assert code == 1
    assert err.splitlines() == [
        "branches.csv, line 3, column friday: Write hours such as 8am-5pm, two with a semicolon between, "
        "or leave the day empty.",
        "branches.csv, line 3, column postal_code: "
        "“x” is no Canadian postal code. Write one such as M5V 1A1.",
        "branches.csv, line 3, column phone: Write the number with its area code, such as 416 555 0123.",
        "1 of 2 could not be made. See above.",
    ]
    assert hosts() >= {"east.localhost"}
    assert "west.localhost" not in hosts()


def test_all_or_none_makes_none_where_one_is_wrong(chain):
    before = Page.objects.count()
    _out, err, code = run(*chain(EAST, WEST.replace("M5V1A2", "x")), "--all-or-none")
    assert code == 1
    assert "line 3, column postal_code" in err
    assert err.endswith("No clinic was made: one or more specs have faults.")
    assert Page.objects.count() == before
    assert run(*chain(EAST, WEST), "--all-or-none")[2] == 0
    assert hosts() >= {"east.localhost", "west.localhost"}


def test_two_lines_of_one_host_are_one_clinic_and_a_fault(chain):
    _out, err, code = run(*chain(EAST, WEST.replace("west.localhost", "EAST.localhost")))
    assert code == 1
    assert (
        "branches.csv, line 3, column host: branches.csv, line 2 has this host already." in err.splitlines()
    )


def test_what_is_missing_in_a_line_is_named_by_its_column(chain):
    _out, err, _code = run(*chain(EAST.replace("1 Low Road", "")))
    assert err.splitlines()[0] == "branches.csv, line 2, column street: This is missing. Number and street."


def test_a_folder_of_specs_is_made_in_the_order_of_names(example, tmp_path):
    text = example.read_text()
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(
            text.replace("lakeside.localhost", f"{name}.localhost").replace(
                'slug = "lakeside"', f"slug = '{name}'"
            )
        )
    example.unlink()
    (tmp_path / "notes.txt").write_text("No spec.")
    out, _err, code = run(tmp_path, "--no-mail")
    assert code == 0
    lines = [line.split(":")[0] for line in out.splitlines() if line.startswith("[")]
    assert lines == ["[1/2] a.localhost", "[2/2] b.localhost"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name = ", "bad.toml: This is not TOML: Invalid value"),
        (b"name = '\xff'", "bad.toml: This file is not written in UTF-8."),
        (b"version = 7", "bad.toml, version: This spec is of version 7, and this release reads version 1."),
        (b"nmae = 'A'", "bad.toml, nmae: There is no such field. Did you mean name?"),
    ],
)
def test_a_file_that_is_no_spec_is_refused_in_words(tmp_path, content, sentence):
    (tmp_path / "bad.toml").write_bytes(content)
    _out, err, code = run(tmp_path / "bad.toml")
    assert code == 1
    assert err.startswith(sentence)


def test_a_file_that_is_not_there_and_no_file_at_all(tmp_path):
    assert run(tmp_path / "none.toml")[1].startswith("none.toml: This file cannot be read: No such file")
    assert run(tmp_path)[2] == 1
    assert run() == ("", "Name a spec, or print one with --example.", 2)


def test_a_line_becomes_the_mapping_it_stands_for():
    head = "name,port,has_direct_billing,insurers,brand.primary,locations[1].phones[0].number"
    text = f"{head}\nA,81,yes,B; C,#fff,1\n"
    (row,) = csv.DictReader(StringIO(text))
    assert row_of(row)[0] == {
        "name": "A",
        "port": 81,
        "has_direct_billing": True,
        "insurers": ["B", "C"],
        "brand": {"primary": "#fff"},
        "locations": [{}, {"phones": [{"number": "1"}]}],
    }


def test_what_a_spec_says_itself_counts_before_what_is_shared():
    shared = {"a": 1, "b": {"c": 1, "d": 1}, "rows": [{"x": 1, "y": 1}], "list": ["p"]}
    own = {"a": 2, "b": {"c": 2}, "rows": [{"x": 2}, {"x": 3}], "list": ["q"]}
    assert merged(shared, own) == {
        "a": 2,
        "b": {"c": 2, "d": 1},
        "rows": [{"x": 2, "y": 1}, {"x": 3}],
        "list": ["q"],
    }
