"""Words that mean the same: the library keeps them, every clinic's search reads them."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client

from clinicsite.home.search.synonyms import MOST_WAYS, Synonyms, synonyms
from clinicsite.library.models import SynonymGroup
from tests.factories import ConditionIndexPageFactory, ConditionPageFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

ADDRESS = "/admin/snippets/clinicsite_library/synonymgroup/"


@pytest.fixture
def disc(clinic):
    conditions = ConditionIndexPageFactory(parent=clinic.home)
    return ConditionPageFactory(parent=conditions, title="Herniated disc", summary="It often settles.")


def same(*phrases):
    SynonymGroup.objects.create(terms="\n".join(phrases))


def paths_in(html):
    return re.findall(r'search-result__title"><a href="([^"]+)"', html)


@pytest.mark.parametrize("words", ["slipped disc", "Slipped discs", "is a slipped disc bad", "sliped disc"])
def test_the_librarys_other_words_find_the_page(disc, visit, words):
    if words.startswith("is"):
        disc.summary = "Bad for a while."
        disc.save()
    partly = "No page here has all of your words"
    assert partly in visit("/search/", {"q": words}).text
    same("slipped disc", "herniated disc")
    html = visit("/search/", {"q": words}).text
    assert partly not in html
    assert paths_in(html) == ["/conditions/herniated-disc/"]
    assert "<mark>Herniated</mark> <mark>disc</mark>" in html


def test_the_page_says_what_else_was_looked_for(disc, visit):
    same("slipped disc", "herniated disc", "prolapsed disc")
    html = visit("/search/?q=slipped+disc").text
    assert "Pages with words that mean the same are included: herniated disc." in html


def test_words_that_mean_the_same_are_no_result_by_themselves(disc, visit):
    same("frozen shoulder", "adhesive capsulitis")
    assert paths_in(visit("/search/?q=frozen+shoulder").text) == []


def test_every_clinic_reads_the_same_groups(disc, other_clinic, visit):
    ConditionPageFactory(parent__parent=other_clinic.home, title="Herniated disc")
    same("slipped disc", "herniated disc")
    for host in ("north.localhost", "south.localhost"):
        html = Client(HTTP_HOST=host).get("/search/?q=slipped+disc").text
        assert paths_in(html) == ["/conditions/herniated-disc/"]


def test_all_groups_cost_one_query(django_assert_num_queries):
    for number in range(5):
        same(f"word {number}", f"other {number}")
    with django_assert_num_queries(1):
        assert len(synonyms().groups) == 5


def test_a_phrase_is_put_in_other_words_where_it_stands_and_nowhere_else():
    group = (("slipped", "disc"), ("herniated", "disc"))
    known = Synonyms((group,))
    assert known.other_ways(["old", "slipped", "discs", "pain"]) == [["old", "herniated", "disc", "pain"]]
    assert known.other_ways(["disc", "slipped"]) == []


def test_no_search_has_endless_ways_to_put_it():
    group = tuple((f"word{number}",) for number in range(50))
    assert len(Synonyms((group,)).other_ways(["word1"])) == MOST_WAYS


def test_a_group_is_tidied_and_needs_two_phrases():
    group = SynonymGroup(terms="  slipped   disc \n\nherniated disc\nherniated disc")
    group.clean()
    assert group.terms == "slipped disc\nherniated disc"
    for terms in ("slipped disc", "disc\nDisc", "\n"):
        with pytest.raises(ValidationError):
            SynonymGroup(terms=terms).clean()


def test_a_library_editor_keeps_them(library_editor, admin_client_of):
    browser = admin_client_of(library_editor)
    assert browser.get(ADDRESS).status_code == 200
    response = browser.post(f"{ADDRESS}add/", {"terms": "slipped disc\nherniated disc"})
    assert response.status_code == 302
    group = SynonymGroup.objects.get()
    assert "herniated disc" in browser.get(ADDRESS).text
    assert browser.post(f"{ADDRESS}edit/{group.pk}/", {"terms": "slipped disc"}).status_code == 200
    assert browser.post(f"{ADDRESS}delete/{group.pk}/").status_code == 302
    assert not SynonymGroup.objects.exists()


def test_an_administrator_of_the_agency_keeps_them_too(library_editor, admin_client_of):
    group = Group.objects.get(name="Agency administrators")
    person = UserFactory(username="administrator", groups=[group])
    assert admin_client_of(person).get(f"{ADDRESS}add/").status_code == 200


def test_a_clinic_neither_sees_nor_changes_them(owner, admin_client_of):
    same("slipped disc", "herniated disc")
    browser = admin_client_of(owner)
    group = SynonymGroup.objects.get()
    for address in ("", "add/", f"edit/{group.pk}/", f"delete/{group.pk}/"):
        response = browser.get(f"{ADDRESS}{address}")
        assert response.status_code == 404, address
        assert "herniated" not in response.text
    assert "Search words" not in browser.get("/admin/").text
