"""Whatever way a page goes live, the same rules let it pass or hold it back, and say why."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from clinicsite.core import publishing
from clinicsite.home.models import StandardPage
from tests.factories import StandardPageFactory
from tests.standing import standing

REASON = "“Lorem ipsum” stands in for words that are still to come. Write them."


def no_words_to_come(draft):
    """A rule as an app gives one: no form asks it, so that every door has to."""
    return [REASON] if getattr(draft, "summary", "") == "Lorem ipsum" else []


@pytest.fixture(autouse=True)
def rule():
    publishing.register_publishing_guard(no_words_to_come)
    yield
    publishing._guards.remove(no_words_to_come)


@standing
def page(clinic):
    return StandardPageFactory(parent=clinic.home, title="Fees", summary="As it was.", live=False)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def values_of(text):
    """The fields that a door is to publish: a title for search engines that is too long, or a summary."""
    return {"seo_title": text} if len(text) > 255 else {"summary": text}


def draft_of(page, summary):
    for name, value in values_of(summary).items():
        setattr(page, name, value)
    return page.save_revision(clean=False)


def shown(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def form_data(summary):
    comments = inline_formset([])
    fields = {"title": "Fees", "slug": "fees", "summary": "As it was.", "sections": streamfield([])}
    return nested_form_data({**fields, **values_of(summary), "comments": comments, "action-publish": "1"})


def by_the_editor(page, summary, clinic, browser):
    return shown(browser.post(f"/admin/pages/{page.pk}/edit/", form_data(summary)))


def by_adding_it(page, summary, clinic, browser):
    page.delete()
    address = f"/admin/pages/add/clinicsite_home/standardpage/{clinic.home.pk}/"
    return shown(browser.post(address, form_data(summary)))


def from_a_list(page, summary, clinic, browser):
    draft_of(page, summary)
    return shown(browser.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}"))


def with_the_page_above(page, summary, clinic, browser):
    draft_of(page, summary)
    address = f"/admin/bulk/wagtailcore/page/publish/?id={clinic.home.pk}"
    return shown(browser.post(address, {"include_descendants": "on"}))


def by_approving(page, summary, clinic, browser):
    task = GroupApprovalTask.objects.create(name="The owner reads it")
    task.groups.set([clinic.groups.owner])
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.filter(page=clinic.home).update(workflow=workflow)
    draft_of(page, summary)
    page.get_workflow().start(page.get_latest_revision_as_object(), clinic.groups.editor.user_set.first())
    state = page.current_workflow_task_state
    return shown(browser.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/", {"comment": ""}))


def at_its_time(page, summary, clinic, browser):
    revision = draft_of(page, summary)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")
    return " ".join(str(entry.message) for entry in PageLogEntry.objects.filter(page=page.pk))


def by_code(page, summary, clinic, browser):
    revision = draft_of(page, summary)
    try:
        Page.objects.get(pk=page.pk).specific.publish(revision)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def by_code_of_a_revision(page, summary, clinic, browser):
    revision = draft_of(page, summary)
    try:
        revision.publish()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


DOORS = [
    by_the_editor,
    by_adding_it,
    from_a_list,
    with_the_page_above,
    by_approving,
    at_its_time,
    by_code,
    by_code_of_a_revision,
]
every_door = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)


def live_summaries():
    return list(StandardPage.objects.live().values_list("summary", flat=True))


@every_door
def test_an_unfit_page_is_refused_in_words_at_every_door(door, page, clinic, browser):
    assert REASON in door(page, "Lorem ipsum", clinic, browser)
    assert live_summaries() == []


@every_door
def test_a_fit_page_passes_every_door(door, page, clinic, browser):
    assert REASON not in door(page, "An hour is 90 dollars.", clinic, browser)
    assert live_summaries() == ["An hour is 90 dollars."]


@every_door
def test_a_value_that_the_model_refuses_passes_no_door(door, page, clinic, browser):
    door(page, "Too long. " * 30, clinic, browser)
    assert live_summaries() == []


def test_what_the_editor_refused_to_publish_is_kept_as_a_draft(page, clinic, browser):
    said = by_the_editor(page, "Lorem ipsum", clinic, browser)
    assert "“Fees” was saved as a draft, and not published." in said
    assert StandardPage.objects.get().get_latest_revision_as_object().summary == "Lorem ipsum"


def test_a_reason_that_two_rules_give_is_said_once(page):
    publishing.register_publishing_guard(lambda draft: no_words_to_come(draft))
    try:
        page.summary = "Lorem ipsum"
        assert publishing.reasons_against_publishing(page) == [REASON]
    finally:
        publishing._guards.pop()
