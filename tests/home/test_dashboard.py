"""The first screen of somebody who works at a clinic, or looks after several."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from clinicsite.clinics.models import ClinicGroup
from clinicsite.clinics.roles import ensure_network_groups
from clinicsite.home.desk.panel import Desk
from clinicsite.home.models import ContactMessage
from tests.factories import (
    BlogIndexPageFactory,
    ClinicFactory,
    ContactPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityPageFactory,
    NetworkPageFactory,
    UserFactory,
)

#: Queries of a first screen, with those of Wagtail and of who is asking.
MOST_QUERIES = 60
#: Those of the desk alone.
MOST_OF_OURS = 17


@pytest.fixture
def place(clinic):
    return LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home), title="Main street")


@pytest.fixture
def contact(clinic):
    return ContactPageFactory(parent=clinic.home)


def a_message(contact, **fields):
    ContactMessage.objects.create(
        page=contact, name="Jo", email="jo@people.example", message="Hello", **fields
    )


def test_an_owner_finds_what_is_true_now_and_the_everyday_tasks(
    clinic, place, contact, owner, admin_client_of
):
    BlogIndexPageFactory(parent=clinic.home)
    a_message(contact)
    shown = admin_client_of(owner).get("/admin/").text
    for task in ("today", "day", "phone"):
        assert f"/admin/clinicsite/desk/{place.pk}/{task}/" in shown
    assert f"/admin/clinicsite/desk/notice/{clinic.site.pk}/" in shown
    assert "Write a post" in shown
    assert "1 message to answer" in shown
    assert f'/admin/pages/{place.pk}/edit/">Main street' in shown
    assert "Name, look and announcement" in shown
    assert "No notice stands on top of your pages." in shown


def test_drafts_and_what_comes_out_are_named(clinic, owner, admin_client_of):
    page = ModalityPageFactory(parent__parent=clinic.home, title="Needling")
    page.save_revision()
    later = ModalityPageFactory(parent=page.get_parent(), title="Cupping")
    later.go_live_at = timezone.now() + timedelta(days=2)
    later.save_revision().publish()
    shown = admin_client_of(owner).get("/admin/").text
    assert "“Needling” has changes that patients do not read yet" in shown
    assert "“Cupping” comes out " in shown


def test_that_nothing_waits_is_said(clinic, owner, admin_client_of):
    assert "Nothing waits for you." in admin_client_of(owner).get("/admin/").text


def test_no_count_of_pages_and_no_news_of_wagtails_are_there_for_a_clinic(clinic, owner, admin_client_of):
    shown = admin_client_of(owner).get("/admin/").text
    assert "w-summary" not in shown
    assert "What's new in Wagtail" not in shown


def test_an_editor_is_not_offered_the_settings(clinic, editor, admin_client_of):
    shown = admin_client_of(editor).get("/admin/").text
    assert "Name, look and announcement" not in shown
    assert "Post a notice" not in shown


def test_the_first_screen_offers_each_role_what_it_may_open(clinic, place, contact, admin_client_of):
    BlogIndexPageFactory(parent=clinic.home)
    a_message(contact)
    offers = (
        "Write a post",
        "1 message to answer",
        "Change today’s hours",
        f"/admin/pages/{place.pk}/edit/",
        "Launch: state and checklist",
    )
    for role, wanted in (
        ("editor", [True, True, True, True, True]),
        ("author", [True, False, False, True, True]),
        ("auditor", [False, True, False, False, False]),
    ):
        shown = admin_client_of(UserFactory(groups=[clinic.groups.of(role)])).get("/admin/").text
        assert [offer in shown for offer in offers] == wanted, role
        assert "See the site" in shown
        assert "Main street" in shown


def test_an_answered_message_is_counted_no_more(contact, owner, admin_client_of):
    a_message(contact, answered_at=timezone.now())
    assert "to answer" not in admin_client_of(owner).get("/admin/").text


def test_whoever_looks_after_several_reads_how_many_need_what(
    clinic, other_clinic, contact, admin_user, admin_client_of
):
    browser = admin_client_of(admin_user)
    assert "None of 2 clinics needs anything just now." in browser.get("/admin/").text
    a_message(contact)
    a_message(contact)
    shown = browser.get("/admin/").text
    assert '/admin/clinicsite/clinics/?need=messages">Messages to answer: 1 of 2 clinics</a>' in shown
    assert "Change today’s hours" not in shown


def test_the_first_screen_takes_as_many_queries_for_one_clinic_as_among_many(
    clinic, place, owner, admin_client_of
):
    browser = admin_client_of(owner)
    browser.get("/admin/")
    with CaptureQueriesContext(connection) as alone:
        browser.get("/admin/")
    for number in range(8):
        ClinicFactory(hostname=f"further-{number}.localhost")
    browser.get("/admin/")
    with CaptureQueriesContext(connection) as among:
        browser.get("/admin/")
    assert len(among) == len(alone)
    assert len(alone) <= MOST_QUERIES


def test_what_is_true_now_takes_few_queries(clinic, place, contact, owner, admin_client_of):
    BlogIndexPageFactory(parent=clinic.home)
    a_message(contact)
    ModalityPageFactory(parent__parent=clinic.home).save_revision()
    request = admin_client_of(owner).get("/admin/").wsgi_request
    desk = Desk(request)
    with CaptureQueriesContext(connection) as captured:
        context = desk.get_context_data(None)
    assert len(context["lines"]) == 2
    assert len(captured) <= MOST_OF_OURS, "\n".join(query["sql"][:300] for query in captured)


class TestGroups:
    """Whoever looks after many clinics counts those of a group."""

    @pytest.fixture
    def many(self, clinic):
        return [ClinicFactory(hostname=f"branch-{n}.localhost", name=f"Branch {n:02}") for n in range(12)]

    @pytest.fixture
    def west(self, many):
        group = ClinicGroup.objects.create(name="West")
        group.sites.set([one.site for one in many[:7]])
        for one in many[5:9]:
            a_message(ContactPageFactory(parent=one.home))
        return group

    def test_what_waits_is_counted_among_its_clinics(self, west, admin_user, admin_client_of):
        browser = admin_client_of(admin_user)
        assert "Messages to answer: 4 of 13 clinics" in browser.get("/admin/").text
        shown = browser.get(f"/admin/?group={west.pk}").text
        assert "Messages to answer: 2 of 7 clinics" in shown
        assert f"?group={west.pk}&amp;need=messages" in shown

    def test_of_a_group_only_clinics_of_ones_own_count(self, many, west, admin_client_of, settings):
        settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": "nobody"}
        network = NetworkPageFactory(parent=Page.get_first_root_node(), title="Far", slug="far")
        many[6].home.move(network, pos="last-child")
        manager = UserFactory(username="manager", groups=[ensure_network_groups([network])[network.pk]])
        ClinicGroup.objects.create(name="East").sites.add(many[9].site)
        shown = admin_client_of(manager).get(f"/admin/?group={west.pk}").text
        assert "East" not in shown

    def test_an_owner_is_asked_for_no_group(self, clinic, owner, admin_client_of):
        group = ClinicGroup.objects.create(name="West")
        group.sites.add(clinic.site)
        browser = admin_client_of(owner)
        assert "Clinics of the group" not in browser.get("/admin/").text
        assert "Launch: state and checklist" in browser.get(f"/admin/?group={group.pk}").text
