"""Words that mean the same: the library keeps them, every clinic's search reads them."""

import re

import pytest
from django.contrib.auth.models import Group as UserGroup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from clinicsite.home.search.synonyms import MOST_WAYS, Group, Piece, Synonyms, synonyms
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
    known = Synonyms((Group((("slipped", "disc"), ("herniated", "disc"))),))
    old, disc, pain = known.pieces(["old", "slipped", "discs", "pain"])
    assert disc == Piece(("slipped", "discs"), same=(("herniated", "disc"),))
    assert (old, pain) == (Piece(("old",)), Piece(("pain",)))
    assert known.pieces(["disc", "slipped"]) == [Piece(("disc",)), Piece(("slipped",))]


def test_the_longest_phrase_that_begins_at_a_word_is_meant():
    known = Synonyms((Group((("pain",), ("ache",))), Group((("low", "back", "pain"), ("lumbago",)))))
    assert known.pieces(["low", "back", "pains", "ache"]) == [
        Piece(("low", "back", "pains"), same=(("lumbago",),)),
        Piece(("ache",), same=(("pain",),)),
    ]


def test_narrower_words_lead_to_the_others_and_not_back():
    known = Synonyms((Group((("direct", "billing"),), (("sun", "life"), ("blue", "cross"))),))
    assert known.pieces(["sun", "life"]) == [Piece(("sun", "life"), leads=(("direct", "billing"),))]
    assert known.pieces(["direct", "billing"]) == [Piece(("direct", "billing"))]


def test_no_search_has_endless_ways_to_put_it():
    known = Synonyms((Group(tuple((f"word{number}",) for number in range(50))),))
    assert len(known.pieces(["word1"])[0].same) == MOST_WAYS


def test_who_looks_for_what_no_page_has_is_told_what_is_shown_in_its_place(disc, visit):
    SynonymGroup.objects.create(terms="herniated disc", narrower_terms="Quebec trouble\ntorn cushion")
    html = visit("/search/", {"q": "torn cushion"}).text
    assert paths_in(html) == ["/conditions/herniated-disc/"]
    assert "No page here has “torn cushion”. Pages about herniated disc are shown in its place." in html
    disc.summary = "A torn cushion."
    disc.save()
    cache.clear()
    assert "are shown in its place" not in visit("/search/", {"q": "torn cushion"}).text


def test_what_words_lead_to_does_not_lead_back_to_them(disc, visit):
    ConditionPageFactory(parent=disc.get_parent(), title="Torn cushion")
    SynonymGroup.objects.create(terms="herniated disc", narrower_terms="torn cushion")
    assert paths_in(visit("/search/?q=herniated+disc").text) == ["/conditions/herniated-disc/"]
    found = ["/conditions/torn-cushion/", "/conditions/herniated-disc/"]
    assert paths_in(visit("/search/?q=torn+cushion").text) == found


def test_two_phrases_of_one_search_are_both_put_in_other_words(clinic, visit):
    conditions = ConditionIndexPageFactory(parent=clinic.home)
    ConditionPageFactory(parent=conditions, title="Needling", summary="Risks for the pregnant.")
    same("safe", "risks")
    same("pregnancy", "pregnant")
    html = visit("/search/", {"q": "is needling safe in pregnancy"}).text
    assert paths_in(html) == ["/conditions/needling/"]
    assert "No page here has all of your words" not in html


def test_a_group_is_tidied_and_needs_two_phrases():
    group = SynonymGroup(terms="  slipped   disc \n\nherniated disc\nherniated disc")
    group.clean()
    assert group.terms == "slipped disc\nherniated disc"
    for terms in ("slipped disc", "disc\nDisc", "\n"):
        with pytest.raises(ValidationError):
            SynonymGroup(terms=terms).clean()
    with pytest.raises(ValidationError):
        SynonymGroup(terms="", narrower_terms="sun life\nblue cross").clean()


def test_words_that_lead_there_are_tidied_too_and_none_is_both():
    group = SynonymGroup(terms="direct billing", narrower_terms=" sun  life\nSun Life\nDirect billing\n")
    group.clean()
    assert (group.terms, group.narrower_terms) == ("direct billing", "sun life")


def test_a_library_editor_keeps_them(library_editor, admin_client_of):
    browser = admin_client_of(library_editor)
    assert browser.get(ADDRESS).status_code == 200
    response = browser.post(f"{ADDRESS}add/", {"terms": "slipped disc\nherniated disc"})
    assert response.status_code == 302
    group = SynonymGroup.objects.get()
    listed = browser.get(ADDRESS).text
    assert "herniated disc" in listed
    assert f'href="{ADDRESS}edit/{group.pk}/"' in listed
    assert browser.post(f"{ADDRESS}edit/{group.pk}/", {"terms": "slipped disc"}).status_code == 200
    assert browser.post(f"{ADDRESS}delete/{group.pk}/").status_code == 302
    assert not SynonymGroup.objects.exists()


def test_an_administrator_of_the_agency_keeps_them_too(library_editor, admin_client_of):
    group = UserGroup.objects.get(name="Agency administrators")
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
