"""What the demo makes is in both indexes, though they are written once at the end of a step."""

import pytest
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend

from clinicsite.demo import indexes, pictures
from clinicsite.home.models import StandardPage
from clinicsite.media.models import CustomImage

pytestmark = pytest.mark.django_db


@pytest.fixture
def logo():
    return pictures.picture("harbour/logo", pictures.collection("harbour", "Harbour Health Services"))


def save_title(image, title):
    image.title = title
    image.save()


@indexes.written_at_the_end()
def stop_after_saving(image):
    save_title(image, "Newer")
    raise KeyboardInterrupt


def found(word, model=CustomImage):
    return list(get_search_backend().search(word, model.objects.all()))


def is_referenced(image):
    return ReferenceIndex.get_references_to(image).exists()


def add_page(clinic, image):
    section = {"heading": "Us", "body": [{"type": "picture", "value": {"image": image.pk, "alt": "Us"}}]}
    page = StandardPage(title="Parking", sections=[{"type": "section", "value": section}])
    return clinic.home.add_child(instance=page)


def test_what_is_saved_is_in_both_indexes_once_the_step_ends(clinic, logo):
    with indexes.written_at_the_end():
        save_title(logo, "Newer")
        page = add_page(clinic, logo)
        assert (found("newer"), found("parking", StandardPage)) == ([], [])
        assert not is_referenced(logo)
    assert (found("newer"), found("parking", StandardPage)) == ([logo], [page])
    assert is_referenced(logo)


def test_a_step_that_fails_leaves_the_indexes_as_they_were_and_at_work(clinic, logo):
    with pytest.raises(KeyboardInterrupt):
        stop_after_saving(logo)
    assert found("newer") == []
    save_title(logo, "Lasting")
    add_page(clinic, logo)
    assert found("lasting") == [logo]
    assert is_referenced(logo)


def test_what_is_deleted_within_a_step_is_not_looked_for(logo):
    with indexes.written_at_the_end():
        save_title(logo, "Newer")
        logo.delete()
    assert not CustomImage.objects.exists()
