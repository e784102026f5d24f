"""The first screen of somebody who looks after clinics."""

from django.utils import timezone

from clinicsite.home.models import ContactMessage
from tests.factories import (
    BlogIndexPageFactory,
    ContactPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
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
        "Launch: state and checklist",
    )
    for role, wanted in (
        ("editor", [True, True, True, True, True]),
        ("author", [True, False, True, True, True]),
        ("auditor", [False, True, False, False, False]),
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
