"""A clinic's patients find a page of a project's own type by what they read on it."""

import re

import pytest

from tests.library.pages import AFTERCARE, OVERVIEW, edit_library

pytestmark = pytest.mark.indexed


def found_by(visit, words):
    """The addresses that the clinic's search gives for these words."""
    return re.findall(r'search-result__title"><a href="([^"]+)"', visit("/search/", {"q": words}).text)


@pytest.mark.parametrize("words", ["Back school", "six weeks", "thin needle"])
def test_by_its_title_its_own_texts_and_the_librarys_sections(follower, visit, words):
    assert found_by(visit, words) == ["/courses/back-school/"]


def test_by_what_the_library_has_released_since(course, follower, visit, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        edit_library(course, OVERVIEW, AFTERCARE, summary="With a trampoline.")
    assert found_by(visit, "trampoline") == ["/courses/back-school/"]
