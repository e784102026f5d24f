"""A clinic puts a page first in its search for some words."""

import re

import pytest
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from clinicsite.home.models import SuggestedResult
from clinicsite.home.pages.forms import OF_ANOTHER
from tests.factories import StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def fees(clinic):
    return StandardPageFactory(parent=clinic.home, title="Fees", summary="What a visit costs.")


def suggest(clinic, page, words):
    SuggestedResult.objects.create(home=clinic.home, page=page, words=words)


def groups_in(html):
    return re.findall(r'id="search-([a-z]+)">', html)


def paths_in(html):
    return re.findall(r'search-result__title"><a href="([^"]+)"', html)


def test_a_suggested_page_comes_first_and_once(clinic, fees, visit):
    suggest(clinic, fees, "insurance, direct billing")
    StandardPageFactory(parent=clinic.home, title="Insurance")
    html = visit("/search/?q=insurance").text
    assert groups_in(html) == ["suggested", "other"]
    assert paths_in(html) == ["/fees/", "/insurance/"]
    assert "2 results for" in html


def test_a_page_suggested_for_two_words_of_one_search_is_shown_once(clinic, fees, visit):
    suggest(clinic, fees, "insurance")
    suggest(clinic, fees, "direct billing")
    html = visit("/search/", {"q": "insurance direct billing"}).text
    assert paths_in(html) == ["/fees/"]
    assert "1 result for" in html


@pytest.mark.parametrize("words", ["billing direct", "Direct billings", "do you have direct billing"])
def test_a_phrase_is_asked_for_in_any_order_and_form(clinic, fees, visit, words):
    suggest(clinic, fees, "insurance, direct billing")
    assert "suggested" in groups_in(visit("/search/", {"q": words}).text)


@pytest.mark.parametrize("words", ["direct", "fees", "visit"])
def test_other_words_bring_no_suggestion(clinic, fees, visit, words):
    suggest(clinic, fees, "insurance, direct billing")
    assert "suggested" not in groups_in(visit("/search/", {"q": words}).text)


def test_the_clinics_order_holds(clinic, fees, visit):
    hours = StandardPageFactory(parent=clinic.home, title="Hours")
    SuggestedResult.objects.create(home=clinic.home, page=hours, words="visit", sort_order=2)
    SuggestedResult.objects.create(home=clinic.home, page=fees, words="visit", sort_order=1)
    assert paths_in(visit("/search/?q=visit").text) == ["/fees/", "/hours/"]


def test_a_suggestion_is_the_clinics_own_and_public_or_it_is_not_shown(clinic, other_clinic, fees, visit):
    foreign = StandardPageFactory(parent=other_clinic.home, title="Foreign fees")
    suggest(clinic, foreign, "costs")
    suggest(other_clinic, fees, "costs")
    suggest(clinic, fees, "costs")
    assert paths_in(visit("/search/?q=costs").text) == ["/fees/"]
    PageViewRestriction.objects.create(page=fees, restriction_type="login")
    assert paths_in(visit("/search/?q=costs").text) == []


def form_of(home, *rows):
    fields = {
        "title": home.title,
        "slug": home.slug,
        "hero_heading": home.hero_heading,
        "promise": home.promise,
        "treatments_shown": "6",
        "people_shown": "6",
        "posts_shown": "3",
        "introduction": rich_text(""),
        "comments": inline_formset([]),
        "featured_treatments": inline_formset([]),
        "featured_conditions": inline_formset([]),
        "suggested_results": inline_formset(rows),
        "action-publish": "Publish",
    }
    return nested_form_data(fields)


def save(browser, home, *rows):
    return browser.post(f"/admin/pages/{home.pk}/edit/", form_of(home, *rows))


def test_an_owner_suggests_a_page_in_the_editor(clinic, fees, owner, admin_client_of, visit):
    response = save(admin_client_of(owner), clinic.home, {"words": "prices", "page": fees.pk})
    assert response.status_code == 302
    assert SuggestedResult.objects.get(home=clinic.home).page_id == fees.pk
    assert paths_in(visit("/search/?q=prices").text) == ["/fees/"]


def test_a_page_of_another_clinic_cannot_be_suggested(clinic, other_clinic, owner, admin_client_of):
    foreign = StandardPageFactory(parent=other_clinic.home, title="Foreign fees")
    response = save(admin_client_of(owner), clinic.home, {"words": "prices", "page": foreign.pk})
    assert response.status_code == 200
    assert response.context["form"].formsets["suggested_results"].forms[0].errors == {"page": [OF_ANOTHER]}
    assert "Foreign fees" not in response.text
    assert not SuggestedResult.objects.exists()


def test_a_suggestion_without_a_word_is_refused(clinic, fees, owner, admin_client_of):
    response = save(admin_client_of(owner), clinic.home, {"words": " ,!", "page": fees.pk})
    assert response.status_code == 200
    assert "words" in response.context["form"].formsets["suggested_results"].forms[0].errors


def test_a_suggestion_goes_with_its_page(clinic, fees):
    suggest(clinic, fees, "prices")
    fees.delete()
    assert not SuggestedResult.objects.exists()
