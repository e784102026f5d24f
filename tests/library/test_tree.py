"""Where the library lies, and what belongs in it."""

import pytest
from wagtail.models import Page

from clinicsite.library.models import LibraryFolderPage
from clinicsite.library.tree import is_library_page, library_paths


def test_a_page_type_that_names_no_folder_as_its_parent_has_no_place_in_the_library():
    allowed = LibraryFolderPage.allowed_subpage_models()
    assert Page not in allowed
    assert all(LibraryFolderPage in model.clean_parent_page_models() for model in allowed)


def test_the_library_lies_below_its_root_folders(library, treatment):
    assert library_paths() == [library.path]


def test_a_page_of_the_library_is_told_from_its_folder_and_from_a_clinics_page(library, treatment, follower):
    assert is_library_page(treatment)
    assert not is_library_page(library)
    assert not is_library_page(follower)


@pytest.mark.parametrize("other", [None, "a text"])
def test_what_is_no_page_at_all_is_no_page_of_the_library(other):
    assert not is_library_page(other)
