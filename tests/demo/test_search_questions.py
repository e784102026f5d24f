"""Patients ask the demo's clinics, and the right page stands first; or the search says that there is none."""

import re

import pytest
from django.test import Client

from clinicsite.library.models import EmergencyHelp
from tests.demo.search_questions import ALSO_FOUND, QUESTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def ask(clinic, typed):
    response = Client(HTTP_HOST=f"{clinic}.localhost:8000").get("/search/", {"q": typed})
    assert response.status_code == 200
    return response.text


def paths_in(html):
    return re.findall(r'search-result__title"><a href="([^"]+)"', html)


@pytest.mark.parametrize("clinic", QUESTIONS)
def test_the_right_page_stands_first(clinic):
    first = {typed: next(iter(paths_in(ask(clinic, typed))), "") for typed in QUESTIONS[clinic]}
    wrong = {
        typed: (found, QUESTIONS[clinic][typed])
        for typed, found in first.items()
        if found not in QUESTIONS[clinic][typed].split("|")
    }
    assert wrong == {}


def test_the_list_is_long_enough_to_tell():
    assert sum(map(len, QUESTIONS.values())) >= 80


def test_pages_that_answer_too_are_shown():
    missing = [asked for asked in ALSO_FOUND if asked[2] not in paths_in(ask(*asked[:2]))]
    assert missing == []


@pytest.mark.parametrize("typed", ["cancel", "hotel", "pregnancy", "Sunday", "parking", "safe"])
def test_an_ordinary_word_is_never_corrected(typed):
    for clinic in QUESTIONS:
        assert "Showing results for" not in ask(clinic, typed), clinic


def test_an_insurer_that_no_page_names_is_not_passed_off_as_one_of_the_clinics():
    html = ask("northgate", "do you take Sun Life")
    assert "No page here has “sun life”. Pages about direct billing are shown in its place." in html


def test_a_holiday_is_shown_with_its_date_and_hours():
    html = re.sub(r"</?mark>", "", ask("northgate", "do you open on Boxing Day"))
    assert "Boxing Day, December 26, 2026: closed" in html


@pytest.mark.parametrize("clinic", QUESTIONS)
def test_an_emergency_comes_before_everything_else(clinic):
    # The pages on needling name chest pain, so that there are results as well.
    html = ask(clinic, "chest pain after needling")
    assert paths_in(html)
    assert html.index('href="tel:911"') < html.index("search-result__title")
    assert 'href="tel:988"' in ask(clinic, "I want to kill myself")


def test_the_demo_has_the_librarys_block():
    assert EmergencyHelp.objects.count() == 1
