"""Treatments and conditions point at each other, by the clinic's own list or by the library's."""

import pytest

from tests.factories import (
    ConditionIndexPageFactory,
    ConditionPageFactory,
    LibraryFolderPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerPageFactory,
)


@pytest.fixture
def treatments(clinic):
    return ModalityIndexPageFactory(parent=clinic.home)


@pytest.fixture
def conditions(clinic):
    return ConditionIndexPageFactory(parent=clinic.home)


@pytest.fixture
def shelf(library):
    return LibraryFolderPageFactory(parent=library, title="Shared")


@pytest.fixture
def shared(shelf):
    """Needling in the library, used there for a sore back and a stiff neck."""
    back = ConditionPageFactory(parent=shelf, title="Shared sore back")
    neck = ConditionPageFactory(parent=shelf, title="Shared stiff neck")
    needling = ModalityPageFactory(parent=shelf, title="Shared needling", conditions=[back, neck])
    return needling, back, neck


def titles(pages):
    return [page.title for page in pages]


def conditions_at(visit, slug):
    response = visit(f"/treatments/{slug}/")
    assert response.status_code == 200
    return titles(response.context["conditions"])


def treatments_at(visit, slug):
    response = visit(f"/conditions/{slug}/")
    assert response.status_code == 200
    return titles(response.context["treatments"])


def test_a_treatment_and_its_condition_show_each_other(treatments, conditions, visit):
    back = ConditionPageFactory(parent=conditions, title="Sore back")
    ConditionPageFactory(parent=conditions, title="Stiff neck")
    ModalityPageFactory(parent=treatments, title="Needling", conditions=[back])
    ModalityPageFactory(parent=treatments, title="Massage")
    assert conditions_at(visit, "needling") == ["Sore back"]
    assert treatments_at(visit, "sore-back") == ["Needling"]
    assert conditions_at(visit, "massage") == []
    assert treatments_at(visit, "stiff-neck") == []


def test_they_are_links_in_the_page(treatments, conditions, visit):
    back = ConditionPageFactory(parent=conditions, title="Sore back")
    ModalityPageFactory(parent=treatments, title="Needling", conditions=[back])
    assert 'href="/conditions/sore-back/"' in visit("/treatments/needling/").content.decode()
    assert 'href="/treatments/needling/"' in visit("/conditions/sore-back/").content.decode()


def test_followers_show_the_librarys_list_as_the_clinics_own_pages(treatments, conditions, shared, visit):
    needling, back, _neck = shared
    ModalityPageFactory(parent=treatments, title="Needling", library_page=needling)
    ConditionPageFactory(parent=conditions, title="Sore back", library_page=back)
    assert conditions_at(visit, "needling") == ["Sore back"]
    assert treatments_at(visit, "sore-back") == ["Needling"]


def test_a_condition_the_clinic_does_not_have_is_left_out(treatments, shared, visit):
    ModalityPageFactory(parent=treatments, title="Needling", library_page=shared[0])
    assert conditions_at(visit, "needling") == []
    assert "Shared" not in visit("/treatments/needling/").content.decode()


def test_a_clinics_own_list_replaces_the_librarys_both_ways(treatments, conditions, shared, visit):
    needling, back, neck = shared
    ConditionPageFactory(parent=conditions, title="Sore back", library_page=back)
    own_neck = ConditionPageFactory(parent=conditions, title="Stiff neck", library_page=neck)
    ModalityPageFactory(parent=treatments, title="Needling", library_page=needling, conditions=[own_neck])
    assert conditions_at(visit, "needling") == ["Stiff neck"]
    assert treatments_at(visit, "stiff-neck") == ["Needling"]
    assert treatments_at(visit, "sore-back") == []


def test_a_change_in_the_library_shows_at_once(treatments, conditions, shared, visit):
    needling, back, neck = shared
    ModalityPageFactory(parent=treatments, title="Needling", library_page=needling)
    ConditionPageFactory(parent=conditions, title="Sore back", library_page=back)
    assert conditions_at(visit, "needling") == ["Sore back"]
    needling.conditions = [neck]
    needling.save()
    assert conditions_at(visit, "needling") == []
    assert treatments_at(visit, "sore-back") == []


def test_pages_that_are_not_published_do_not_show(treatments, conditions, visit):
    back = ConditionPageFactory(parent=conditions, title="Sore back")
    draft = ConditionPageFactory(parent=conditions, title="Draft condition", live=False)
    ModalityPageFactory(parent=treatments, title="Needling", conditions=[back, draft])
    ModalityPageFactory(parent=treatments, title="Draft treatment", conditions=[back], live=False)
    assert conditions_at(visit, "needling") == ["Sore back"]
    assert treatments_at(visit, "sore-back") == ["Needling"]


def test_another_clinics_pages_never_show(treatments, conditions, other_clinic, shared, visit):
    needling, back, _neck = shared
    own_back = ConditionPageFactory(parent=conditions, title="Sore back", library_page=back)
    ModalityPageFactory(parent=treatments, title="Needling", library_page=needling)
    ConditionPageFactory(parent__parent=other_clinic.home, title="South back", library_page=back)
    elsewhere = ModalityIndexPageFactory(parent=other_clinic.home)
    ModalityPageFactory(parent=elsewhere, title="South needling", library_page=needling)
    ModalityPageFactory(parent=elsewhere, title="South mistake", conditions=[own_back])
    assert conditions_at(visit, "needling") == ["Sore back"]
    assert treatments_at(visit, "sore-back") == ["Needling"]
    for path in ("/treatments/", "/conditions/", "/treatments/needling/", "/conditions/sore-back/"):
        assert "South" not in visit(path).content.decode()


def test_a_list_copied_from_another_clinic_shows_nothing_of_it(treatments, other_clinic, visit):
    foreign = ConditionPageFactory(parent__parent=other_clinic.home, title="South back")
    ModalityPageFactory(parent=treatments, title="Needling", conditions=[foreign])
    assert conditions_at(visit, "needling") == []


def test_a_treatment_page_lists_the_people_who_offer_it(clinic, other_clinic, treatments, visit):
    needling = ModalityPageFactory(parent=treatments, title="Needling")
    massage = ModalityPageFactory(parent=treatments, title="Massage")
    robin = PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale", modalities=[needling])
    team = robin.get_parent()
    PractitionerPageFactory(parent=team, title="Sam Reed", modalities=[massage])
    PractitionerPageFactory(parent=team, title="Not here yet", modalities=[needling], live=False)
    PractitionerPageFactory(parent__parent=other_clinic.home, title="South Person", modalities=[needling])
    response = visit("/treatments/needling/")
    assert titles(response.context["people"]) == ["Robin Vale"]
    shown = response.content.decode()
    assert 'href="/team/robin-vale/"' in shown
    assert "South" not in shown


@pytest.mark.parametrize(("slug", "names"), [("needling", ["Robin Vale", "Sam Reed"]), ("massage", [])])
def test_people_stand_in_the_order_of_the_team(clinic, treatments, visit, slug, names):
    needling = ModalityPageFactory(parent=treatments, title="Needling")
    ModalityPageFactory(parent=treatments, title="Massage")
    robin = PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale", modalities=[needling])
    PractitionerPageFactory(parent=robin.get_parent(), title="Sam Reed", modalities=[needling])
    assert titles(visit(f"/treatments/{slug}/").context["people"]) == names


def test_the_index_pages_list_own_live_pages(treatments, conditions, visit):
    ModalityPageFactory(parent=treatments, title="Needling")
    ModalityPageFactory(parent=treatments, title="Coming soon", live=False)
    ConditionPageFactory(parent=conditions, title="Stiff neck")
    ConditionPageFactory(parent=conditions, title="Bad back")
    assert titles(visit("/treatments/").context["treatments"]) == ["Needling"]
    assert titles(visit("/conditions/").context["conditions"]) == ["Bad back", "Stiff neck"]
