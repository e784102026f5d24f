import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ReferenceIndex

from clinicsite.core.rendering import rendering_for
from clinicsite.core.rich_text.printing import printed
from clinicsite.modalities.models import Reference
from clinicsite.modalities.rich_text import CitationElementHandler
from tests.factories import (
    ModalityIndexPageFactory,
    ModalityPageFactory,
    ReferenceFactory,
    UserFactory,
    section,
)

pytestmark = pytest.mark.indexed


def errors_of(**fields):
    """What a reference with these fields is refused for, field by field."""
    with pytest.raises(ValidationError) as refusal:
        ReferenceFactory.build(**fields).full_clean()
    return refusal.value.message_dict


def cleaned(**fields):
    reference = ReferenceFactory.build(**fields)
    reference.full_clean()
    return reference


@pytest.mark.django_db
@pytest.mark.parametrize(
    "doi",
    [
        "11.2519/jospt.2017",
        "10.25/short",
        "10.2519",
        "jospt.2017.7096",
        "10.2519/",
        "10.2519/has space",
        "10.2519/ключ",
    ],
)
def test_a_malformed_doi_is_refused_at_its_field_with_an_example(doi):
    errors = errors_of(doi=doi)
    assert list(errors) == ["doi"]
    (message,) = errors["doi"]
    assert message.startswith("This is not a DOI.")
    assert "10.2519/jospt.2017.7096" in message


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pasted",
    [
        "https://doi.org/10.2519/jospt.2017.7096",
        "http://doi.org/10.2519/JOSPT.2017.7096",
        "https://dx.doi.org/10.2519/jospt.2017.7096",
        "doi:10.2519/jospt.2017.7096",
        "DOI: 10.2519/jospt.2017.7096",
        "  10.2519/jospt.2017.7096 ",
    ],
)
def test_a_doi_is_stored_without_the_address_around_it(pasted):
    assert cleaned(doi=pasted).doi == "10.2519/jospt.2017.7096"


@pytest.mark.django_db
def test_a_doi_stands_for_one_reference_whatever_way_it_is_written():
    ReferenceFactory(doi="10.2519/jospt.2017.7096")
    errors = errors_of(doi="https://doi.org/10.2519/JOSPT.2017.7096")
    assert errors == {"doi": ["Another reference already has this DOI. Cite that one instead."]}


@pytest.mark.django_db
def test_many_references_may_have_no_doi():
    for _ in range(2):
        cleaned(doi="").save()
    assert Reference.objects.filter(doi=None).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("pmid", ["PMC123", "0123", "1234567890", "12 34", "-5"])
def test_a_pmid_that_is_none_is_refused_at_its_field(pmid):
    assert errors_of(pmid=pmid) == {"pmid": ["A PMID is a number of up to nine digits, such as 28158962."]}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["133-149", "133", "e11225", "S1-S12", "e1-e9"])
def test_pages_are_taken_as_journals_write_them(page):
    assert cleaned(page=page).page == page


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["pp. 3-4", "133–149", "133-", "first", "1, 3"])
def test_pages_in_another_form_are_refused_with_an_example(page):
    assert errors_of(page=page) == {"page": ["Write pages as 133-149, or one such as e11225."]}


@pytest.mark.django_db
def test_an_author_without_a_comma_is_refused_by_name():
    errors = errors_of(authors="Author, A\nNobody In Particular")
    message = "Write each author as family name, comma, initials. Check: Nobody In Particular"
    assert errors == {"authors": [message]}


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["authors", "title", "year", "citation_key"])
def test_a_reference_needs_an_author_a_title_a_year_and_a_key(field):
    assert list(errors_of(**{field: None if field == "year" else ""})) == [field]


@pytest.mark.django_db
def test_two_references_cannot_share_a_citation_key():
    ReferenceFactory(citation_key="author2020")
    assert list(errors_of(citation_key="author2020")) == ["citation_key"]


def test_authors_are_written_in_vancouver_style():
    assert (
        ReferenceFactory.build(authors="Author, AB\nBuilder, C").formatted_authors == "Author AB, Builder C"
    )


@pytest.mark.parametrize(
    ("count", "has_all", "ending"), [(6, True, "F6 A"), (7, True, "F6 A, et al"), (2, False, "F2 A, et al")]
)
def test_after_six_authors_and_where_some_are_not_listed_it_says_et_al(count, has_all, ending):
    authors = "\n".join(f"F{number}, A" for number in range(1, count + 1))
    reference = ReferenceFactory.build(authors=authors, has_all_authors=has_all)
    assert reference.formatted_authors.endswith(ending)
    assert "F7" not in reference.formatted_authors


@pytest.mark.parametrize(
    ("authors", "has_all", "label"),
    [
        ("Author, A", True, "Author"),
        ("Author, A", False, "Author et al."),
        ("Author, A\nBuilder, B", True, "Author and Builder"),
        ("Author, A\nBuilder, B", False, "Author et al."),
        ("Author, A\nBuilder, B\nCarver, C", True, "Author et al."),
    ],
)
def test_the_editors_label_names_two_authors_and_of_more_the_first(authors, has_all, label):
    reference = ReferenceFactory.build(authors=authors, has_all_authors=has_all, title="Needles", year=2020)
    assert str(reference) == f"{label} 2020: Needles"


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({}, "2020;12(3):1-9"),
        ({"issue": ""}, "2020;12:1-9"),
        ({"volume": "", "issue": ""}, "2020:1-9"),
        ({"page": ""}, "2020;12(3)"),
        ({"volume": "", "issue": "", "page": ""}, "2020"),
    ],
)
def test_where_it_was_published_is_written_in_vancouver_style(fields, source):
    assert ReferenceFactory.build(**fields).source == source


def test_a_reference_links_to_its_doi_before_its_own_address():
    with_doi = ReferenceFactory.build(doi="10.5555/x", url="https://paper.example/")
    without = ReferenceFactory.build(doi=None, url="https://paper.example/")
    assert with_doi.link == "https://doi.org/10.5555/x"
    assert without.link == "https://paper.example/"


def test_a_reference_without_doi_and_address_links_nowhere():
    assert ReferenceFactory.build(doi=None, url="").link == ""


def test_csl_leaves_out_what_is_not_known():
    item = ReferenceFactory.build(doi=None, volume="", issue="", page="").as_csl()
    assert set(item) == {"id", "type", "title", "author", "issued", "container-title"}


@pytest.mark.parametrize(
    "lines", ["Author, A\n\nBuilder, B\n", "Author, A\r\nBuilder, B", "  Author ,  A \nBuilder,B"]
)
def test_empty_lines_and_spaces_between_authors_do_not_matter(lines):
    assert ReferenceFactory.build(authors=lines).author_names == [("Author", "A"), ("Builder", "B")]


def test_a_cited_reference_is_known_to_be_in_use(db):
    reference = ReferenceFactory()
    cited = f'<p>So they say.<a linktype="clinicsite-citation" id="{reference.pk}">Author 2020</a></p>'
    body = [{"type": "paragraph", "value": cited, "id": "a"}]
    page = ModalityPageFactory(sections=[section("Evidence", body=body)])
    ReferenceIndex.create_or_update_for_object(page)
    assert ReferenceIndex.get_references_to(reference).count() == 1


def test_the_citation_of_a_deleted_reference_leaves_no_mark(visit, clinic):
    gone, kept = ReferenceFactory(), ReferenceFactory(title="The kept one")
    marks = "".join(f'<a linktype="clinicsite-citation" id="{one.pk}">x</a>' for one in (gone, kept))
    body = [{"type": "paragraph", "value": f"<p>Words {marks}</p>", "id": "a"}]
    treatments = ModalityIndexPageFactory(parent=clinic.home)
    ModalityPageFactory(parent=treatments, title="Needling", sections=[section("Evidence", body=body)])
    gone.delete()
    shown = visit("/treatments/needling/").text
    assert shown.count('class="citation"') == 1
    assert 'href="#ref-1"' in shown
    assert 'id="ref-1"' in shown


@pytest.mark.parametrize("ident", ["", "x", "-1", "²", "9" * 30])
def test_a_citation_of_nothing_leaves_its_plain_words(clinic, ident):
    html = f'<p>So they say <a linktype="clinicsite-citation" id="{ident}">Author 2020</a>.</p>'
    with rendering_for(clinic.site) as rendering:
        rendering.prepare([html])
        assert Reference.objects.numbered(rendering) == []
        assert printed(html) == "<p>So they say Author 2020.</p>"
    shown = CitationElementHandler("CLINICSITE_CITATION").get_attribute_data({"id": ident})
    assert shown["title"] == "This reference is no longer there"


class TestDeleting:
    """One press takes no paper from the pages that cite it."""

    ADDRESS = "/admin/snippets/clinicsite_modalities/reference/"

    @pytest.fixture
    def browser(self, db, admin_client_of):
        return admin_client_of(UserFactory(is_superuser=True))

    @pytest.fixture
    def cited(self, clinic):
        reference = ReferenceFactory(title="A trial")
        words = f'<p>It helped <a linktype="clinicsite-citation" id="{reference.pk}">[1]</a>.</p>'
        page = ModalityPageFactory(parent__parent=clinic.home, sections=[section("What it is", words)])
        page.save_revision().publish()
        assert ReferenceIndex.get_references_to(reference).exists()
        return reference

    def test_a_paper_that_a_page_cites_stays_and_it_is_said_why(self, browser, cited):
        response = browser.post(f"{self.ADDRESS}delete/{cited.pk}/", follow=True)
        assert Reference.objects.filter(pk=cited.pk).exists()
        assert "was not deleted: 1 page or text cites it. Take it out there first" in response.text

    def test_nor_does_it_go_with_others(self, browser, cited):
        other = ReferenceFactory()
        address = (
            f"/admin/bulk/clinicsite_modalities/reference/delete/?id={cited.pk}&id={other.pk}&next=/admin/"
        )
        assert "was not deleted" in browser.post(address, follow=True).text
        assert Reference.objects.count() == 2

    def test_one_that_nobody_cites_goes(self, browser):
        reference = ReferenceFactory()
        browser.post(f"{self.ADDRESS}delete/{reference.pk}/")
        assert not Reference.objects.exists()
