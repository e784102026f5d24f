"""Specs for tests: a whole one, and what differs from it."""

from clinicsite.provisioning.agency import setup_agency
from clinicsite.provisioning.spec import read
from tests.factories import (
    BlogPageFactory,
    ConditionPageFactory,
    LibraryFolderPageFactory,
    ModalityPageFactory,
    library_root,
)

LOCATION = {
    "name": "Lakeside",
    "street": "1 Shore Road",
    "city": "Port Ellery",
    "postal_code": "m5v1a1",
    "phones": [{"number": "416 555 0188"}, {"number": "416-555-0189", "label": "fax"}],
    "hours": [{"day": "monday", "opens": "8am", "closes": "5pm"}],
    "special_days": [{"name": "Christmas Day", "first_date": "2026-12-25"}],
}
PERSON = {"name": "Ana Bell", "profession": "Registered physiotherapist", "treatments": ["dry-needling"]}
MAPPING = {
    "name": "Lakeside Physiotherapy",
    "slug": "lakeside",
    "host": "lakeside.localhost",
    "jurisdiction": "CA-ON",
    "time_zone": "America/Toronto",
    "email": "hello@lakeside.example",
    "treatments": ["dry-needling"],
    "conditions": ["low-back-pain"],
    "posts": ["does-it-hurt"],
    "locations": [LOCATION],
    "people": [PERSON],
    "owner": {"email": "ana@lakeside.example", "first_name": "Ana", "last_name": "Bell"},
}


def mapping(**changes):
    """The whole mapping, with these fields in place of its own; None leaves one out."""
    return {name: value for name, value in (MAPPING | changes).items() if value is not None}


def a_spec(**changes):
    """The whole spec, with these fields in place of its own."""
    return read(mapping(**changes))


def a_library():
    """An agency whose library has a treatment, a condition and a post."""
    agency = setup_agency()
    folder = LibraryFolderPageFactory(title="Shared", parent=library_root())
    ConditionPageFactory(title="Low back pain", slug="low-back-pain", parent=folder)
    ModalityPageFactory(title="Dry needling", slug="dry-needling", parent=folder)
    BlogPageFactory(title="Does it hurt?", slug="does-it-hurt", parent=folder)
    return agency
