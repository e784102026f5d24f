"""A patient of one clinic never meets another clinic: not its name, not its people, not its pages."""

from copy import deepcopy

import pytest
from wagtail.models import Page

from clinicsite.home.models import ContactMessage
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ClinicFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ContactPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
    library_root,
)

pytestmark = pytest.mark.indexed

MARK = "Foreign"


def furnish(clinic, word, library_treatment, library_condition):
    """Give a clinic one page of each kind, each with `word` in its title; treatment and condition follow."""
    treatments = ModalityIndexPageFactory(parent=clinic.home, title=f"{word} treatments", slug="treatments")
    conditions = ConditionIndexPageFactory(parent=clinic.home, title=f"{word} conditions", slug="conditions")
    condition = ConditionPageFactory(
        parent=conditions, title=f"{word} back", sections=[], summary=None, library_page=library_condition
    )
    treatment = ModalityPageFactory(
        parent=treatments, title=f"{word} needling", sections=[], summary=None, library_page=library_treatment
    )
    places = LocationIndexPageFactory(parent=clinic.home, title=f"{word} places", slug="locations")
    place = LocationPageFactory(parent=places, title=f"{word} place", street=f"{word} street")
    team = PractitionerIndexPageFactory(parent=clinic.home, title=f"{word} team", slug="team")
    person = PractitionerPageFactory(parent=team, title=f"{word} person")
    person.locations, person.modalities = [place], [treatment]
    person.save()
    blog = BlogIndexPageFactory(parent=clinic.home, title=f"{word} blog", slug="blog")
    post = BlogPageFactory(parent=blog, title=f"{word} post", summary=f"{word} words")
    post.tags.add("shared topic")
    post.authors = [person]
    post.save()
    contact = ContactPageFactory(parent=clinic.home, title=f"{word} contact", slug="contact")
    return condition, contact


@pytest.fixture(scope="module")
def made(kept_database):
    """Two clinics with a page of each kind, following the same library pages: made once."""
    clinic = ClinicFactory(hostname="north.localhost", name="North Clinic")
    other_clinic = ClinicFactory(hostname="south.localhost", name="South Clinic")
    library = library_root()
    condition = ConditionPageFactory(parent=library, title="Back pain")
    treatment = ModalityPageFactory(parent=library, title="Needling")
    treatment.conditions = [condition]
    treatment.save()
    furnish(clinic, "Own", treatment, condition)
    _, contact = furnish(other_clinic, MARK, treatment, condition)
    ContactMessage.objects.create(
        page=contact, name=f"{MARK} patient", email="p@people.example", message=MARK
    )
    return clinic, other_clinic


@pytest.fixture
def two_clinics(made, db):
    """What was made, in objects of the test's own."""
    return deepcopy(made)


@pytest.fixture
def clinic(two_clinics):
    return two_clinics[0]


def test_no_public_page_names_the_other_clinic(two_clinics, visit):
    clinic, other = two_clinics
    pages = Page.objects.descendant_of(clinic.home, inclusive=True).specific()
    paths = [page.get_url_parts()[2] for page in pages]
    assert len(paths) > 10
    files = ["/blog/feed/", "/sitemap.xml", "/llms.txt", "/robots.txt", "/manifest.webmanifest"]
    searches = ["/search/", "/search/?q=own", "/search/?q=foreigm", "/search/?q=needling"]
    for path in [*paths, *files, *searches, "/blog/?tag=shared-topic"]:
        response = visit(path)
        assert response.status_code == 200, path
        assert MARK not in response.text, path
        assert other.settings.name not in response.text, path
        assert other.host not in response.text, path


def test_no_admin_screen_of_an_owner_names_the_other_clinic(two_clinics, owner, admin_client_of):
    _, other = two_clinics
    browser = admin_client_of(owner)
    screens = (
        "",
        "clinicsite/messages/",
        "clinicsite/missed-searches/",
        "clinicsite/treatments/",
        "clinicsite/conditions/",
        "clinicsite/locations/",
        "clinicsite/practitioners/",
        "clinicsite/posts/",
        "pages/",
    )
    for screen in screens:
        response = browser.get(f"/admin/{screen}", follow=True)
        assert response.status_code == 200, screen
        assert MARK not in response.text, screen
        assert other.host not in response.text, screen


def test_an_owner_cannot_open_or_read_what_is_the_other_clinics(two_clinics, owner, admin_client_of):
    _, other = two_clinics
    browser = admin_client_of(owner)
    for page in Page.objects.descendant_of(other.home, inclusive=True):
        response = browser.get(f"/admin/pages/{page.pk}/edit/")
        assert response.status_code in (302, 403, 404), page
        assert MARK not in response.text
    message = ContactMessage.objects.get()
    assert browser.get(f"/admin/clinicsite/messages/{message.pk}/").status_code == 404
    for change in ("answered", "delete"):
        response = browser.post(f"/admin/clinicsite/messages/{message.pk}/{change}/", {"state": "answered"})
        assert response.status_code == 404, change
    left = ContactMessage.objects.get()
    assert not left.is_answered
