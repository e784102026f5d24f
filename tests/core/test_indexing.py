"""What a step makes is in both indexes, though they are written once at its end; nobody else's waits."""

from threading import Thread

import pytest
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend

from clinicsite.core import indexing
from clinicsite.home.models import StandardPage
from tests.factories import ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def logo():
    return ImageFactory(title="Harbour")


@indexing.written_at_the_end()
def stop_after_saving(page):
    save_title(page, "Newer")
    raise KeyboardInterrupt


def save_title(page, title):
    page.title = title
    page.save()


def found(word):
    return list(get_search_backend().search(word, StandardPage.objects.all()))


def is_referenced(image):
    return ReferenceIndex.get_references_to(image).exists()


def add_page(clinic, image):
    section = {"heading": "Us", "body": [{"type": "picture", "value": {"image": image.pk, "alt": "Us"}}]}
    page = StandardPage(title="Parking", sections=[{"type": "section", "value": section}])
    return clinic.home.add_child(instance=page)


def test_what_is_saved_is_in_both_indexes_once_the_step_ends(clinic, logo):
    with indexing.written_at_the_end():
        page = add_page(clinic, logo)
        assert found("parking") == []
        assert not is_referenced(logo)
    assert found("parking") == [page]
    assert is_referenced(logo)


def test_a_step_that_fails_leaves_the_indexes_as_they_were_and_at_work(clinic, logo):
    page = add_page(clinic, logo)
    with pytest.raises(KeyboardInterrupt):
        stop_after_saving(page)
    assert found("newer") == []
    save_title(page, "Lasting")
    assert found("lasting") == [page]


def test_outside_of_a_step_a_page_is_indexed_when_it_is_saved_and_goes_with_it(clinic, logo):
    page = add_page(clinic, logo)
    assert found("parking") == [page]
    page.delete()
    assert found("parking") == []


def test_what_another_thread_saves_meanwhile_does_not_wait():
    seen = []

    def ask():
        seen.append(indexing.is_left_for_the_end())

    with indexing.written_at_the_end():
        assert indexing.is_left_for_the_end()
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    assert seen == [False]
