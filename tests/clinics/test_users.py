"""Whoever is no superuser makes no superuser, and changes none."""

import pytest
from django.contrib.messages import get_messages

from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, ensure_agency_groups
from clinicsite.clinics.users import UserCreationForm, UserEditForm, UserViewSet
from clinicsite.users.models import User
from tests.factories import UserFactory

PASSWORD = "a-long-plain-password"
DETAILS = {
    "username": "newcomer",
    "email": "newcomer@people.example",
    "first_name": "New",
    "last_name": "Comer",
}
PASSWORDS = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def superuser(db):
    return UserFactory(username="root", is_superuser=True)


@pytest.fixture
def administrators(library, clinic):
    return ensure_agency_groups(library, [], clinic.collection)[AGENCY_ADMINISTRATORS]


@pytest.fixture
def administrator(administrators):
    return UserFactory(username="administrator", groups=[administrators])


@pytest.fixture
def browser(administrator, admin_client_of):
    """An agency administrator's browser."""
    return admin_client_of(administrator)


def add(browser, **data):
    return browser.post("/admin/users/new/", DETAILS | PASSWORDS | data)


def edit(browser, user, **data):
    return browser.post(f"/admin/users/edit/{user.pk}/", DETAILS | {"is_active": "on"} | data)


def bulk(browser, action, *users, **data):
    query = "&".join(f"id={user.pk}" for user in users)
    return browser.post(f"/admin/bulk/clinicsite_users/user/{action}/?{query}&next=/admin/users/", data)


def stored(user):
    return User.objects.get(pk=user.pk)


def test_an_agency_administrator_adds_a_person_with_roles(browser, administrators):
    assert add(browser, groups=[administrators.pk]).status_code == 302
    person = User.objects.get(username="newcomer")
    assert list(person.groups.all()) == [administrators]
    assert person.check_password(PASSWORD)


def test_an_agency_administrator_cannot_add_a_superuser(browser):
    assert add(browser, is_superuser="on").status_code == 302
    assert not User.objects.get(username="newcomer").is_superuser


def test_an_agency_administrator_cannot_raise_a_person_to_superuser(browser):
    person = UserFactory()
    assert edit(browser, person, is_superuser="on").status_code == 302
    assert stored(person).first_name == "New"
    assert not stored(person).is_superuser


def test_an_agency_administrator_cannot_raise_themselves(browser, administrator):
    edit(browser, administrator, is_superuser="on")
    assert not stored(administrator).is_superuser


@pytest.mark.parametrize("path", ["/admin/users/new/", "/admin/users/edit/{}/"])
def test_an_agency_administrators_form_has_no_box_for_superusers(browser, path):
    response = browser.get(path.format(UserFactory().pk))
    assert response.status_code == 200
    assert "is_superuser" not in response.context["form"].fields
    assert 'name="is_superuser"' not in response.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_agency_administrator_cannot_open_or_change_a_superuser(browser, superuser, method):
    before = superuser.password
    response = getattr(browser, method)(f"/admin/users/edit/{superuser.pk}/", DETAILS | PASSWORDS)
    assert response.status_code == 302
    assert response.url == "/admin/"
    assert stored(superuser).username == "root"
    assert stored(superuser).password == before


@pytest.mark.parametrize("action", ["set_active_state", "assign_role"])
def test_an_agency_administrator_cannot_change_superusers_in_bulk(browser, superuser, administrators, action):
    person = UserFactory()
    data = {"mark_as_active": "False", "role": administrators.pk}
    response = bulk(browser, action, superuser, person, **data)
    assert response.status_code == 302
    (message,) = [str(message).strip() for message in get_messages(response.wsgi_request)]
    assert message == "Only a superuser can change a superuser. Leave superusers out of the choice."
    for user in (superuser, person):
        assert stored(user).is_active
        assert not stored(user).groups.exists()


def test_an_agency_administrator_switches_people_off_in_bulk(browser):
    person = UserFactory()
    assert bulk(browser, "set_active_state", person, mark_as_active="False").status_code == 302
    assert not stored(person).is_active


def test_a_superuser_makes_and_unmakes_superusers(superuser, admin_client_of):
    browser = admin_client_of(superuser)
    assert add(browser, is_superuser="on").status_code == 302
    person = User.objects.get(username="newcomer")
    assert person.is_superuser
    assert edit(browser, person).status_code == 302
    assert not stored(person).is_superuser


def test_a_superuser_switches_superusers_off_in_bulk(superuser, admin_client_of):
    other = UserFactory(is_superuser=True)
    bulk(admin_client_of(superuser), "set_active_state", other, mark_as_active="False")
    assert not stored(other).is_active


def test_new_people_and_those_who_are_there_have_each_their_form():
    views = UserViewSet("people")
    assert views.get_form_class() is UserCreationForm
    assert views.get_form_class(for_update=True) is UserEditForm


@pytest.mark.parametrize("is_superuser", [True, False])
def test_a_form_takes_what_was_filled_in_and_has_the_box_for_superusers_only(db, is_superuser):
    form = UserCreationForm(DETAILS | PASSWORDS, filled_in_by=UserFactory(is_superuser=is_superuser))
    assert form.is_valid()
    assert ("is_superuser" in form.fields) == is_superuser


class TestRolesAtClinics:
    """They are given on each clinic's own screen."""

    @pytest.fixture
    def person(self, clinic, other_clinic):
        return UserFactory(groups=[clinic.groups.owner, other_clinic.groups.editor])

    def test_no_form_and_no_filter_offers_a_clinics_groups(self, browser, clinic, administrators, person):
        for path in ("/admin/users/", "/admin/users/new/", f"/admin/users/edit/{person.pk}/"):
            html = browser.get(path).text
            assert f'value="{administrators.pk}"' in html
            assert f'value="{clinic.groups.owner.pk}"' not in html

    def test_those_of_a_person_are_said(self, browser, clinic, other_clinic, person):
        said = browser.get(f"/admin/users/edit/{person.pk}/").context["form"].fields["groups"].help_text
        roles = sorted([(clinic.site.site_name, "owner"), (other_clinic.site.site_name, "editor")])
        assert said.endswith(f"This person: {'; '.join(f'{role} at {name}' for name, role in roles)}.")

    def test_they_stay_whatever_is_ticked(self, browser, clinic, other_clinic, administrators, person):
        for ticked in ([administrators.pk], []):
            assert edit(browser, person, groups=ticked).status_code == 302
            own = {clinic.groups.owner, other_clinic.groups.editor}
            assert set(stored(person).groups.all()) == own | ({administrators} if ticked else set())

    def test_none_can_be_taken_by_whoever_writes_the_form_by_hand(self, browser, clinic, person):
        answer = edit(browser, UserFactory(username="nobody-yet"), groups=[clinic.groups.owner.pk])
        assert "not one of the available choices" in answer.text

    def test_nobody_is_copied(self, admin_client_of, superuser, person):
        assert admin_client_of(superuser).get(f"/admin/users/copy/{person.pk}/").status_code == 404
