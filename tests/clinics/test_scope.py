import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from wagtail.models import GroupPagePermission, Page

from clinicsite.clinics.tenancy import Scope, scope_of, suspended, trees
from clinicsite.clinics.tenancy.scope import scope_at_work
from tests.factories import ClinicFactory, ModalityPageFactory, NetworkPageFactory, UserFactory


def grant(group, page, codename="change_page"):
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)


@pytest.mark.parametrize("person", ["owner", "editor"])
def test_a_clinics_people_have_their_own_pages_in_scope_and_no_others(request, clinic, other_clinic, person):
    scope = scope_of(request.getfixturevalue(person))
    own = Page.objects.descendant_of(clinic.home, inclusive=True)
    assert set(scope.pages()) == set(own)
    assert list(scope.sites()) == [clinic.site]
    assert scope.contains(clinic.home)
    assert not scope.contains(other_clinic.home)
    assert not scope.contains(Page.get_first_root_node())


def test_a_page_made_later_is_in_scope_at_once(clinic, owner):
    page = ModalityPageFactory(parent__parent=clinic.home)
    assert scope_of(owner).contains(page)
    assert scope_of(owner).pages().filter(pk=page.pk).exists()


def test_the_scope_narrows_a_queryset_it_is_given(clinic, other_clinic, owner):
    own = ModalityPageFactory(parent__parent=clinic.home)
    ModalityPageFactory(parent__parent=other_clinic.home)
    modalities = Page.objects.filter(pk__in=type(own).objects.values("pk"))
    assert [page.pk for page in scope_of(owner).pages(modalities)] == [own.pk]


def test_a_grant_on_the_network_covers_every_clinic_inside(clinic, other_clinic):
    network = clinic.home.get_parent()
    group = ClinicFactory().groups.editor
    grant(group, network)
    scope = scope_of(UserFactory(groups=[group]))
    assert scope.root_paths == (network.path,)
    assert scope.contains(clinic.home)
    assert {clinic.site, other_clinic.site} <= set(scope.sites())


def test_a_grant_on_one_page_does_not_cover_its_clinic(clinic, owner):
    page = ModalityPageFactory(parent__parent=clinic.home)
    group = ClinicFactory().groups.editor
    GroupPagePermission.objects.filter(group=group).delete()
    grant(group, page)
    scope = scope_of(UserFactory(groups=[group]))
    assert [found.pk for found in scope.pages()] == [page.pk]
    assert list(scope.sites()) == []


def test_a_clinic_whose_path_begins_like_anothers_is_not_in_its_scope(clinic, owner):
    """Tree paths have fixed steps, so no sibling's path begins with another's."""
    siblings = [ClinicFactory() for _ in range(3)]
    assert not any(scope_of(owner).contains(sibling.home) for sibling in siblings)


@pytest.mark.django_db
def test_somebody_without_grants_has_an_empty_scope(clinic):
    scope = scope_of(UserFactory())
    assert not scope.pages().exists()
    assert not scope.sites().exists()
    assert not scope.contains(clinic.home)


def test_somebody_who_has_left_and_is_inactive_has_no_superusers_scope(clinic):
    left = UserFactory(is_superuser=True, is_active=False)
    assert not scope_of(left).is_everything
    assert not scope_of(left).contains(clinic.home)


def test_a_superuser_has_everything_in_scope(clinic, other_clinic):
    scope = scope_of(UserFactory(is_superuser=True))
    assert scope == Scope(root_paths=(), is_everything=True, is_agencys=True, publishes=True)
    assert scope.pages().count() == Page.objects.count()
    assert set(scope.sites()) == {clinic.site, other_clinic.site}
    assert scope.contains(other_clinic.home)


def test_the_scope_costs_one_query(owner, django_assert_num_queries):
    trees.tree_paths()
    suspended.closed_paths()
    with django_assert_num_queries(1):
        scope_of(owner)


@pytest.mark.parametrize("person", ["owner", "editor"])
def test_a_clinics_people_are_not_the_agencys(request, clinic, person):
    assert not scope_of(request.getfixturevalue(person)).is_agencys


def test_somebody_without_grants_is_not_the_agencys(db):
    assert not scope_of(UserFactory()).is_agencys


def test_whoever_works_in_the_library_is_the_agencys(library_editor):
    assert scope_of(library_editor).is_agencys


@pytest.mark.parametrize("where", ["network", "region"])
def test_whoever_holds_a_grant_above_the_clinics_looks_after_a_network(clinic, where):
    network = clinic.home.get_parent().specific
    region = NetworkPageFactory(parent=network, title="Region")
    group = ClinicFactory().groups.editor
    grant(group, {"network": network, "region": region}[where])
    scope = scope_of(UserFactory(groups=[group]))
    assert scope.is_networks
    assert not scope.is_agencys


def test_whoever_holds_a_grant_on_a_folder_that_an_app_above_registered_is_the_agencys(clinic, monkeypatch):
    folder = ModalityPageFactory(parent__parent=clinic.home).get_parent().specific
    group = ClinicFactory().groups.editor
    grant(group, folder)
    person = UserFactory(groups=[group])
    assert not scope_of(person).is_agencys
    monkeypatch.setattr(trees, "_folders", set(trees._folders))
    trees.register_folder(type(folder))
    assert scope_of(person).is_agencys


@pytest.fixture
def projects_editor(clinic):
    """Somebody in a group like Wagtail's own editors, with a grant on the root of the tree."""
    group = Group.objects.create(name="Editors of the project")
    grant(group, Page.get_first_root_node())
    return UserFactory(username="project", groups=[group])


def test_a_grant_on_the_root_does_not_reach_the_clinics(clinic, library, projects_editor):
    scope = scope_of(projects_editor)
    assert scope == Scope(root_paths=(), is_projects=True)
    assert not scope.contains(clinic.home)
    assert not scope.pages().exists()
    assert not scope.sites().exists()
    assert not scope.may_meet(clinic.home.path)
    assert not scope.may_meet(library.path)
    assert scope.may_meet(Page.get_first_root_node().path)


def test_somebody_of_the_project_who_looks_after_a_clinic_too_counts_as_the_clinics(clinic, projects_editor):
    projects_editor.groups.add(clinic.groups.editor)
    assert scope_of(projects_editor) == Scope(root_paths=(clinic.home.path,), publishes=True)


def test_without_grants_one_is_of_the_project_where_there_is_one(db, settings):
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    assert scope_of(UserFactory()) == Scope(root_paths=(), is_projects=True)
    assert scope_of(UserFactory(is_active=False)) == Scope(root_paths=())
    settings.CLINICSITE = {"AGENCY_HOST": "localhost"}
    assert scope_of(UserFactory()) == Scope(root_paths=())


def test_the_trees_are_those_of_now(clinic, library, django_assert_num_queries):
    network = clinic.home.get_parent()
    assert set(trees.tree_paths()) == {network.path, library.path}
    with django_assert_num_queries(0):
        trees.tree_paths()
    second = NetworkPageFactory(parent=Page.get_first_root_node(), title="Second", slug="second")
    NetworkPageFactory(parent=second, title="Inside", slug="inside")
    assert set(trees.tree_paths()) == {network.path, library.path, second.path}
    second.delete()
    assert set(trees.tree_paths()) == {network.path, library.path}


def test_somebody_of_several_clinics_is_not_the_agencys(clinic, other_clinic):
    both = UserFactory(groups=[clinic.groups.owner, other_clinic.groups.editor])
    assert scope_of(both) == Scope(root_paths=(clinic.home.path, other_clinic.home.path), publishes=True)
    assert set(scope_of(both).pages()) == {page.page_ptr for page in (clinic.home, other_clinic.home)}
    assert set(scope_of(both).sites()) == {clinic.site, other_clinic.site}


def test_a_superuser_is_the_agencys_while_active(db):
    assert scope_of(UserFactory(username="in", is_superuser=True)).is_agencys
    assert not scope_of(UserFactory(username="out", is_superuser=True, is_active=False)).is_agencys


def test_the_scope_of_whoever_is_at_work_is_asked_once(clinic, owner, django_assert_num_queries):
    trees.tree_paths()
    suspended.closed_paths()
    with django_assert_num_queries(1):
        assert scope_at_work(owner) == scope_at_work(owner) == Scope((clinic.home.path,), publishes=True)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_nobody_at_work_has_an_empty_scope(nobody):
    assert scope_at_work(nobody) == Scope(root_paths=())
