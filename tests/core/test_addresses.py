"""Addresses of a clinic's site that are no page's cannot be given to a page."""

import pytest
from django.core.exceptions import ValidationError

from clinicsite.core.addresses import is_reserved
from clinicsite.home.models import StandardPage
from tests.factories import StandardPageFactory


@pytest.mark.parametrize("slug", ["search", "admin", "static", "media"])
def test_an_address_of_the_site_is_reserved(slug):
    assert is_reserved(slug)


@pytest.mark.parametrize("slug", ["treatments", "search-results", "about", "documents-to-bring", "recherché"])
def test_any_other_is_free(slug):
    assert not is_reserved(slug)


def test_a_page_that_would_hide_behind_the_search_is_refused(clinic):
    with pytest.raises(ValidationError) as refused:
        clinic.home.add_child(instance=StandardPage(title="Find", slug="search")).full_clean()
    assert "slug" in refused.value.message_dict


def test_an_editor_is_told_to_choose_another_slug(clinic):
    page = StandardPageFactory(parent=clinic.home, title="Find")
    page.slug = "search"
    with pytest.raises(ValidationError, match="the address of something else"):
        page.full_clean()


def test_a_page_called_search_gets_a_free_slug_of_its_own(clinic):
    page = clinic.home.add_child(instance=StandardPage(title="Search"))
    assert page.slug == "search-2"


def test_deeper_in_the_site_the_slug_is_free(clinic):
    above = StandardPageFactory(parent=clinic.home, title="About")
    page = above.add_child(instance=StandardPage(title="Search"))
    assert page.slug == "search"
    page.full_clean()
