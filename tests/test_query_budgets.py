"""Every public page costs few queries, and no more when the agency has fifty clinics instead of one."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from tests.factories import ClinicFactory, HomePageFactory
from tests.factories.everything import EVERY_PAGE_TYPE, Everything

MOST_QUERIES = 15
every_page_type = pytest.mark.parametrize("model", EVERY_PAGE_TYPE, ids=lambda model: model.__name__)


def queries_of(everything, model):
    """The queries of a second view; the first one fills the caches and makes the pictures' renditions."""
    view = Client(HTTP_HOST=everything.clinic.host).get
    path = everything.pages[model].get_url_parts()[2]
    assert view(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert view(path).status_code == 200
    return [query["sql"][-200:] for query in captured.captured_queries]


def queries_of_all(everything):
    cache.clear()
    return {model: queries_of(everything, model) for model in EVERY_PAGE_TYPE}


@pytest.fixture(scope="module")
def everything(kept_database):
    return Everything(ClinicFactory(hostname="little.localhost"), several=2)


@pytest.fixture(scope="module")
def alone(everything):
    """The queries of each page while the agency has one clinic."""
    return queries_of_all(everything)


@pytest.fixture(scope="module")
def much(alone):
    """The queries of each page of a clinic that has more of everything."""
    return queries_of_all(Everything(ClinicFactory(hostname="much.localhost"), several=5))


@pytest.fixture(scope="module")
def among_fifty(alone, much, everything):
    """The queries of each page of the first clinic, once fifty more have sites."""
    for number in range(50):
        home = HomePageFactory(title=f"Further clinic {number}")
        Site.objects.create(hostname=f"further-{number}.localhost", port=80, root_page=home)
    return queries_of_all(everything)


@every_page_type
def test_a_page_keeps_to_its_query_budget(alone, model):
    assert len(alone[model]) <= MOST_QUERIES, "\n".join(alone[model])


@every_page_type
def test_a_page_costs_no_more_with_much_on_it_than_with_little(alone, much, model):
    assert len(much[model]) <= len(alone[model]), "\n".join(much[model])


@every_page_type
def test_a_page_costs_the_same_with_fifty_clinics_as_with_one(alone, among_fifty, model):
    assert len(among_fifty[model]) == len(alone[model]), "\n".join(among_fifty[model])
