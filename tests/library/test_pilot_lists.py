"""A list of pages of which a clinic pilots some, and of which the library has retired others."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinicsite.library.releasing.releases import retire
from tests.factories import ConditionPageFactory, ImageFactory, PractitionerPageFactory
from tests.library.pages import AFTERCARE, follower_of, library_treatment
from tests.library.releasing import draft, pilot


@pytest.fixture
def manager(django_user_model):
    return django_user_model.objects.create_superuser("manager", "manager@agency.example", "x")


def queries_of_the_list(clinic):
    browser = Client(HTTP_HOST=clinic.host)
    assert browser.get("/treatments/").status_code == 200
    with CaptureQueriesContext(connection) as captured:
        response = browser.get("/treatments/")
    return response.text, [query["sql"][:200] for query in captured.captured_queries]


def follow(library, clinic, numbers):
    pages = [
        library_treatment(library, title=f"Treatment {number}", slug=f"t-{number}", hero_image=ImageFactory())
        for number in numbers
    ]
    for page in pages:
        follower_of(page, clinic, title=page.title, slug=page.slug)
    return pages


def try_and_retire(library, clinic, manager, numbers):
    piloted, retired = (
        follow(library, clinic, numbers),
        follow(library, clinic, [one + 10 for one in numbers]),
    )
    for page in piloted:
        draft(page, summary=f"Newer summary of {page.title}.")
        pilot(page, manager, clinic)
    for page in retired:
        draft(page, "Not released.", AFTERCARE, summary="Never seen.")
        retire(page.pk, manager)
    return piloted, retired


def test_any_number_of_piloted_and_retired_pages_costs_a_list_the_same(library, clinic, manager):
    try_and_retire(library, clinic, manager, [1])
    _, few = queries_of_the_list(clinic)
    try_and_retire(library, clinic, manager, [2, 3, 4, 5])
    text, many = queries_of_the_list(clinic)
    assert all(f"Newer summary of Treatment {number}." in text for number in range(1, 6))
    assert "Never seen." not in text
    assert len(many) == len(few), "\n".join(many)


def test_a_piloted_picture_shows_in_the_list_and_a_deleted_one_breaks_nothing(library, clinic, manager):
    (piloted,) = follow(library, clinic, [1])
    picture = ImageFactory(title="The new picture")
    draft(piloted, hero_image=picture)
    pilot(piloted, manager, clinic)
    assert f"{picture.pk}" in str(read(clinic).context["treatments"][0].composed_hero_image.pk)
    picture.delete()
    assert read(clinic).context["treatments"][0].composed_hero_image is None
    assert Client(HTTP_HOST=clinic.host).get("/treatments/t-1/").status_code == 200


def test_a_pilot_names_the_conditions_it_was_released_with(library, clinic, manager):
    (piloted,) = follow(library, clinic, [1])
    condition = ConditionPageFactory(parent=library, title="Tennis elbow")
    draft(piloted, conditions=[condition], reviewed_by=PractitionerPageFactory())
    pilot(piloted, manager, clinic)
    follower = read(clinic).context["treatments"][0]
    assert [one.title for one in follower.library_source.conditions.all()] == ["Tennis elbow"]
    condition.delete()
    follower = read(clinic).context["treatments"][0]
    assert list(follower.library_source.conditions.all()) == []


def read(clinic):
    return Client(HTTP_HOST=clinic.host).get("/treatments/")
