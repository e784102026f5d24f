import pytest

from tests.factories import ModalityPageFactory

pytestmark = pytest.mark.indexed


@pytest.fixture(params=["owner", "editor"])
def browser(request, admin_client_of):
    return admin_client_of(request.getfixturevalue(request.param))


@pytest.fixture
def foreign_page(other_clinic, other_owner):
    page = ModalityPageFactory(parent__parent=other_clinic.home, title="Needling at South", owner=other_owner)
    page.save_revision(user=other_owner, log_action="wagtail.edit").publish()
    return page


@pytest.fixture
def own_page(clinic, owner):
    page = ModalityPageFactory(parent__parent=clinic.home, title="Needling at North", owner=owner)
    page.save_revision(user=owner, log_action="wagtail.edit").publish()
    return page


def shown_at(browser, path, query=None):
    response = browser.get(path, query, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def assert_names_no_other_clinic(shown):
    assert "South" not in shown
    assert "south.localhost" not in shown
    assert "other-owner" not in shown


def test_the_explorer_names_no_other_clinic_nor_its_people(browser, own_page, foreign_page):
    for path in ("/admin/", "/admin/pages/", "/admin/pages/search/?q=Needling"):
        assert_names_no_other_clinic(shown_at(browser, path))


def test_the_own_part_of_the_explorer_shows_own_pages_only(browser, clinic, own_page, foreign_page):
    shown = shown_at(browser, f"/admin/pages/{own_page.get_parent().pk}/")
    assert "Needling at North" in shown
    assert_names_no_other_clinic(shown)


def test_the_network_above_shows_the_own_clinic_only(browser, clinic, own_page, foreign_page):
    assert_names_no_other_clinic(shown_at(browser, f"/admin/pages/{clinic.home.get_parent().pk}/"))


def test_the_filters_that_would_list_everybody_are_not_there(browser, clinic, own_page, foreign_page):
    shown = shown_at(browser, f"/admin/pages/{clinic.home.pk}/")
    for name in ("site", "owner", "edited_by"):
        assert f'name="{name}"' not in shown
        assert f"id_{name}" not in shown


def test_a_filter_typed_into_the_address_tells_nothing(
    browser, clinic, other_clinic, other_owner, own_page, foreign_page
):
    query = {"site": other_clinic.site.pk, "owner": other_owner.pk, "edited_by": other_owner.pk}
    assert_names_no_other_clinic(shown_at(browser, f"/admin/pages/{clinic.home.pk}/", query))


def test_another_clinics_page_cannot_be_opened_in_the_admin(browser, own_page, foreign_page):
    for suffix in ("edit/", "", "history/", "usage/", "delete/", "unpublish/"):
        response = browser.get(f"/admin/pages/{foreign_page.pk}/{suffix}")
        assert response.status_code in (302, 403, 404)
        assert_names_no_other_clinic(response.content.decode())


@pytest.mark.parametrize("path", ["/admin/clinicsite/treatments/", "/admin/clinicsite/conditions/"])
def test_the_lists_of_one_type_show_the_own_clinics_only(browser, own_page, foreign_page, path):
    shown = shown_at(browser, path)
    assert ("Needling at North" in shown) is (path == "/admin/clinicsite/treatments/")
    assert_names_no_other_clinic(shown)
    assert 'name="owner"' not in shown
    assert 'name="site"' not in shown
