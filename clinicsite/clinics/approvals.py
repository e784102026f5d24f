"""Workflows of ours: what is written in the library or at a clinic waits for those who may let it go live."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask


def ensure_workflow(record, name: str, groups: Iterable[Group], page: Page) -> Workflow:
    """Make or mend the workflow of a role: one task, for these groups, below this page.

    Args:
        record: the row of the role, whose `workflow` it is. Known by it, whatever it is called: the project
            may have renamed it, or have one of this name itself.
        name: of a new workflow and its task.
    """
    if record.workflow is None:
        record.workflow = Workflow.objects.create(name=name)
        record.save(update_fields=["workflow"])
    workflow = record.workflow
    task = GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).order_by("pk").first()
    task = task or GroupApprovalTask.objects.create(name=name)
    task.groups.set(groups)
    for one in (task, workflow):
        if not one.active:
            one.active = True
            one.save()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow
