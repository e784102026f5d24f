from datetime import date

import pytest

from tests.factories import (
    LibraryFolderPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    ReferenceFactory,
    section,
)


@pytest.fixture
def treatments(clinic):
    return ModalityIndexPageFactory(parent=clinic.home)


@pytest.fixture
def shelf(library):
    return LibraryFolderPageFactory(parent=library, title="Shared")


def cite(*references):
    marks = "".join(
        f'<a linktype="clinicsite-citation" id="{reference.pk}">mark</a>' for reference in references
    )
    return f"Studied.{marks}"


def test_citations_are_numbered_and_listed_in_the_order_they_are_read(treatments, visit):
    first, second = ReferenceFactory(title="First study"), ReferenceFactory(title="Second study")
    words = cite(second, first, second)
    ModalityPageFactory(
        parent=treatments, title="Needling", sections=[section("Evidence", words, kind="evidence")]
    )
    response = visit("/treatments/needling/")
    assert [(item.number, item.reference.title) for item in response.context["references"]] == [
        (1, "Second study"),
        (2, "First study"),
    ]
    shown = response.content.decode()
    assert 'href="#ref-1" id="cite-1-1"' in shown
    assert 'href="#ref-2" id="cite-2-1"' in shown
    assert 'href="#ref-1" id="cite-1-2"' in shown
    assert all(f'href="#{anchor}"' in shown for anchor in ("cite-1-1", "cite-1-2", "cite-2-1"))
    assert 'id="ref-1"' in shown


def test_a_follower_lists_the_references_of_the_library(treatments, shelf, visit):
    reference = ReferenceFactory(title="A shared study")
    shared = ModalityPageFactory(
        parent=shelf, sections=[section("Evidence", cite(reference), kind="evidence")]
    )
    ModalityPageFactory(parent=treatments, title="Needling", library_page=shared, sections=[])
    assert "A shared study" in visit("/treatments/needling/").content.decode()


def test_a_citation_of_a_deleted_reference_does_not_break_the_page(treatments, visit):
    reference = ReferenceFactory(title="A study")
    ModalityPageFactory(parent=treatments, title="Needling", sections=[section("Evidence", cite(reference))])
    reference.delete()
    response = visit("/treatments/needling/")
    assert response.status_code == 200
    assert response.context["references"] == []


def test_a_page_without_citations_has_no_list_of_references(treatments, visit):
    ModalityPageFactory(parent=treatments, title="Needling")
    assert 'id="references-title"' not in visit("/treatments/needling/").content.decode()


def test_a_clinics_own_page_shows_when_it_was_reviewed_and_will_be_again(treatments, visit):
    ModalityPageFactory(
        parent=treatments, title="Needling", reviewed_on=date(2026, 3, 4), next_review_on=date(2028, 3, 4)
    )
    shown = visit("/treatments/needling/").content.decode()
    assert "March 4, 2026" in shown
    assert "March 2028" in shown


def test_a_page_nobody_reviewed_claims_no_review(treatments, visit):
    ModalityPageFactory(parent=treatments, title="Needling", next_review_on=date(2028, 3, 4))
    assert "Reviewed" not in visit("/treatments/needling/").content.decode()


def test_a_follower_shows_the_librarys_review(treatments, shelf, visit):
    shared = ModalityPageFactory(parent=shelf, reviewed_on=date(2026, 3, 4), next_review_on=date(2028, 3, 4))
    ModalityPageFactory(parent=treatments, title="Needling", library_page=shared, sections=[])
    shown = visit("/treatments/needling/").content.decode()
    assert "March 4, 2026" in shown
    assert "March 2028" in shown


def test_other_names_are_the_librarys_until_the_clinic_says_otherwise(treatments, shelf):
    shared = ModalityPageFactory(
        parent=shelf, alternate_names="intramuscular stimulation, trigger point needling"
    )
    follower = ModalityPageFactory(parent=treatments, library_page=shared)
    assert follower.composed_alternate_names == ["intramuscular stimulation", "trigger point needling"]
    follower.alternate_names = ""
    assert follower.composed_alternate_names == []
    follower.alternate_names = "needling"
    assert follower.composed_alternate_names == ["needling"]
