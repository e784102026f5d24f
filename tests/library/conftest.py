"""The two pages that most tests of the library are about; a module that needs others makes its own."""

import pytest


@pytest.fixture
def treatment(library, make_or_find):
    """A live library treatment with four sections, the third of them locked."""
    return make_or_find("treatment", library)


@pytest.fixture
def follower(treatment, clinic, make_or_find):
    """The clinic's page that follows it, with nothing of its own."""
    return make_or_find("follower", treatment, clinic)
