"""A clinic cites a paper of its own at once, asks the library for it, and reads what the library says."""

import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError

from clinicsite.core.rendering import rendering_for
from clinicsite.core.rich_text.printing import printed
from clinicsite.modalities.models import OwnReference, Reference
from clinicsite.modalities.own_references.answering import accept, citation_key_for, decline
from clinicsite.modalities.rich_text import OwnCitationElementHandler
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ReferenceFactory,
    StandardPageFactory,
    section,
)

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

FIELDS = {"title": "Needles and knees", "authors": "Gattie, E\nCleland, JA", "year": 2021}
POSTED = {**FIELDS, "csl_type": "article-journal", "study_type": "other", "doi": "10.1000/knees.1"}
LIST, REQUESTS = "/admin/clinicsite/own-references/", "/admin/clinicsite/reference-requests/"
CHOOSER = "/admin/clinicsite/own-reference-chooser/"


def bring(clinic, **fields):
    return OwnReference.objects.create(site=clinic.site, **{**FIELDS, "doi": "10.1000/knees.1", **fields})


def citing(own, label="Gattie et al. 2021"):
    return f'Studied.<a linktype="clinicsite-own-citation" id="{own.pk}">{label}</a>'


def page_citing(clinic, *marks, title="About"):
    body = [{"type": "paragraph", "value": f"<p>{''.join(marks)}</p>", "id": "a"}]
    return StandardPageFactory(parent=clinic.home, title=title, sections=[section("Us", body=body)])


class TestOnThePage:
    def test_it_is_shown_as_a_reference_of_the_librarys_is(self, clinic, visit):
        own = bring(clinic, container_title="Knee Journal", volume="3", page="4-9")
        page = page_citing(clinic, citing(own))
        html = visit(page.url).text
        assert '<a href="#ref-1" id="cite-1-1" aria-label="Reference 1">[1]</a>' in html
        entry = " ".join(html.partition('id="ref-1"')[2].partition("</li>")[0].split())
        assert "Gattie E, Cleland JA. Needles and knees. <cite>Knee Journal</cite>. 2021;3:4-9." in entry
        assert 'href="https://doi.org/10.1000/knees.1"' in entry
        assert "Needles and knees" in html.partition("ld+json")[2].partition("</script>")[0]

    def test_a_post_cites_it_too(self, clinic, visit):
        body = [{"type": "paragraph", "value": f"<p>{citing(bring(clinic))}</p>", "id": "a"}]
        blog = BlogIndexPageFactory(parent=clinic.home)
        BlogPageFactory(parent=blog, title="Knees", sections=[section("Us", body=body)])
        assert "Needles and knees" in visit("/blog/knees/").text

    def test_numbers_go_on_through_both_kinds(self, clinic, visit):
        first, own = ReferenceFactory(title="First"), bring(clinic)
        library = f'Seen.<a linktype="clinicsite-citation" id="{first.pk}">x</a>'
        html = visit(page_citing(clinic, citing(own), library, citing(own)).url).text
        assert html.index("Needles and knees.\n") < html.index("First.\n")
        assert [html.count(f'href="#ref-{number}" id="cite') for number in (1, 2, 3)] == [2, 1, 0]

    def test_keys_of_the_two_kinds_are_not_mistaken(self, clinic, visit):
        own, reference = bring(clinic), ReferenceFactory(title="Of the library")
        OwnReference.objects.filter(id=own.pk).update(id=reference.pk)
        html = visit(page_citing(clinic, citing(OwnReference.objects.get())).url).text
        assert "Needles and knees" in html
        assert "Of the library" not in html

    def test_another_clinics_is_as_if_it_had_gone(self, clinic, other_clinic, visit):
        own = bring(other_clinic, title="Only of South")
        html = visit(page_citing(clinic, citing(own)).url).text
        assert "Only of South" not in html
        assert 'class="citation"' not in html
        assert 'class="references"' not in html

    def test_it_costs_one_query(self, clinic, django_assert_num_queries):
        marks = [citing(bring(clinic, doi=f"10.1000/{n}")) for n in range(3)]
        with rendering_for(clinic.site) as rendering:
            rendering.prepare(marks)
            with django_assert_num_queries(1):
                assert len(Reference.objects.numbered(rendering)) == 3


class TestWhatMayBeBrought:
    def refused(self, clinic, **fields):
        own = OwnReference(site=clinic.site, **{**FIELDS, "doi": "10.1000/knees.1", **fields})
        with pytest.raises(ValidationError) as refusal:
            own.full_clean()
        return refusal.value.message_dict

    def test_it_says_where_it_can_be_read(self, clinic):
        assert self.refused(clinic, doi="") == {
            "doi": [
                "Give a DOI, a PubMed number or an address, so that patients and the library can find it."
            ]
        }

    @pytest.mark.parametrize("where", [{"pmid": "28158962"}, {"url": "https://knees.example/"}])
    def test_any_of_three_will_do(self, clinic, where):
        own = OwnReference(site=clinic.site, **FIELDS, **where)
        own.full_clean()
        assert {name: getattr(own, name) for name in where} == where
        assert own.doi in (None, "")

    def test_what_the_library_has_is_cited_from_there(self, clinic):
        ReferenceFactory(doi="10.1000/knees.1", title="Known")
        (sentence,) = self.refused(clinic, doi="https://doi.org/10.1000/KNEES.1")["doi"]
        assert "Known" in sentence
        assert "Cite a reference" in sentence

    def test_one_clinic_does_not_learn_what_another_has_brought(self, clinic, other_clinic):
        bring(other_clinic)
        OwnReference(site=clinic.site, **FIELDS, doi="10.1000/knees.1").full_clean()
        bring(clinic)
        assert "brought this paper already" in str(self.refused(clinic))


class TestAnswers:
    def test_accepted_the_pages_show_the_librarys_and_unite_with_it(self, clinic, visit, library_editor):
        own = bring(clinic)
        page = page_citing(clinic, citing(own))
        reference = accept(own, library_editor, "Thank you.")
        assert (reference.citation_key, reference.doi) == ("gattie2021", "10.1000/knees.1")
        assert not reference.is_finding_confirmed
        Reference.objects.filter(pk=reference.pk).update(title="Corrected by the library")
        html = visit(page.url).text
        assert "Corrected by the library" in html
        assert "Needles and knees" not in html
        both = f'Also.<a linktype="clinicsite-citation" id="{reference.pk}">x</a>'
        html = visit(page_citing(clinic, citing(own), both, title="Both").url).text
        assert html.count('class="references__item"') == 1
        assert html.count('href="#ref-1" id="cite-1-') == 2

    def test_what_the_library_has_in_the_meantime_stands_for_it(self, clinic, library_editor):
        own = bring(clinic)
        known = ReferenceFactory(doi="10.1000/knees.1")
        assert accept(own, library_editor) == known
        assert Reference.objects.count() == 1

    def test_declined_it_stays_on_the_page(self, clinic, visit, library_editor):
        own = bring(clinic)
        page = page_citing(clinic, citing(own))
        decline(own, library_editor, "A single case.")
        own.refresh_from_db()
        assert (own.state, own.answer, own.answered_by) == ("declined", "A single case.", library_editor)
        assert "Needles and knees" in visit(page.url).text

    def test_a_reference_that_the_library_deletes_leaves_the_clinics_own(self, clinic, visit, library_editor):
        own = bring(clinic)
        page = page_citing(clinic, citing(own))
        accept(own, library_editor).delete()
        assert "Needles and knees" in visit(page.url).text

    def test_short_names_are_free(self, clinic):
        own = bring(clinic)
        assert citation_key_for(own) == "gattie2021"
        ReferenceFactory(citation_key="gattie2021")
        assert citation_key_for(own) == "gattie2021b"


class TestTheClinicsScreens:
    def test_a_paper_is_brought_and_asked_for_at_once(self, clinic, owner, admin_client_of):
        response = admin_client_of(owner).post(f"{LIST}add/", POSTED, follow=True)
        own = OwnReference.objects.get()
        assert (own.site, own.asked_by, own.state) == (clinic.site, owner, "asked")
        assert "can be cited on your pages now" in response.text

    def test_one_that_was_brought_before_is_refused_in_words(self, clinic, owner, admin_client_of):
        bring(clinic)
        shown = admin_client_of(owner).post(f"{LIST}add/", POSTED).text
        assert "You have brought this paper already." in shown
        assert OwnReference.objects.count() == 1

    def test_while_writing_it_is_brought_in_the_window(self, clinic, editor, admin_client_of):
        browser = admin_client_of(editor)
        window = browser.get(CHOOSER).json()["html"]
        assert "A new paper" in window
        prefix = re.search(r'name="([\w-]*)title"', window)[1]
        names = {f"{prefix}{name}": value for name, value in POSTED.items()}
        result = browser.post(f"{CHOOSER}create/", names).json()
        own = OwnReference.objects.get()
        assert result["result"]["id"] == str(own.pk)
        assert result["result"]["title"] == "Gattie et al. 2021: Needles and knees"
        assert own.asked_by == editor

    def test_the_list_says_what_the_library_says(self, clinic, owner, admin_client_of, library_editor):
        decline(bring(clinic), library_editor, "A single case.")
        shown = admin_client_of(owner).get(LIST).text
        assert "Declined" in shown
        assert "A single case." in shown

    def test_what_is_cited_is_not_deleted(self, clinic, owner, admin_client_of):
        own = bring(clinic)
        page = page_citing(clinic, citing(own))
        browser = admin_client_of(owner)
        assert "is cited on" in browser.get(f"{LIST}{own.pk}/delete/").text
        browser.post(f"{LIST}{own.pk}/delete/")
        assert OwnReference.objects.exists()
        page.delete()
        browser.post(f"{LIST}{own.pk}/delete/")
        assert not OwnReference.objects.exists()

    def test_what_the_library_has_taken_over_is_not_changed(
        self, clinic, owner, admin_client_of, library_editor
    ):
        own = bring(clinic)
        accept(own, library_editor)
        browser = admin_client_of(owner)
        assert 'name="title"' not in browser.get(f"{LIST}{own.pk}/").text
        browser.post(f"{LIST}{own.pk}/", {**POSTED, "title": "Changed"})
        own.refresh_from_db()
        assert own.title == "Needles and knees"


class TestTheLibrarysScreens:
    def test_who_asks_where_and_for_which_paper(self, clinic, owner, admin_client_of, library_editor):
        own = bring(clinic, asked_by=owner, why="For our knee page.")
        page_citing(clinic, citing(own), title="Our knees")
        browser = admin_client_of(library_editor)
        listed = browser.get(REQUESTS).text
        assert "Needles and knees" in listed
        assert "north.localhost" in listed or "North Clinic" in listed
        shown = browser.get(f"{REQUESTS}{own.pk}/").text
        for words in ("Gattie E, Cleland JA", "Our knees", "For our knee page.", str(owner)):
            assert words in shown

    def test_it_is_accepted_with_one_button(self, clinic, admin_client_of, library_editor):
        own = bring(clinic)
        response = admin_client_of(library_editor).post(f"{REQUESTS}{own.pk}/", {"accept": "1", "answer": ""})
        reference = Reference.objects.get()
        assert response.url == f"/admin/snippets/clinicsite_modalities/reference/edit/{reference.pk}/"
        own.refresh_from_db()
        assert own.library_reference == reference

    def test_it_is_not_declined_without_a_word(self, clinic, admin_client_of, library_editor):
        own, browser = bring(clinic), admin_client_of(library_editor)
        shown = browser.post(f"{REQUESTS}{own.pk}/", {"decline": "1", "answer": " "}).text
        assert "Write to the clinic why not." in shown
        own.refresh_from_db()
        assert own.state == "asked"
        browser.post(f"{REQUESTS}{own.pk}/", {"decline": "1", "answer": "A single case."})
        own.refresh_from_db()
        assert own.state == "declined"

    @pytest.mark.parametrize("button", ["accept", "decline"])
    def test_two_answers_at_once_leave_the_first(self, clinic, admin_client_of, library_editor, button):
        own = bring(clinic)
        reference = accept(own, library_editor)
        data = {button: "1", "answer": "Too late."}
        shown = admin_client_of(library_editor).post(f"{REQUESTS}{own.pk}/", data, follow=True).text
        assert "in the library already" in shown
        own.refresh_from_db()
        assert (own.library_reference, own.answer) == (reference, "")


class TestIsolation:
    @pytest.fixture
    def foreign(self, other_clinic):
        return bring(other_clinic, title="Only of South")

    @pytest.mark.parametrize("who", ["owner", "editor"])
    def test_another_clinics_papers_are_not_there(self, request, clinic, foreign, admin_client_of, who):
        browser = admin_client_of(request.getfixturevalue(who))
        for path in (
            LIST,
            f"{LIST}results/",
            CHOOSER,
            f"{CHOOSER}results/",
            f"{CHOOSER}chosen-multiple/?id={foreign.pk}",
        ):
            assert "South" not in browser.get(path).text, path
        for path in (f"{LIST}{foreign.pk}/", f"{LIST}{foreign.pk}/delete/", f"{CHOOSER}chosen/{foreign.pk}/"):
            assert browser.get(path).status_code == 404, path
        browser.post(f"{LIST}{foreign.pk}/delete/")
        browser.post(f"{LIST}{foreign.pk}/", {**POSTED, "title": "Changed"})
        foreign.refresh_from_db()
        assert foreign.title == "Only of South"

    def test_nobody_brings_a_paper_for_another_clinic(self, clinic, other_clinic, owner, admin_client_of):
        admin_client_of(owner).post(f"{LIST}add/", {**POSTED, "site": other_clinic.site.pk})
        assert OwnReference.objects.get().site == clinic.site

    def test_requests_are_not_for_clinics(self, clinic, owner, foreign, admin_client_of):
        browser = admin_client_of(owner)
        for path in (REQUESTS, f"{REQUESTS}{foreign.pk}/"):
            response = browser.get(path)
            assert response.status_code == 404
            assert "South" not in response.text

    def test_the_editor_names_no_paper_of_another_clinic(self, clinic, owner, foreign, admin_client_of):
        page = page_citing(clinic, citing(foreign, "x"))
        shown = admin_client_of(owner).get(f"/admin/pages/{page.pk}/edit/").text
        assert "Only of South" not in shown

    def test_without_anybody_at_work_no_paper_is_named(self, clinic):
        own = bring(clinic)
        handler = OwnCitationElementHandler("CLINICSITE_OWN_CITATION")
        assert handler.get_attribute_data({"id": str(own.pk)})["title"] == "This reference is no longer there"


def test_a_citation_is_plain_where_there_is_no_list(clinic):
    own = bring(clinic)
    with rendering_for(clinic.site) as rendering:
        rendering.prepare([citing(own)])
        Reference.objects.numbered(rendering)
        assert 'href="#ref-1"' in printed(citing(own))


def test_a_second_answer_does_not_write_over_a_first_that_nobody_has_read(
    clinic, admin_client_of, library_editor
):
    own = bring(clinic)
    address = f"{REQUESTS}{own.pk}/"
    browser = admin_client_of(library_editor)
    assert 'name="seen" value=""' in browser.get(address).text
    browser.post(address, {"decline": "1", "answer": "A single case.", "seen": ""})
    late = browser.post(address, {"decline": "1", "answer": "Too old.", "seen": ""})
    assert "has answered this since you opened it: “A single case.”" in unescape(late.text)
    assert "Too old." in late.text
    own.refresh_from_db()
    assert own.answer == "A single case."
    browser.post(address, {"decline": "1", "answer": "Too old.", "seen": own.answer_mark})
    own.refresh_from_db()
    assert own.answer == "Too old."
