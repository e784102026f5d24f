"""The matrix asks the database as often for many clinics as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.many import add_clinics, make_library
from clinicsite.library.matrix.export import CLINICS_AT_ONCE
from clinicsite.library.matrix.states import FILTERABLE

ADDRESS = "/admin/clinicsite/library/matrix"
MOST_QUERIES = 45
QUERIES_OF_A_BATCH = 12
#: Library pages of either type are read only where one of the clinics shown holds one.
PAGE_TYPES = 2


@pytest.fixture
def browser(admin_client_of, library_editor):
    return admin_client_of(library_editor)


def queries_of(browser, address):
    """The queries of a second view; the first one fills the caches."""
    b"".join(browser.get(address))
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(address)
        assert response.status_code == 200
        b"".join(response)
    return [query["sql"][:300] for query in captured.captured_queries]


@pytest.mark.parametrize("state", [None, *FILTERABLE])
def test_the_matrix_costs_the_same_queries_for_few_clinics_as_for_many(browser, state):
    address = f"{ADDRESS}/?rows=50" + (f"&state={state}" if state else "")
    many = make_library(12, sections=3)
    add_clinics(many, 35, 12)
    few = queries_of(browser, address)
    add_clinics(many, 14, 12)
    more = queries_of(browser, address)
    assert len(more) <= min(len(few) + PAGE_TYPES, MOST_QUERIES), "\n".join(more)


def test_the_file_costs_a_fixed_number_of_queries_for_each_batch_of_clinics(browser):
    many = make_library(12, sections=3)
    add_clinics(many, CLINICS_AT_ONCE - 1, 8)
    one_batch = queries_of(browser, f"{ADDRESS}.csv")
    add_clinics(many, CLINICS_AT_ONCE, 8)
    two_batches = queries_of(browser, f"{ADDRESS}.csv")
    assert len(two_batches) - len(one_batch) <= QUERIES_OF_A_BATCH, "\n".join(two_batches)
