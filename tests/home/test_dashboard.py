"""The first screen of somebody who looks after clinics."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from clinicsite.clinics.models import ClinicGroup
from clinicsite.clinics.roles import ensure_network_groups
from clinicsite.home.models import ContactMessage
from tests.factories import (
    BlogIndexPageFactory,
    ClinicFactory,
    ContactPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    NetworkPageFactory,
    UserFactory,
)


def test_an_owner_finds_the_everyday_tasks(clinic, owner, admin_client_of):
    BlogIndexPageFactory(parent=clinic.home)
    place = LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home), title="Main street")
    contact = ContactPageFactory(parent=clinic.home)
    ContactMessage.objects.create(page=contact, name="Jo", email="jo@people.example", message="Hello")
    shown = admin_client_of(owner).get("/admin/").text
    assert "Write a post" in shown
    assert "Messages (1 new)" in shown
    assert f'/admin/pages/{place.pk}/edit/">Main street' in shown
    assert "Name, look and announcement" in shown


def test_an_editor_is_not_offered_the_settings(clinic, editor, admin_client_of):
    assert "Name, look and announcement" not in admin_client_of(editor).get("/admin/").text


def test_the_first_screen_offers_each_role_what_it_may_open(clinic, admin_client_of):
    BlogIndexPageFactory(parent=clinic.home)
    LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home), title="Main street")
    offers = (
        "Write a post",
        'button-secondary" href="/admin/clinicsite/messages/',
        "Library updates (",
        "Main street",
    )
    for role, wanted in (
        ("editor", [True, True, True, True]),
        ("author", [True, False, True, True]),
        ("auditor", [False, True, False, False]),
    ):
        shown = admin_client_of(UserFactory(groups=[clinic.groups.of(role)])).get("/admin/").text
        assert [offer in shown for offer in offers] == wanted, role
        assert "See the site" in shown


def test_messages_are_counted_for_each_clinic_apart(clinic, other_clinic, admin_user, admin_client_of):
    contact = ContactPageFactory(parent=clinic.home)
    ContactMessage.objects.create(page=contact, name="Jo", email="jo@people.example", message="Hello")
    shown = admin_client_of(admin_user).get("/admin/").text
    assert shown.count("Messages (1 new)") == 1
    assert shown.count(">Messages</a>") == 1


def test_an_answered_message_is_counted_no_more(clinic, owner, admin_client_of):
    contact = ContactPageFactory(parent=clinic.home)
    ContactMessage.objects.create(
        page=contact, name="Jo", email="jo@people.example", message="Hello", answered_at=timezone.now()
    )
    assert "new)" not in admin_client_of(owner).get("/admin/").text


class TestGroups:
    """Whoever looks after more clinics than fit on the first screen sees those of a group."""

    @pytest.fixture
    def many(self, clinic):
        return [ClinicFactory(hostname=f"branch-{n}.localhost", name=f"Branch {n:02}") for n in range(12)]

    @pytest.fixture
    def west(self, many):
        group = ClinicGroup.objects.create(name="West")
        group.sites.set([one.site for one in many[:7]])
        return group

    def test_the_clinics_of_a_group_come_a_few_at_a_time(self, many, west, admin_user, admin_client_of):
        browser = admin_client_of(admin_user)
        assert "Launch: state and checklist" not in browser.get("/admin/").text
        shown = browser.get(f"/admin/?group={west.pk}").text
        assert [n for n in range(12) if f"Branch {n:02}" in shown] == [0, 1, 2, 3, 4]
        assert "Clinics 1 to 5 of 7" in shown
        shown = browser.get(f"/admin/?group={west.pk}&clinics=2").text
        assert [n for n in range(12) if f"Branch {n:02}" in shown] == [5, 6]

    def test_of_a_group_only_clinics_of_ones_own_are_shown(self, many, west, admin_client_of, settings):
        settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": "nobody"}
        network = NetworkPageFactory(parent=Page.get_first_root_node(), title="Far", slug="far")
        many[0].home.move(network, pos="last-child")
        manager = UserFactory(username="manager", groups=[ensure_network_groups([network])[network.pk]])
        ClinicGroup.objects.create(name="East").sites.add(many[9].site)
        shown = admin_client_of(manager).get(f"/admin/?group={west.pk}").text
        assert "Branch 00" in shown
        assert "Branch 01" not in shown
        assert "East" not in shown

    def test_an_owner_is_asked_for_no_group(self, clinic, owner, admin_client_of):
        group = ClinicGroup.objects.create(name="West")
        group.sites.add(clinic.site)
        browser = admin_client_of(owner)
        assert "Clinics of the group" not in browser.get("/admin/").text
        assert "Launch: state and checklist" in browser.get(f"/admin/?group={group.pk}").text

    def test_nonsense_counts_as_not_chosen(self, clinic, admin_user, admin_client_of):
        for value in ("x", "-1", "9" * 40, "%00"):
            assert admin_client_of(admin_user).get(f"/admin/?group={value}").status_code == 200
