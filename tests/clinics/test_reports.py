"""The Reports menu tells a clinic's people about their own clinic only."""

import re
from copy import deepcopy

import pytest
from django.contrib.auth.models import Group
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django.views import View
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from clinicsite.clinics.tenancy.reports import _report
from tests.factories import ClinicFactory, ModalityPageFactory, UserFactory

CLOSED = [
    f"/admin/reports/{name}/{suffix}"
    for name in ("site-history", "page-types-usage")
    for suffix in ("", "results/", "?export=csv")
]
OPEN = [
    f"/admin/reports/{name}/{suffix}"
    for name in ("locked", "workflow", "workflow_tasks", "aging-pages")
    for suffix in ("", "results/", "?export=csv")
]


@pytest.fixture(params=["owner", "editor"])
def browser(request, admin_client_of):
    return admin_client_of(request.getfixturevalue(request.param))


@pytest.fixture
def superuser(db):
    return UserFactory(username="root", is_superuser=True)


@pytest.fixture(scope="module")
def both_clinics(kept_database):
    """A page of each clinic that has been edited, locked and sent to its clinic's own workflow: made once."""
    clinic = ClinicFactory(hostname="north.localhost", name="North Clinic")
    owner = UserFactory(username="owner", groups=[clinic.groups.owner])
    other_clinic = ClinicFactory(hostname="south.localhost", name="South Clinic")
    other_owner = UserFactory(username="other-owner", groups=[other_clinic.groups.owner])
    for where, who, name in ((clinic, owner, "North"), (other_clinic, other_owner, "South")):
        page = ModalityPageFactory(parent__parent=where.home, title=f"Needling at {name}", owner=who)
        page.save_revision(user=who, log_action="wagtail.edit").publish(user=who)
        page.refresh_from_db()
        page.locked, page.locked_by, page.locked_at = True, who, timezone.now()
        page.save()
        task = GroupApprovalTask.objects.create(name=f"{name} approves")
        task.groups.add(Group.objects.get(pk=where.groups.owner.pk))
        workflow = Workflow.objects.create(name=f"{name} workflow")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        workflow.start(page, who)
    return clinic, owner


@pytest.fixture
def clinic(both_clinics, db):
    return deepcopy(both_clinics[0])


@pytest.fixture
def owner(both_clinics, db):
    return deepcopy(both_clinics[1])


def text_of(response):
    return b"".join(response).decode() if response.streaming else response.content.decode()


def assert_names_no_other_clinic(shown):
    assert "South" not in shown
    assert "south.localhost" not in shown
    assert "other-owner" not in shown


@pytest.mark.parametrize("path", CLOSED)
def test_a_report_about_everybodys_pages_is_closed_to_a_clinic(browser, both_clinics, path):
    response = browser.get(path)
    assert response.status_code == 404
    assert_names_no_other_clinic(response.content.decode())


@pytest.mark.parametrize("path", CLOSED)
def test_the_agencys_superuser_reads_every_report(admin_client_of, superuser, both_clinics, path):
    assert admin_client_of(superuser).get(path).status_code == 200


@pytest.mark.parametrize("path", OPEN)
def test_an_open_report_tells_an_owner_of_the_own_clinic_only(admin_client_of, owner, both_clinics, path):
    response = admin_client_of(owner).get(path)
    assert response.status_code == 200
    shown = text_of(response)
    assert "North" in shown
    assert_names_no_other_clinic(shown)


@pytest.mark.parametrize("path", OPEN)
def test_an_open_report_tells_an_editor_nothing_of_another_clinic(
    admin_client_of, editor, both_clinics, path
):
    assert_names_no_other_clinic(text_of(admin_client_of(editor).get(path, follow=True)))


def test_the_superuser_may_still_filter_by_person(admin_client_of, superuser, both_clinics):
    shown = admin_client_of(superuser).get("/admin/reports/locked/").content.decode()
    assert "other-owner" in shown


def test_the_menu_leads_to_no_closed_report_and_each_report_in_it_is_safe(browser, both_clinics):
    addresses = reports_in_menu(browser)
    assert addresses
    for address in addresses:
        response = browser.get(address)
        assert response.status_code == 200
        assert_names_no_other_clinic(response.content.decode())


def test_the_superusers_menu_has_every_report(admin_client_of, superuser):
    addresses = reports_in_menu(admin_client_of(superuser))
    assert {"/admin/reports/site-history/", "/admin/reports/page-types-usage/"} <= addresses


def test_a_stranger_is_sent_to_sign_in(client, both_clinics):
    response = client.get("/admin/reports/site-history/", headers={"host": "localhost"})
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def reports_in_menu(browser):
    return set(re.findall(r"/admin/reports/[a-z_-]+/", browser.get("/admin/").content.decode()))


class PlantedReport(View):
    """Tells how it was asked for."""

    filterset_class = "every filter"
    results_only = False

    def get(self, request):
        return HttpResponse(f"{self.filterset_class}, {'results' if self.results_only else 'whole screen'}")


def answers(patterns, user):
    """What each address of a report says to a person."""
    for pattern in patterns:
        request = RequestFactory().get("/")
        request.user = user
        yield pattern.callback(request).content.decode()


def test_a_reports_two_addresses_are_named_after_it():
    patterns = _report("planted-new-report/", PlantedReport)
    assert [(str(each.pattern), each.name) for each in patterns] == [
        ("planted-new-report/", "planted_new_report"),
        ("planted-new-report/results/", "planted_new_report_results"),
    ]


def test_a_report_has_filters_of_ones_own_but_for_whoever_may_see_everything(owner, superuser):
    patterns = _report("planted/", PlantedReport, "own filters")
    assert list(answers(patterns, owner)) == ["own filters, whole screen", "own filters, results"]
    assert list(answers(patterns, superuser)) == ["every filter, whole screen", "every filter, results"]


def test_a_report_without_filters_of_ones_own_is_there_for_whoever_may_see_everything(owner, superuser):
    patterns = _report("planted/", PlantedReport)
    assert list(answers(patterns, superuser)) == ["every filter, whole screen", "every filter, results"]
    for pattern in patterns:
        with pytest.raises(Http404):
            list(answers([pattern], owner))
