"""Nobody writes over who may see a page or a collection that they have not seen."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    PageViewRestriction,
)

from clinicsite.core.stale_saves import KNOWINGLY
from tests.core.test_stale_saves import Fields
from tests.factories import StandardPageFactory, UserFactory

pytestmark = pytest.mark.django_db

PUBLIC, LOGIN = "Public", "Private, accessible to any logged-in users"
PASSWORD = "Private, accessible with a shared password"


@pytest.fixture
def page(clinic):
    return StandardPageFactory(parent=clinic.home, title="For the team")


@pytest.fixture
def superuser(admin_client_of):
    return admin_client_of(UserFactory(is_superuser=True))


@pytest.fixture(params=["page", "collection"])
def window(request, clinic, page):
    """(address of the window, what says now who may see the thing) of a page, then of a collection."""
    if request.param == "page":
        return f"/admin/pages/{page.pk}/privacy/", lambda: told(PageViewRestriction.objects.all())
    address = f"/admin/collections/{clinic.collection.pk}/privacy/"
    return address, lambda: told(CollectionViewRestriction.objects.all())


def told(rows):
    return [(row.restriction_type, row.password) for row in rows]


def opened(browser, address):
    return Fields(browser.get(address).json()["html"]).sent


def save(browser, address, form, **typed):
    answer = browser.post(address, form | typed).json()
    return "" if answer["step"] == "set_privacy_done" else answer["html"]


def knowingly(html):
    sent = Fields(html).sent
    box = html.split(f'name="{KNOWINGLY}" value="')[1].split('"')[0]
    return sent | {KNOWINGLY: box}


def test_one_window_alone_is_saved_as_ever(window, superuser):
    address, stored = window
    for typed, now in (
        ({"restriction_type": "password", "password": "a"}, [("password", "a")]),
        ({"restriction_type": "password", "password": "b"}, [("password", "b")]),
        ({"restriction_type": "login"}, [("login", "b")]),
        ({"restriction_type": "none"}, []),
    ):
        assert save(superuser, address, opened(superuser, address), **typed) == ""
        assert stored() == now


def test_what_was_closed_meanwhile_is_not_opened_by_an_older_window(window, superuser):
    address, stored = window
    early, late = opened(superuser, address), opened(superuser, address)
    assert save(superuser, address, early, restriction_type="login") == ""
    said = save(superuser, address, late, restriction_type="password", password="needle")
    assert f"Visibility: “{LOGIN}” is stored now. You have “{PASSWORD}: needle”." in said
    assert "To save your own changes all the same" in said
    assert stored() == [("login", "")]
    assert Fields(said).sent["password"] == ["needle"]
    assert save(superuser, address, knowingly(said)) == ""
    assert stored() == [("password", "needle")]


def test_what_was_opened_meanwhile_is_not_closed_again_by_a_window_that_changed_nothing(window, superuser):
    address, stored = window
    save(superuser, address, opened(superuser, address), restriction_type="login")
    early, late = opened(superuser, address), opened(superuser, address)
    assert save(superuser, address, early, restriction_type="none") == ""
    said = save(superuser, address, late)
    assert f"Visibility: “{PUBLIC}” is stored now. You have not changed it here, so it stays." in said
    assert stored() == []
    assert save(superuser, address, knowingly(said)) == ""
    assert stored() == []


def test_groups_of_another_window_stay(clinic, page, owner, admin_client_of):
    address, browser = f"/admin/pages/{page.pk}/privacy/", admin_client_of(owner)
    rule = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    elsewhere = Group.objects.create(name="Auditors of the agency")
    rule.groups.set([clinic.groups.owner, elsewhere])
    early, late = opened(browser, address), opened(browser, address)
    assert save(browser, address, early, groups=[clinic.groups.editor.pk]) == ""
    said = save(browser, address, late, groups=[clinic.groups.owner.pk, clinic.groups.editor.pk])
    assert "You have saved this in another window" in said
    assert f"“Private, accessible to users in specific groups: {clinic.groups.editor}” is stored now." in said
    assert "Auditors" not in said
    assert set(rule.groups.all()) == {clinic.groups.editor, elsewhere}


def test_a_project_keeps_its_own_window(client, settings):
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    collection = Collection.get_first_root_node().add_child(name="Project's files")
    group = Group.objects.create(name="Project")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupCollectionPermission.objects.create(
        group=group, collection=collection, permission=Permission.objects.get(codename="change_collection")
    )
    client.force_login(UserFactory(groups=[group]))
    address = f"/admin/collections/{collection.pk}/privacy/"
    shown = client.get(address, headers={"host": "agency.example"}).json()["html"]
    assert "restriction_type" in shown
    assert "clinicsite_opened" not in shown
