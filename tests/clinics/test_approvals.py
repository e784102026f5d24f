"""What an author submits is approved by the clinic's own owners and editors, and seen by no other clinic."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage

from clinicsite.clinics.models import ClinicRole
from clinicsite.clinics.roles import ensure_clinic_groups
from clinicsite.core.conf import conf
from tests.factories import ModalityPageFactory, UserFactory

REPORTS = ("/admin/reports/workflow/", "/admin/reports/workflow_tasks/", "/admin/")


@pytest.fixture
def author(clinic):
    return UserFactory(username="author", groups=[clinic.groups.author])


@pytest.fixture
def page(clinic, author):
    page = ModalityPageFactory(parent__parent=clinic.home, title="Needling for runners", live=False)
    page.save_revision(user=author)
    return page


@pytest.fixture
def submitted(page, author, clinic):
    workflow = page.get_workflow()
    return workflow.start(page, author)


def deciding(page, action, state):
    args = [page.pk, action, state.pk]
    return reverse("wagtailadmin_pages:workflow_action", args=args, urlconf=conf.admin_urlconf)


def workflow_of(clinic):
    return ClinicRole.objects.get(site=clinic.site, role="owner").workflow


def test_each_clinic_has_a_workflow_of_its_own_for_its_owners_and_editors(clinic, other_clinic, page):
    assert page.get_workflow() == workflow_of(clinic) != workflow_of(other_clinic)
    task = workflow_of(clinic).tasks.get().specific
    assert set(task.groups.all()) == {clinic.groups.owner, clinic.groups.editor}
    assert workflow_of(clinic).name == "North Clinic: approval"


def test_the_workflow_is_made_once_and_mended(clinic):
    own = workflow_of(clinic)
    own.tasks.get().specific.groups.set([clinic.groups.author])
    WorkflowPage.objects.filter(page=clinic.home).delete()
    ensure_clinic_groups(clinic.site, clinic.collection)
    assert workflow_of(clinic) == own
    assert WorkflowPage.objects.get(page=clinic.home).workflow == own
    assert set(own.tasks.get().specific.groups.all()) == {clinic.groups.owner, clinic.groups.editor}
    assert Workflow.objects.filter(name=own.name).count() == 1


def test_an_author_submits_and_does_not_publish(clinic, author, page, admin_client_of):
    browser = admin_client_of(author)
    text = browser.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "North Clinic: approval" in text
    assert 'name="action-submit"' in text
    assert 'name="action-publish"' not in text
    assert browser.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}").status_code != 500
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_the_clinics_reviewers_see_what_waits_and_how_long_and_approve_it(
    submitted, clinic, page, admin_client_of, role
):
    TaskState.objects.update(started_at=timezone.now() - timezone.timedelta(days=3, hours=1))
    browser = admin_client_of(UserFactory(username="reviewer", groups=[clinic.groups.of(role)]))
    text = browser.get("/admin/").content.decode()
    assert "Needling for runners" in text
    assert "3\xa0days" in text
    browser.post(deciding(page, "approve", submitted.current_task_state), {"comment": ""})
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("role", ["owner", "editor", "author", "auditor"])
def test_another_clinic_sees_nothing_of_it(submitted, other_clinic, page, admin_client_of, role):
    browser = admin_client_of(UserFactory(username="stranger", groups=[other_clinic.groups.of(role)]))
    for address in REPORTS:
        text = browser.get(address).content.decode()
        assert "Needling for runners" not in text
        assert "North Clinic" not in text
    state = submitted.current_task_state
    for action in ("approve", "reject"):
        assert browser.post(deciding(page, action, state), {"comment": "x"}).status_code == 404
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS


def test_a_clinic_from_before_there_were_authors_gets_the_roles_and_the_workflow(clinic, owner):
    workflow = workflow_of(clinic)
    task = workflow.tasks.get()
    for role in ("author", "auditor"):
        clinic.groups.of(role).delete()
    workflow.delete()
    task.delete()
    call_command("setup_agency", verbosity=0)
    assert set(ClinicRole.objects.filter(site=clinic.site).values_list("role", flat=True)) == {
        "owner",
        "editor",
        "author",
        "auditor",
    }
    assert clinic.home.get_workflow() == workflow_of(clinic)
    assert owner.groups.get() == clinic.groups.owner


def test_a_removed_clinic_takes_its_workflow_along_and_no_other(clinic, other_clinic):
    call_command("remove_clinic", "north.localhost", "--yes", verbosity=0)
    assert [one.name for one in Workflow.objects.filter(name__endswith=": approval")] == [
        "South Clinic: approval"
    ]
    assert GroupApprovalTask.objects.filter(name__endswith=": approval").count() == 1
