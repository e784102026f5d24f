import pytest
from django.test import Client

from clinicsite.clinics.tenancy import choosers
from tests.factories import (
    ConditionIndexPageFactory,
    ConditionPageFactory,
    LibraryFolderPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    StandardPageFactory,
    UserFactory,
)
from tests.standing import standing

pytestmark = pytest.mark.indexed

CHOOSER = "/admin/choose-page/"


@standing
def own_page(clinic):
    return ModalityPageFactory(parent__parent=clinic.home, title="Needling at North")


@pytest.fixture
def foreign_page(other_clinic):
    return ModalityPageFactory(parent__parent=other_clinic.home, title="Needling at South")


@pytest.fixture
def shared_page(library):
    folder = LibraryFolderPageFactory(parent=library, title="Treatments to share")
    return ModalityPageFactory(parent=folder, title="Needling in the library")


@pytest.fixture
def draft_shared_page(shared_page):
    return ModalityPageFactory(
        parent=shared_page.get_parent(), title="Needling still being written", live=False
    )


@pytest.fixture(params=["owner", "editor"])
def browser(request, admin_client_of):
    return admin_client_of(request.getfixturevalue(request.param))


def html(response):
    assert response.status_code == 200
    content_type = response["Content-Type"]
    return response.json()["html"] if "json" in content_type else response.content.decode()


def test_the_top_of_the_chooser_names_no_other_clinic(browser, own_page, foreign_page):
    assert "South" not in html(browser.get(CHOOSER))


def test_the_network_lists_the_own_clinic_only(browser, clinic, own_page, foreign_page):
    shown = html(browser.get(f"{CHOOSER}{clinic.home.get_parent().pk}/"))
    assert "North Clinic" in shown
    assert "South" not in shown


def test_own_pages_can_be_walked_to_and_chosen(browser, own_page):
    shown = html(browser.get(f"{CHOOSER}{own_page.get_parent().pk}/"))
    assert "Needling at North" in shown
    assert f'data-id="{own_page.pk}"' in shown


def test_looking_into_another_clinic_answers_as_where_no_page_is(
    browser, own_page, foreign_page, other_clinic
):
    missing = browser.get(f"{CHOOSER}987654/")
    for parent in (other_clinic.home, foreign_page.get_parent(), foreign_page):
        answer = browser.get(f"{CHOOSER}{parent.pk}/")
        assert answer.status_code == missing.status_code == 404
        assert "South" not in answer.text


def test_a_page_type_that_only_another_clinic_has_does_not_lead_there(browser, own_page, other_clinic):
    StandardPageFactory(parent=other_clinic.home, title="About South")
    assert "South" not in html(browser.get(CHOOSER, {"page_type": "clinicsite_home.standardpage"}))


def test_a_page_type_starts_where_the_own_pages_of_it_are(browser, own_page):
    shown = html(browser.get(CHOOSER, {"page_type": "clinicsite_modalities.modalitypage"}))
    assert "Needling at North" in shown


@pytest.mark.parametrize("page_type", ["", "clinicsite_modalities.modalitypage", "wagtailcore.page"])
def test_a_search_finds_own_and_live_library_pages_only(
    browser, own_page, foreign_page, shared_page, draft_shared_page, page_type
):
    shown = html(browser.get(f"{CHOOSER}search/", {"q": "Needling", "page_type": page_type}))
    assert "Needling at North" in shown
    assert "Needling in the library" in shown
    assert "Needling still being written" not in shown
    assert "South" not in shown


def test_a_search_for_another_clinics_name_finds_nothing(browser, foreign_page, own_page):
    shown = html(browser.get(f"{CHOOSER}search/", {"q": "South"}))
    assert "South Clinic" not in shown
    assert "Needling" not in shown


def test_pages_below_a_path_that_an_app_above_registered_can_be_chosen_by_everybody(
    browser, own_page, foreign_page, monkeypatch
):
    monkeypatch.setattr(choosers, "_readable", list(choosers._readable))

    def readable():
        return [foreign_page.path]

    for _ in range(2):
        choosers.register_readable_paths(readable)
    assert choosers._readable.count(readable) == 1
    shown = html(browser.get(f"{CHOOSER}search/", {"q": "Needling"}))
    assert "Needling at South" in shown


def test_the_library_can_be_walked_into_and_its_drafts_stay_hidden(
    browser, library, shared_page, draft_shared_page
):
    top = html(browser.get(CHOOSER))
    assert "Library" in top
    shown = html(browser.get(f"{CHOOSER}{shared_page.get_parent().pk}/"))
    assert "Needling in the library" in shown
    assert "Needling still being written" not in shown


def test_the_chooser_of_one_page_type_names_no_other_clinic(browser, own_page, foreign_page, shared_page):
    assert "South" not in html(browser.get(CHOOSER, {"page_type": "clinicsite_modalities.modalitypage"}))


def test_pages_chosen_several_at_a_time_are_never_another_clinics(browser, own_page, foreign_page):
    query = {"id": [own_page.pk, foreign_page.pk, "nonsense"]}
    response = browser.get(f"{CHOOSER}chosen-multiple/", query)
    assert [page["id"] for page in response.json()["result"]] == [own_page.pk]
    assert "South" not in response.content.decode()


@pytest.mark.parametrize("path", ["", "search/", "chosen-multiple/"])
def test_nobody_chooses_without_signing_in(own_page, path):
    browser = Client(HTTP_HOST="localhost")
    response = browser.get(f"{CHOOSER}{path}", {"id": own_page.pk, "q": "Needling"})
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_a_superuser_chooses_from_all_clinics(admin_client_of, own_page, foreign_page):
    browser = admin_client_of(UserFactory(is_superuser=True))
    shown = html(browser.get(f"{CHOOSER}search/", {"q": "Needling"}))
    assert "Needling at North" in shown
    assert "Needling at South" in shown


def test_ticked_lists_offer_own_pages_only(browser, clinic, other_clinic, own_page):
    conditions = ConditionIndexPageFactory(parent=clinic.home)
    ConditionPageFactory(parent=conditions, title="Stiff neck of North")
    ConditionPageFactory(parent__parent=other_clinic.home, title="Stiff neck of South")
    shown = html(browser.get(f"/admin/pages/{own_page.pk}/edit/"))
    assert "Stiff neck of North" in shown
    assert "South" not in shown


def test_a_new_pages_form_offers_own_pages_only(browser, clinic, other_clinic):
    index = ModalityIndexPageFactory(parent=clinic.home)
    ConditionPageFactory(parent__parent=other_clinic.home, title="Stiff neck of South")
    shown = html(browser.get(f"/admin/pages/add/clinicsite_modalities/modalitypage/{index.pk}/"))
    assert "South" not in shown
