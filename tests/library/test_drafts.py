"""A change of a page's draft on behalf of a person, outside the editor: what is kept, told and published."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import GroupApprovalTask, GroupPagePermission, PageLogEntry, Workflow, WorkflowTask

from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.drafts import AnswerError, can_publish_at_once, change_draft, load_draft
from tests.factories import UserFactory
from tests.library.pages import (
    AFTERCARE,
    COST,
    edit_library,
    fresh,
    headings,
    take_over,
)

WITHOUT_COST = ["What is it?", "Afterwards", "Risks"]
ALL = [*WITHOUT_COST, "Cost"]


def hide_cost(page):
    answers.hide(page, COST["id"])


def headings_of(page):
    return [one.heading for one in page.composed]


def change(page, user, what=hide_cost, **kwargs):
    return change_draft(page.pk, user, what, message="Hid “Cost”", **kwargs)


def test_an_answer_waits_in_the_draft_until_it_is_published(follower, owner):
    changed = change(follower, owner)
    assert not changed.is_published
    assert headings(follower) == ALL
    assert headings_of(load_draft(follower.pk, owner)) == WITHOUT_COST
    fresh(follower).get_latest_revision().publish()
    assert headings(follower) == WITHOUT_COST


def test_an_answer_goes_live_at_once_where_that_publishes_nothing_else(follower, owner):
    assert change(follower, owner, publish=True).is_published
    assert headings(follower) == WITHOUT_COST


def test_an_answer_does_not_publish_somebodys_unfinished_draft(follower, owner):
    draft = fresh(follower)
    draft.title = "Unfinished"
    draft.save_revision()
    assert not change(follower, owner, publish=True).is_published
    assert fresh(follower).title == follower.title
    draft = load_draft(follower.pk, owner)
    assert (draft.title, headings_of(draft)) == ("Unfinished", WITHOUT_COST)


def test_somebody_who_may_only_edit_answers_in_the_draft(follower, clinic, owner):
    writers = Group.objects.create(name="Writers")
    for codename in ("change_page", "add_page"):
        GroupPagePermission.objects.create(
            group=writers, page=clinic.home, permission=Permission.objects.get(codename=codename)
        )
    writer = UserFactory(groups=[writers])
    assert not can_publish_at_once(follower, writer)
    assert can_publish_at_once(follower, owner)
    assert not change(follower, writer, publish=True).is_published
    assert headings(follower) == ALL


def test_a_page_that_is_not_live_stays_so(follower, owner):
    follower.unpublish()
    assert not change(follower, owner, publish=True).is_published
    assert not fresh(follower).live


def test_the_words_before_the_first_answer_can_be_found_again(treatment, follower, owner):
    take_over(follower, AFTERCARE, "Our aftercare", "Call us.")
    assert fresh(follower).latest_revision is None

    def merge(page):
        answers.merge(page, AFTERCARE["id"], "Merged", [])

    change(follower, owner, merge, publish=True)
    first, last = [one.as_object() for one in fresh(follower).revisions.order_by("pk")]
    assert headings_of(first)[1] == "Our aftercare"
    assert headings_of(last)[1] == "Merged"


def test_a_refused_answer_leaves_nothing_behind(follower, owner):
    with pytest.raises(AnswerError):
        change(follower, owner, lambda page: answers.hide(page, "no-such-section"))
    assert fresh(follower).revisions.count() == 0
    assert not PageLogEntry.objects.filter(page=follower.pk, action="clinicsite_library.answer").exists()


def test_the_history_says_who_answered_what(follower, owner):
    change(follower, owner)
    entry = PageLogEntry.objects.get(page=follower.pk, action="clinicsite_library.answer")
    assert (entry.user, entry.message) == (owner, "Hid “Cost”")
    assert entry.revision == fresh(follower).latest_revision


def test_an_answer_does_not_trip_over_an_unfinished_draft(follower, owner):
    draft = fresh(follower)
    draft.title = ""
    draft.save_revision(clean=False)
    change(follower, owner)
    assert headings_of(load_draft(follower.pk, owner)) == WITHOUT_COST


@pytest.mark.parametrize("reader", ["other_owner", "library_editor"])
def test_nobody_else_answers_for_a_clinic(follower, reader, request):
    user = request.getfixturevalue(reader)
    with pytest.raises(PermissionDenied):
        change(follower, user)
    with pytest.raises(PermissionDenied):
        load_draft(follower.pk, user)
    assert fresh(follower).revisions.count() == 0


def test_a_clinic_changes_nothing_in_the_library(treatment, owner):
    with pytest.raises(PermissionDenied):
        change(treatment, owner)


def test_a_page_that_somebody_has_locked_is_left_alone(follower, owner, editor):
    type(follower).objects.filter(pk=follower.pk).update(
        locked=True, locked_by=owner, locked_at=timezone.now()
    )
    with pytest.raises(AnswerError, match="is locked by somebody else just now"):
        change(follower, editor)
    assert change(follower, owner)


def test_a_draft_keeps_the_base_of_the_day_it_was_taken(treatment, follower, owner):
    change(follower, owner, lambda page: answers.make_own(page, AFTERCARE["id"], reason="So."))
    edit_library(treatment, *[one for one in treatment.sections.raw_data if one["id"] != COST["id"]])
    change(follower, owner, lambda page: held_pages.hold(page))
    draft = load_draft(follower.pk, owner)
    (record,) = draft.clinicsite_section_overrides.all()
    assert record.base["body"] == AFTERCARE["value"]["body"]


def test_an_answer_does_not_publish_past_a_review_under_way(follower, clinic, owner):
    follower.save_revision().publish()
    task = GroupApprovalTask.objects.create(name="The owner reads it")
    task.groups.set([clinic.groups.owner])
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(fresh(follower), owner)
    page = fresh(follower)
    assert (page.live, page.has_unpublished_changes) == (True, False)
    assert not can_publish_at_once(page, owner)
    assert not change(follower, owner, publish=True).is_published
    assert headings(follower) == ALL
    assert fresh(follower).workflow_in_progress
