"""What a new Wagtail starts with: an example page and its site, two groups and a workflow."""

from django.contrib.auth.models import Group
from wagtail.models import Page, Site, Task, Workflow

WELCOME = "Welcome to your new Wagtail site!"
GROUPS = ("Moderators", "Editors")
WORKFLOW = "Moderators approval"


def remove_welcome() -> list[str]:
    """Take away each of these that nobody uses; name what was taken away.

    For a project of clinics alone. The site would answer for every unknown host, the groups hold grants on
    every clinic at once, and the workflow would wait for moderators that no role of ours provides.
    """
    removed = []
    for page in Page.objects.filter(depth=2, slug="home", title=WELCOME, numchild=0):
        Site.objects.filter(root_page=page, hostname="localhost").delete()
        if not Site.objects.filter(root_page=page).exists():
            page.delete()
            removed.append("Wagtail's example page and site")
    # A new Wagtail hangs it on the root, for every page there will be.
    unused = Workflow.objects.filter(name=WORKFLOW, workflow_states=None)
    for workflow in unused.exclude(workflow_pages__page__depth__gt=1):
        workflow.delete()
        removed.append(f"the workflow “{WORKFLOW}”")
    Task.objects.filter(name=WORKFLOW, task_states=None, workflow_tasks=None).delete()
    for group in Group.objects.filter(name__in=GROUPS, user=None).order_by("name"):
        group.delete()
        removed.append(f"the group “{group.name}”")
    return removed
