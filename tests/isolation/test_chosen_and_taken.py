"""What the choosers offer on a screen is what its form takes: for each kind of thing and each person."""

import re

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from clinicsite.clinics.roles import ensure_agency_groups
from tests.factories import ClinicFactory, StandardPageFactory, UserFactory, library_root
from tests.factories.media import ImageFactory
from tests.isolation.naming import document_in, form_for, pages_of, things_of
from tests.isolation.test_named_by_key import Saving

PEOPLE = ("owner", "of both", "of the agency", "administrator")
#: Kind of thing -> the field that names it.
FIELDS = {"picture": "picture", "document": "document in a block", "page": "link in a block"}


@pytest.fixture(scope="module")
def made(kept_database):
    """Two clinics, and things of each kind of theirs, the library's, the agency's and ones closed off."""
    clinic = ClinicFactory(hostname="north.localhost", name="North Clinic")
    other = ClinicFactory(hostname="south.localhost", name="South Clinic")
    library, top = library_root(), Collection.get_first_root_node()
    shared, closed = top.add_child(name="Library"), top.add_child(name="Contracts")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    network = clinic.home.get_parent()
    groups = ensure_agency_groups(library, [network], shared)
    own, foreign = things_of(clinic, "Northern"), things_of(other, "Southern")
    places = {"own": clinic.collection, "foreign": other.collection, "library": shared}
    places |= {"agency": top, "closed": closed}
    things = {
        "picture": {name: ImageFactory(collection=place) for name, place in places.items()},
        "document": {name: document_in(place) for name, place in places.items()},
        "page": {
            "own": own.page,
            "own draft": StandardPageFactory(parent=clinic.home, live=False),
            "foreign": foreign.page,
            "foreign draft": StandardPageFactory(parent=other.home, live=False),
            "library": StandardPageFactory(parent=library),
            "library draft": StandardPageFactory(parent=library, live=False),
        },
    }
    people = {
        "owner": UserFactory(groups=[clinic.groups.owner]),
        "of both": UserFactory(groups=[clinic.groups.owner, other.groups.owner]),
        "of the agency": UserFactory(groups=[groups["Agency administrators"]]),
        "administrator": UserFactory(is_superuser=True),
    }
    return clinic, things, people, pages_of(clinic, own)


@pytest.fixture
def world(made, db):
    return made


def offered(browser, kind, page, things):
    """The names of the things that the chooser has when it is opened from the editor of a page."""
    opened_from = {"Referer": f"http://localhost/admin/pages/{page.pk}/edit/"}
    if kind == "page":
        parents = {thing.get_parent().pk for thing in things.values()}
        answers = [browser.get(f"/admin/choose-page/{pk}/", headers=opened_from) for pk in parents]
        html = "".join(answer.json()["html"] for answer in answers if answer.status_code == 200)
        found = {name: f'data-id="{thing.pk}"' in html for name, thing in things.items()}
    else:
        address = {"picture": "images/chooser/", "document": "documents/chooser/"}[kind]
        html = browser.get(f"/admin/{address}", headers=opened_from).json()["html"]
        chosen = set(re.findall(r"/chosen/(\d+)/", html))
        found = {name: str(thing.pk) in chosen for name, thing in things.items()}
    return {name for name, is_there in found.items() if is_there}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("kind", FIELDS)
def test_a_form_takes_exactly_what_the_chooser_offers(world, admin_client_of, kind, person):
    _clinic, things, people, pages = world
    browser = admin_client_of(people[person])
    taken = set()
    for name, thing in things[kind].items():
        page, data = form_for(FIELDS[kind], pages, thing.pk)
        if Saving(browser, page, person).preview(data) is None:
            taken.add(name)
    assert "own" in taken
    assert "foreign" not in taken
    assert taken == offered(browser, kind, page, things[kind])


def test_away_from_any_page_somebody_of_two_clinics_is_offered_the_things_of_the_one_at_work(
    world, admin_client_of
):
    _clinic, things, people, _pages = world
    html = admin_client_of(people["of both"]).get("/admin/images/chooser/").json()["html"]
    found = {name for name in ("own", "foreign") if f"/chosen/{things['picture'][name].pk}/" in html}
    assert len(found) == 1


def test_a_clinics_settings_are_offered_its_own_pictures(world, admin_client_of):
    clinic, things, people, _pages = world
    address = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
    headers = {"Referer": f"http://localhost{address}"}
    html = admin_client_of(people["of both"]).get("/admin/images/chooser/", headers=headers).json()["html"]
    assert f"/chosen/{things['picture']['own'].pk}/" in html
    assert f"/chosen/{things['picture']['foreign'].pk}/" not in html
