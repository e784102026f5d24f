"""Removing one clinic for good: the only way by which its site, settings and messages go.

No screen does this, and no page takes them along (`clinics.deleting`): it is done on purpose, by whoever runs
the server, who is told first what there is.
"""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from django.template.defaultfilters import pluralize
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, ReferenceIndex, Site, Task, Workflow

from clinicsite.clinics.models import ClinicRole, ClinicSettings, Pool
from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.collections import own_collections
from clinicsite.clinics.tenancy.tags import Tags, forget_unused, tags_on
from clinicsite.home.models import ContactMessage
from clinicsite.library.models import Release

Say = Callable[[str], None]


def groups_of_clinic(site: Site) -> list[int]:
    """The keys of the groups of a clinic's roles."""
    return list(ClinicRole.objects.filter(site=site).values_list("group", flat=True))


def collections_of(site: Site) -> list[Collection]:
    """The collections that are a clinic's alone; a pool that it may use is not, whoever else may."""
    pools = set(Pool.objects.values_list("collection_id", flat=True))
    return [one for one in own_collections(groups_of_clinic(site)) if one.pk not in pools]


def what_a_clinic_has(site: Site) -> list[str]:
    """What would go with a clinic, a line for each kind."""
    collections = collections_of(site)
    inside = {"collection__in": [collection.pk for collection in collections]}
    counts = {
        "page": Page.objects.filter(path__startswith=site.root_page.path).count(),
        "message": ContactMessage.objects.filter(page__path__startswith=site.root_page.path).count(),
        "picture": get_image_model().objects.filter(**inside).count(),
        "document": get_document_model().objects.filter(**inside).count(),
        "group": len(groups_of_clinic(site)),
    }
    return [f"{number} {name}{pluralize(number)}" for name, number in counts.items()]


@transaction.atomic
def remove_clinic(site: Site, say: Say = lambda line: None) -> None:
    """Remove a clinic's site, settings, pages, messages, groups, workflow and files.

    Its people stay, without a role. Its tags go where nobody else uses them.

    Args:
        say: Is given a line for each picture or document that is kept, and why.
    """
    groups, home = groups_of_clinic(site), site.root_page.specific
    collections = collections_of(site)
    tags = tags_of([home.path], collections)
    workflows = list(Workflow.objects.filter(pk__in=ClinicRole.objects.filter(site=site).values("workflow")))
    remove_site(site)
    remove_pages(home)
    for workflow in workflows:
        remove_workflow(workflow)
    Group.objects.filter(pk__in=groups).delete()
    for collection in reversed(collections):
        remove_collection(collection, say)
    forget_unused(tags)


def tags_of(paths: Iterable[str], collections: Iterable[Collection]) -> Tags:
    """The tags of the pages below some paths, and of the files in some collections."""
    inside = {"collection__in": [collection.pk for collection in collections]}
    files = [model.objects.filter(**inside) for model in (get_image_model(), get_document_model())]
    return tags_on(Page.objects.filter(trees.inside(paths)), files)


def remove_site(site: Site) -> None:
    """Remove a clinic's site and what is kept for it; its pages are there still."""
    ClinicSettings.objects.filter(site=site).delete()
    site.delete()


def remove_pages(page: Page) -> None:
    """Remove a page, all below it, and the records about them that keep a page from being deleted."""
    ContactMessage.objects.filter(page__path__startswith=page.path).delete()
    Release.objects.filter(page__path__startswith=page.path).delete()
    page.delete()


def remove_collection(collection: Collection, say: Say) -> None:
    """Remove a collection and its files; one that a page shows still is kept at the top, and named."""
    for model in (get_image_model(), get_document_model()):
        for file in model.objects.filter(collection=collection):
            if ReferenceIndex.get_references_to(file).exists():
                file.collection = Collection.get_first_root_node()
                file.save(update_fields=["collection"])
                say(f"Kept “{file.title}”, which the project shows; it is in the collection at the top now.")
            else:
                file.delete()
    # Read again: its place among its neighbours has changed with theirs.
    Collection.objects.get(pk=collection.pk).delete()


def remove_workflow(workflow: Workflow) -> None:
    """Remove a workflow, and those of its tasks that no other has."""
    tasks = list(Task.objects.filter(workflow_tasks__workflow=workflow))
    workflow.delete()
    for task in tasks:
        if not task.workflow_tasks.exists():
            task.delete()
