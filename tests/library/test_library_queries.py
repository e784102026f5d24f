"""What following costs: a patient's page view, and a library publish with a thousand followers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from benchmarks.many import SECTIONS, add_clinics, make_library, stored_section
from tests.factories import ModalityPageFactory
from tests.library.pages import COST, OVERVIEW, follower_of, library_treatment, take_over

MOST_FOR_FOLLOWING = 2
MOST_FOR_PUBLISHING = 50


def queries_of_view(visit, page):
    """The queries of a patient's second view; the first one fills the caches."""
    path = page.get_url_parts()[2]
    assert visit(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert visit(path).status_code == 200
    return [query["sql"][:200] for query in captured.captured_queries]


def test_a_follower_costs_at_most_two_queries_more_than_a_stand_alone_page(visit, library, clinic):
    follower = follower_of(library_treatment(library), clinic)
    take_over(follower, OVERVIEW, "Ours", "Our words.")
    take_over(follower, COST, action="hide")
    alone = ModalityPageFactory(parent=follower.get_parent(), sections=[OVERVIEW, COST])
    following, standing = queries_of_view(visit, follower), queries_of_view(visit, alone)
    assert len(following) <= len(standing) + MOST_FOR_FOLLOWING, "\n".join(following)


def test_a_held_follower_costs_at_most_two_queries_more_than_a_stand_alone_page(visit, library, clinic):
    follower = follower_of(library_treatment(library), clinic)
    follower.held_sections = list(follower.library_page.sections.raw_data)
    follower.save()
    alone = ModalityPageFactory(parent=follower.get_parent(), sections=[OVERVIEW, COST])
    following, standing = queries_of_view(visit, follower), queries_of_view(visit, alone)
    assert len(following) <= len(standing) + MOST_FOR_FOLLOWING, "\n".join(following)


@pytest.fixture
def publish(settings, django_capture_on_commit_callbacks):
    """Publish an edit of a library page as a request does, with the tasks left to a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def publish(library_page, words):
        page = type(library_page).objects.get(pk=library_page.pk)
        page.sections = [stored_section(index, words) for index in range(SECTIONS)]
        revision = page.save_revision()
        with CaptureQueriesContext(connection) as captured, django_capture_on_commit_callbacks(execute=True):
            revision.publish()
        return [query["sql"] for query in captured.captured_queries]

    return publish


def test_a_library_publish_costs_the_same_for_ten_followers_as_for_a_thousand(db, publish):
    many = make_library(1)
    (library_page,) = many.pages
    add_clinics(many, 10, 1)
    publish(library_page, "The first words.")
    few = publish(library_page, "The second words.")
    add_clinics(many, 990, 1)
    assert library_page.followers.count() == 1000
    publish(library_page, "The third words.")
    thousand = publish(library_page, "The fourth words.")
    assert len(thousand) == len(few), "\n".join(one[:200] for one in thousand)
    assert len(thousand) <= MOST_FOR_PUBLISHING, "\n".join(one[:200] for one in thousand)


def test_a_library_publish_queues_one_task_for_all_followers(db, publish):
    many = make_library(1)
    add_clinics(many, 12, 1)
    publish(many.pages[0], "Other words.")
    paths = list(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths.count("clinicsite.library.tasks.index_followers") == 1


def test_a_library_publish_shows_on_every_clinics_next_page_view(db, publish):
    many = make_library(1)
    add_clinics(many, 3, 1, everyday=False)
    publish(many.pages[0], "Words of the library, brand new.")
    for follower in many.pages[0].followers.all():
        site = next(one for one in many.sites if follower.path.startswith(one.root_page.path))
        response = Client(HTTP_HOST=site.hostname).get(follower.get_url_parts()[2])
        assert "Words of the library, brand new." in response.text
