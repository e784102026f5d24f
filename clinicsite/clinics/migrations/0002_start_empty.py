from django.db import migrations
from django.db.models import F

WELCOME = "Welcome to your new Wagtail site!"


def remove_what_wagtail_starts_with(apps, schema_editor):
    """Take away Wagtail's example page and site, its two groups and its workflow, where nobody uses them.

    The site would answer for every unknown host, where this project gives a plain 404. The groups hold
    grants on every clinic at once, and the workflow would wait for moderators that no role of ours provides.
    """
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Group = apps.get_model("auth", "Group")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "Task")
    welcome = Page.objects.filter(depth=2, slug="home", title=WELCOME, numchild=0)
    Site.objects.filter(root_page__in=welcome, hostname="localhost").delete()
    removed, _ = welcome.delete()
    if removed:
        Page.objects.filter(depth=1).update(numchild=F("numchild") - 1)
    Workflow.objects.filter(name="Moderators approval", workflow_states=None).delete()
    Task.objects.filter(name="Moderators approval", task_states=None).delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()


class Migration(migrations.Migration):
    """Removes Wagtail's own example content; a page, group or workflow that is in use stays."""

    dependencies = [
        ("clinics", "0001_initial"),
        ("core", "0002_media"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0001_initial"),
        ("wagtaildocs", "0001_initial"),
    ]

    operations = [migrations.RunPython(remove_what_wagtail_starts_with, migrations.RunPython.noop)]
