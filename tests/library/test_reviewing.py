"""Library editors write, clinical reviewers approve, release managers release; nobody skips the others."""

from datetime import date, time, timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    PageLogEntry,
    Revision,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from clinicsite.clinics.roles import (
    CLINICAL_REVIEW,
    CLINICAL_REVIEWERS,
    LIBRARY_EDITORS,
    RELEASE_MANAGERS,
    ensure_agency_groups,
)
from clinicsite.library.models import Approval, Release
from clinicsite.library.releasing.releases import ReleaseError, release_to_all
from clinicsite.library.releasing.reviewing import approval_of
from clinicsite.locations.models import OpeningHours
from tests.factories import (
    LocationIndexPageFactory,
    LocationPageFactory,
    ModalityPageFactory,
    PractitionerPageFactory,
    UserFactory,
)
from tests.library.pages import follower_of, fresh
from tests.library.releasing import draft, release
from tests.standing import standing

OLD = "A thin needle in a tight muscle."
NEW = "A needle as thin as a hair."


@standing
def groups(library, clinic):
    return ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)


@pytest.fixture
def writer(groups):
    return UserFactory(username="writer", groups=[groups[LIBRARY_EDITORS]])


@pytest.fixture
def reviewer(groups):
    return UserFactory(username="reviewer", groups=[groups[CLINICAL_REVIEWERS]])


@pytest.fixture
def manager(groups):
    return UserFactory(username="release-manager", groups=[groups[RELEASE_MANAGERS]])


def submit(page, user):
    """Hand the newest draft in for review."""
    page = fresh(page)
    page.get_workflow().start(page.get_latest_revision_as_object(), user)
    return fresh(page)


def action_address(page, action="approve"):
    state = fresh(page).current_workflow_task_state
    return f"/admin/pages/workflow/action/{page.pk}/{action}/{state.pk}/"


def approve(page, browser):
    return browser.post(action_address(page), {"comment": "Read it all."})


def approval(page):
    return approval_of(fresh(page).get_latest_revision_as_object())


def editor_of(page):
    return f"/admin/pages/{page.pk}/edit/"


# The workflow itself


def test_every_page_of_the_library_is_reviewed_by_the_clinical_reviewers(groups, treatment, clinic):
    workflow = treatment.get_workflow()
    assert workflow.name == CLINICAL_REVIEW
    (task,) = workflow.tasks
    assert list(task.specific.groups.all()) == [groups[CLINICAL_REVIEWERS]]
    assert follower_of(treatment, clinic).get_workflow() == clinic.home.get_workflow() != workflow


def test_making_the_roles_again_makes_no_second_workflow(groups, library, clinic):
    ensure_agency_groups(library, [], clinic.collection)
    for model in (Workflow, GroupApprovalTask, WorkflowTask, WorkflowPage):
        assert model.objects.filter(**_of_the_librarys(model, library)).count() == 1


def _of_the_librarys(model, library):
    if model in (Workflow, GroupApprovalTask):
        return {"name": CLINICAL_REVIEW}
    return {"page": library} if model is WorkflowPage else {"workflow__name": CLINICAL_REVIEW}


def test_making_the_roles_again_mends_the_workflow(groups, library, treatment, clinic):
    Workflow.objects.get(name=CLINICAL_REVIEW).deactivate()
    assert treatment.get_workflow() is None
    ensure_agency_groups(library, [], clinic.collection)
    assert treatment.get_workflow().name == CLINICAL_REVIEW


# Who may do what


def test_a_library_editor_submits_and_does_not_publish(treatment, writer, admin_client_of):
    draft(treatment, NEW)
    shown = admin_client_of(writer).get(editor_of(treatment)).text
    assert 'name="action-submit"' in shown
    assert 'name="action-publish"' not in shown
    assert "What will this change?" in shown
    assert not treatment.permissions_for_user(writer).can_publish()


def test_a_reviewer_approves_and_does_not_publish(treatment, writer, reviewer, admin_client_of):
    draft(treatment, NEW)
    submit(treatment, writer)
    browser = admin_client_of(reviewer)
    shown = browser.get(editor_of(treatment)).text
    assert 'name="action-publish"' not in shown
    assert "and Publish" not in shown
    assert "Approve" in shown
    assert approve(treatment, browser).status_code == 302
    assert OLD in str(fresh(treatment).sections.raw_data)
    assert approval(treatment).approved_by == reviewer


@pytest.mark.parametrize("view", ["edit/", "add"])
def test_a_release_manager_releases_instead_of_publishing(
    treatment, library, manager, groups, admin_client_of, view
):
    draft(treatment, NEW)
    if view == "edit/":
        shown = admin_client_of(manager).get(editor_of(treatment)).text
        assert "Release…" in shown
        assert ">Unpublish<" not in shown.replace("\n", "")
    else:
        administrator = UserFactory(groups=[groups["Agency administrators"]])
        address = f"/admin/pages/add/clinicsite_modalities/modalitypage/{library.pk}/"
        shown = admin_client_of(administrator).get(address).text
        assert 'name="action-submit"' in shown
    assert 'name="action-publish"' not in shown


def test_people_of_the_library_are_still_published(library, groups, admin_client_of):
    person = PractitionerPageFactory(parent=library)
    administrator = UserFactory(groups=[groups["Agency administrators"]])
    assert 'name="action-publish"' in admin_client_of(administrator).get(editor_of(person)).text


def test_a_clinic_goes_on_publishing(treatment, clinic, owner, admin_client_of):
    shown = admin_client_of(owner).get(editor_of(follower_of(treatment, clinic))).text
    assert 'name="action-publish"' in shown


@pytest.mark.parametrize("person", ["writer", "manager", "owner"])
def test_only_reviewers_approve(treatment, writer, request, admin_client_of, person):
    draft(treatment, NEW)
    submit(treatment, writer)
    approve(treatment, admin_client_of(request.getfixturevalue(person)))
    assert not Approval.objects.exists()
    assert fresh(treatment).workflow_in_progress


# What has been approved


def test_the_screen_names_who_approved_this_version(treatment, writer, reviewer, manager, admin_client_of):
    draft(treatment, NEW)
    submit(treatment, writer)
    screen = f"/admin/clinicsite/library/pages/{treatment.pk}/release/"
    browser = admin_client_of(manager)
    assert "Waiting for a clinical reviewer" in browser.get(screen).text
    approve(treatment, admin_client_of(reviewer))
    shown = browser.get(screen).text
    assert "Approved by reviewer" in shown
    assert 'name="is_unapproved_ok"' not in shown


def test_an_approved_draft_is_released_without_further_words(
    treatment, writer, reviewer, manager, admin_client_of
):
    draft(treatment, NEW)
    submit(treatment, writer)
    approve(treatment, admin_client_of(reviewer))
    made = release_to_all(treatment.pk, manager)
    assert made.approval.approved_by == reviewer
    assert NEW in str(fresh(treatment).sections.raw_data)


def test_an_approval_is_of_one_version_only(treatment, writer, reviewer, manager, admin_client_of):
    draft(treatment, NEW)
    submit(treatment, writer)
    approve(treatment, admin_client_of(reviewer))
    draft(treatment, "Something nobody has read.")
    assert approval(treatment) is None
    with pytest.raises(ReleaseError, match="has not been approved by a clinical reviewer"):
        release_to_all(treatment.pk, manager)


def test_an_approved_revision_written_over_is_approved_no_more(treatment, writer, reviewer, admin_client_of):
    page = draft(treatment, NEW)
    submit(treatment, writer)
    approve(treatment, admin_client_of(reviewer))
    revision = page.get_latest_revision()
    content = revision.content
    content["summary"] = "Slipped in afterwards."
    Revision.objects.filter(pk=revision.pk).update(content=content)
    assert approval(treatment) is None


def test_saving_again_without_a_change_keeps_the_approval(treatment, writer, reviewer, admin_client_of):
    draft(treatment, NEW)
    submit(treatment, writer)
    approve(treatment, admin_client_of(reviewer))
    fresh(treatment).get_latest_revision_as_object().save_revision()
    assert approval(treatment).approved_by == reviewer


@pytest.mark.parametrize(
    "options",
    [{}, {"is_unapproved_ok": True}, {"note": "In a hurry."}],
    ids=["plain", "no reason", "no tick"],
)
def test_an_unapproved_draft_needs_a_tick_and_a_reason(treatment, manager, options):
    draft(treatment, NEW)
    with pytest.raises(ReleaseError, match="has not been approved by a clinical reviewer"):
        release_to_all(treatment.pk, manager, **options)
    assert release(treatment, manager).approval is None


def test_releasing_a_draft_under_review_ends_the_review(treatment, writer, manager):
    draft(treatment, NEW)
    submit(treatment, writer)
    release(treatment, manager)
    assert not fresh(treatment).workflow_in_progress


def test_approving_is_no_release(treatment, writer, reviewer, admin_client_of):
    draft(treatment, NEW)
    submit(treatment, writer)
    approve(treatment, admin_client_of(reviewer))
    assert not Release.objects.exists()
    assert fresh(treatment).has_unpublished_changes


def test_a_draft_sent_back_is_not_approved(treatment, writer, reviewer, admin_client_of):
    draft(treatment, NEW)
    submit(treatment, writer)
    admin_client_of(reviewer).post(action_address(treatment, "reject"), {"comment": "Not yet."})
    assert approval(treatment) is None
    assert TaskState.objects.get().status == TaskState.STATUS_REJECTED


def test_a_draft_that_cannot_go_live_is_not_approved_from_a_list(
    treatment, writer, reviewer, admin_client_of
):
    draft(treatment, "Call {mobile}.")
    submit(treatment, writer)
    response = approve(treatment, admin_client_of(reviewer))
    assert "Unknown token" in " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert approval(treatment) is None
    assert fresh(treatment).workflow_in_progress


# Pages of clinics


def monday(opens, closes):
    return OpeningHours(weekday=0, opens=time(opens), closes=time(closes))


@pytest.fixture
def place(clinic):
    parent = LocationIndexPageFactory(parent=clinic.home)
    return LocationPageFactory(parent=parent, title="Maplewood", opening_hours=[monday(9, 17)])


@pytest.fixture
def clinic_review(clinic):
    """A workflow of a clinic's own, approved by its owner."""
    task = GroupApprovalTask.objects.create(name="The owner reads it")
    task.groups.set([clinic.groups.owner])
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.filter(page=clinic.home).update(workflow=workflow)
    return workflow


def save_draft(page, **changes):
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(clean=False)


def test_approving_a_clinics_page_publishes_it(place, clinic_review, editor, owner, admin_client_of):
    save_draft(place, opening_hours=[monday(10, 16)])
    submit(place, editor)
    assert approve(place, admin_client_of(owner)).status_code == 302
    assert [str(row) for row in fresh(place).opening_hours.all()] == ["Monday 10:00 to 16:00"]


@pytest.mark.parametrize("header", [{}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}], ids=["form", "pop-up"])
def test_a_page_that_contradicts_itself_is_not_approved_from_a_list(
    place, clinic_review, editor, owner, admin_client_of, header
):
    save_draft(place, opening_hours=[monday(9, 17), monday(16, 18)])
    submit(place, editor)
    response = admin_client_of(owner).post(action_address(place), {"comment": ""}, **header)
    assert response.status_code == (200 if header else 302)
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert "“Maplewood” was not approved." in said
    assert "This overlaps with Monday 9:00 am to 5:00 pm" in said
    assert [str(row) for row in fresh(place).opening_hours.all()] == ["Monday 09:00 to 17:00"]
    assert fresh(place).workflow_in_progress


def test_a_page_that_contradicts_itself_can_be_sent_back(
    place, clinic_review, editor, owner, admin_client_of
):
    save_draft(place, opening_hours=[monday(9, 17), monday(16, 18)])
    submit(place, editor)
    admin_client_of(owner).post(action_address(place, "reject"), {"comment": "Overlap."})
    assert not fresh(place).workflow_in_progress


def test_no_other_way_to_approve_publishes_what_contradicts_itself(place, clinic_review, editor, owner):
    save_draft(place, opening_hours=[monday(9, 17), monday(16, 18)])
    submit(place, editor)
    with pytest.raises(ValidationError, match="This overlaps with"):
        fresh(place).current_workflow_task_state.approve(user=owner)
    assert fresh(place).workflow_in_progress
    assert [str(row) for row in fresh(place).opening_hours.all()] == ["Monday 09:00 to 17:00"]


def due(page):
    """Put the newest draft on the schedule for a minute ago."""
    past = timezone.now() - timedelta(minutes=1)
    revision = fresh(page).get_latest_revision()
    revision.approved_go_live_at = past
    revision.save()
    return revision


def test_a_page_that_contradicts_itself_is_not_published_at_its_time(place):
    save_draft(place, opening_hours=[monday(9, 17), monday(16, 18)])
    revision = due(place)
    call_command("publish_scheduled")
    assert [str(row) for row in fresh(place).opening_hours.all()] == ["Monday 09:00 to 17:00"]
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    entry = PageLogEntry.objects.get(action="clinicsite.publish.refused")
    assert "This overlaps with Monday 9:00 am to 5:00 pm" in str(entry.message)


def test_one_bad_page_does_not_keep_others_from_their_time(place, clinic):
    other = ModalityPageFactory(parent__parent=clinic.home, title="Cupping", summary="As it was.")
    save_draft(place, opening_hours=[monday(9, 17), monday(16, 18)])
    save_draft(other, summary="As it is.")
    due(place)
    due(other)
    call_command("publish_scheduled")
    assert fresh(other).summary == "As it is."


def test_the_page_history_shows_why_it_was_not_published(place, owner, admin_client_of):
    save_draft(place, opening_hours=[monday(9, 17), monday(16, 18)])
    due(place)
    call_command("publish_scheduled")
    shown = admin_client_of(owner).get(f"/admin/pages/{place.pk}/history/").text
    assert "Not published at the set time." in shown


def test_a_review_date_is_part_of_what_was_approved(treatment, writer, reviewer, admin_client_of):
    draft(treatment, NEW)
    submit(treatment, writer)
    approve(treatment, admin_client_of(reviewer))
    draft(treatment, NEW, reviewed_on=date(2026, 11, 1))
    assert approval(treatment) is None
