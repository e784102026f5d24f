"""What can be made where."""

import pytest
from django.apps import apps
from wagtail.models import Page

from clinicsite.clinics.models import NetworkPage
from clinicsite.home.models import BlogIndexPage, BlogPage, ContactPage, HomePage, StandardPage
from clinicsite.library.models import LibraryFolderPage
from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    PractitionerIndexPage,
    PractitionerPage,
)
from clinicsite.modalities.models import ConditionIndexPage, ConditionPage, ModalityIndexPage, ModalityPage
from clinicsite.modalities.models.warnings import WarningSignsPage
from tests.courses.models import CourseIndexPage, CoursePage
from tests.factories import ContactPageFactory, UserFactory

ONCE = [
    ModalityIndexPage,
    ConditionIndexPage,
    LocationIndexPage,
    PractitionerIndexPage,
    BlogIndexPage,
    ContactPage,
    CourseIndexPage,
]

#: Parent -> the types that can be made below it.
RULES = {
    Page: [NetworkPage, LibraryFolderPage],
    NetworkPage: [NetworkPage, HomePage],
    LibraryFolderPage: [
        LibraryFolderPage,
        ModalityPage,
        ConditionPage,
        BlogPage,
        PractitionerPage,
        CoursePage,
        WarningSignsPage,
    ],
    HomePage: [*ONCE, StandardPage],
    ModalityIndexPage: [ModalityPage],
    ConditionIndexPage: [ConditionPage],
    LocationIndexPage: [LocationPage],
    PractitionerIndexPage: [PractitionerPage],
    BlogIndexPage: [BlogPage],
    CourseIndexPage: [CoursePage],
    StandardPage: [StandardPage],
    ModalityPage: [],
    ConditionPage: [],
    LocationPage: [],
    PractitionerPage: [],
    BlogPage: [],
    CoursePage: [],
    ContactPage: [],
}


def names(models):
    return sorted(model.__name__ for model in models)


@pytest.mark.parametrize("parent", RULES, ids=lambda model: model.__name__)
def test_only_these_types_can_be_made_below(parent):
    ours = [model for model in parent.allowed_subpage_models() if model is not Page]
    assert names(ours) == names(RULES[parent])


@pytest.mark.parametrize(
    "child", [model for model in RULES if model is not Page], ids=lambda model: model.__name__
)
def test_a_type_can_only_be_made_below_these(child):
    parents = [parent for parent, children in RULES.items() if child in children]
    assert names(child.allowed_parent_page_models()) == names(parents)


@pytest.mark.parametrize("model", ONCE, ids=lambda model: model.__name__)
def test_a_clinic_has_one_of_these(model):
    assert model.max_count_per_parent == 1


def offered(response):
    types = response.context["page_types"]
    return sorted(apps.get_model(app_label, name).__name__ for _, app_label, name, _ in types)


@pytest.mark.parametrize("person", ["owner", "editor"])
def test_below_their_home_page_a_clinics_people_are_offered_what_can_be_made(
    request, clinic, admin_client_of, person
):
    browser = admin_client_of(request.getfixturevalue(person))
    response = browser.get(f"/admin/pages/{clinic.home.pk}/add_subpage/")
    assert response.status_code == 200
    assert offered(response) == names(RULES[HomePage])


def test_what_is_there_once_is_not_offered_again(clinic, owner, admin_client_of):
    ContactPageFactory(parent=clinic.home)
    response = admin_client_of(owner).get(f"/admin/pages/{clinic.home.pk}/add_subpage/")
    assert "ContactPage" not in offered(response)


def test_a_second_contact_page_is_refused_although_its_address_is_typed_in(clinic, owner, admin_client_of):
    ContactPageFactory(parent=clinic.home)
    response = admin_client_of(owner).get(f"/admin/pages/add/clinicsite_home/contactpage/{clinic.home.pk}/")
    assert response.status_code in (302, 403)


@pytest.mark.parametrize("place", ["network", "root", "other_clinic", "library"])
def test_an_owner_makes_nothing_outside_the_own_clinic(
    clinic, other_clinic, library, owner, admin_client_of, place
):
    parents = {
        "network": clinic.home.get_parent(),
        "root": Page.get_first_root_node(),
        "other_clinic": other_clinic.home,
        "library": library,
    }
    browser = admin_client_of(owner)
    before = Page.objects.count()
    for model in (NetworkPage, HomePage, LibraryFolderPage, StandardPage, ModalityPage):
        address = f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parents[place].pk}/"
        for response in (browser.get(address), browser.post(address, {"title": "New", "slug": "new"})):
            assert response.status_code in (302, 403, 404)
    assert Page.objects.count() == before


def test_the_agency_can_start_a_clinic_in_a_network(clinic, admin_client_of):
    network = clinic.home.get_parent()
    browser = admin_client_of(UserFactory(is_superuser=True))
    response = browser.get(f"/admin/pages/{network.pk}/add_subpage/")
    assert offered(response) == ["HomePage", "NetworkPage"]


@pytest.mark.parametrize(
    "model", [model for model in RULES if model is not Page], ids=lambda model: model.__name__
)
def test_every_type_says_what_it_is_for(model):
    assert model.get_page_description()
