"""The clinic's e-mail stands where the clinic wants it, and machines are told of it exactly there."""

import json
import re

import pytest

from tests.factories import (
    ContactPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    StandardPageFactory,
)

OURS, THEIRS = "desk@north.example", "riverside@north.example"
PLACES = ("email_in_header", "email_in_footer", "email_on_contact_page", "email_at_locations")


@pytest.fixture
def pages(clinic):
    locations = LocationIndexPageFactory(parent=clinic.home)
    LocationPageFactory(parent=locations, title="Riverside", email=THEIRS)
    LocationPageFactory(parent=locations, title="Hilltop")
    ContactPageFactory(parent=clinic.home)
    StandardPageFactory(parent=clinic.home, title="About")


def told(html, part=""):
    """The addresses that a page, or a part of it, shows as links."""
    shown = html.partition(f"<{part}")[2].partition(f"</{part}>")[0] if part else html
    return re.findall(r'href="mailto:([^"]+)"', shown)


def machines(html):
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    return set(re.findall(r'"email": ?"([^"]+)"', json.dumps(graph)))


def wish(clinic, *names):
    for name in PLACES:
        setattr(clinic.settings, name, name in names)
    clinic.settings.email = OURS
    clinic.settings.save()


def on(paths, *addresses):
    return {path: set(addresses) for path in paths}


ALL = ("/", "/about/", "/contact/", "/locations/", "/locations/riverside/", "/locations/hilltop/")


@pytest.mark.parametrize(
    ("wished", "shown_on"),
    [
        ((), {}),
        (("email_in_header",), on(ALL, OURS)),
        (("email_in_footer",), on(ALL, OURS)),
        (("email_on_contact_page",), {"/contact/": {OURS}}),
        (
            ("email_at_locations",),
            {
                "/": {OURS, THEIRS},
                "/contact/": {OURS, THEIRS},
                "/locations/": {OURS, THEIRS},
                "/locations/riverside/": {THEIRS},
                "/locations/hilltop/": {OURS},
            },
        ),
        (PLACES, {**on(ALL[:4], OURS, THEIRS), ALL[4]: {OURS, THEIRS}, ALL[5]: {OURS}}),
    ],
)
def test_it_stands_where_the_clinic_wants_it_and_nowhere_else(clinic, pages, visit, wished, shown_on):
    wish(clinic, *wished)
    if wished == PLACES:
        shown_on = {**shown_on, "/about/": {OURS}}
    for path in ALL:
        html = visit(path).text
        assert set(told(html)) == shown_on.get(path, set()), path
        assert machines(html) == shown_on.get(path, set()), path


def test_top_and_foot_have_it_once_each(clinic, pages, visit):
    wish(clinic, "email_in_header", "email_in_footer")
    html = visit("/about/").text
    assert told(html, "header") == told(html, "footer") == [OURS]


def test_an_address_is_escaped_where_it_leads_and_where_it_is_read(clinic, pages, visit):
    wish(clinic, "email_in_footer")
    clinic.settings.email = "o'brien&co@north.example"
    clinic.settings.save()
    html = visit("/about/").text
    assert 'href="mailto:o%27brien%26co@north.example">o&#x27;brien&amp;co@north.example<' in html


def test_without_an_address_nothing_is_left_in_its_place(clinic, pages, visit):
    wish(clinic, *PLACES)
    clinic.settings.email = ""
    clinic.settings.save()
    html = visit("/contact/").text
    assert told(html) == [THEIRS]
    assert "By e-mail" not in html
    assert told(visit("/about/").text) == []
