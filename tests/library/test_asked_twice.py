"""A question that the library and the clinic both answer is read once, with the clinic's answer."""

import pytest

from tests.factories import section
from tests.library.pages import follower_of, fresh, library_treatment, take_over, words_on

ASKED, OTHER = "Do you accept insurance?", "Does it hurt?"


def questions(heading, *pairs, **value):
    values = [{"question": question, "answer": f"<p>{answer}</p>"} for question, answer in pairs]
    items = [{"type": "item", "id": f"{heading}-{value['question']}", "value": value} for value in values]
    block = {"type": "questions", "id": heading, "value": {"items": items}}
    return section(heading, **{"kind": "questions", "body": [block]} | value)


@pytest.fixture
def librarys():
    return questions("Questions people ask", (ASKED, "Ask your insurer."), (OTHER, "A little."))


@pytest.fixture
def own():
    return questions("Direct billing", ("do you accept  insurance", "Yes, we bill for you."), kind="cost")


def test_an_addition_answers_in_the_librarys_place(library, clinic, librarys, own):
    page = follower_of(library_treatment(library, librarys), clinic, sections=[own])
    words = words_on(page, clinic)
    assert "Ask your insurer." not in words
    assert "Yes, we bill for you." in words
    assert "A little." in words


def test_without_the_addition_the_librarys_answer_is_back(library, clinic, librarys, own):
    page = follower_of(library_treatment(library, librarys), clinic, sections=[own])
    page.sections = []
    page.save()
    assert "Ask your insurer." in words_on(page, clinic)


def test_a_section_of_which_nothing_is_left_is_not_read(library, clinic, own):
    only = questions("Questions", (ASKED, "Ask your insurer."))
    page = follower_of(library_treatment(library, only), clinic, sections=[own])
    assert [one.heading for one in fresh(page).composed] == ["Direct billing"]
    assert [one.heading for one in fresh(page).compose()] == ["Questions", "Direct billing"]


def test_words_that_a_clinic_wrote_in_place_of_the_librarys_count_as_its_own(library, clinic, librarys, own):
    cost = section("Cost", "Ask us.", kind="cost")
    page = follower_of(library_treatment(library, librarys, cost), clinic)
    record = take_over(page, cost, "Cost", "Ours.")
    record.body = own["value"]["body"]
    record.save()
    assert "Ask your insurer." not in words_on(page, clinic)


def test_a_locked_section_keeps_its_questions(library, clinic, own):
    locked = questions("Safety", (ASKED, "Ask your insurer."), lock="locked", lock_reason="Everywhere.")
    page = follower_of(library_treatment(library, locked), clinic, sections=[own])
    assert "Ask your insurer." in words_on(page, clinic)


def test_two_sections_of_the_library_are_left_alone(library, clinic, librarys):
    again = questions("Insurance", (ASKED, "Plans differ."))
    page = follower_of(library_treatment(library, librarys, again), clinic)
    words = words_on(page, clinic)
    assert "Ask your insurer." in words
    assert "Plans differ." in words


def test_the_editor_is_told_beside_the_section(library, clinic, librarys, own, owner, admin_client_of):
    page = follower_of(library_treatment(library, librarys), clinic, sections=[own])
    html = admin_client_of(owner).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "You answer “Do you accept insurance?” in your own words, so patients read your answer" in html
