"""Taking the product out of a project again, so that the project is left as it was."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.template.defaultfilters import pluralize
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Workflow

from clinicsite.clinics import roles
from clinicsite.clinics.models import ClinicSettings, Pool
from clinicsite.clinics.tenancy import clinic_sites, trees
from clinicsite.clinics.tenancy.collections import own_collections
from clinicsite.clinics.tenancy.tags import forget_unused
from clinicsite.core.models.pages import PREFIX, of_our_types, types_in_projects
from clinicsite.library.tree import library_paths
from clinicsite.provisioning.clinics import (
    Say,
    remove_collection,
    remove_pages,
    remove_site,
    remove_workflow,
    tags_of,
)

#: The order in which tables go: each app before those it needs.
LABELS = tuple(
    f"{PREFIX}{name}"
    for name in ("provisioning", "home", "locations", "modalities", "library", "clinics", "core")
)


class RemovalError(Exception):
    """Why the product cannot be taken out of a project."""


def refuse_if_it_is_not_there() -> None:
    """Raise `RemovalError` where the tables of the product have gone, or have never been made."""
    if ClinicSettings._meta.db_table not in connection.introspection.table_names():
        raise RemovalError("There is nothing to remove: the database has no tables of the product.")


def refuse_if_it_stands_alone() -> None:
    """Raise `RemovalError` where the project's own people or files are in tables of the product."""
    chosen = ("AUTH_USER_MODEL", "WAGTAILIMAGES_IMAGE_MODEL", "WAGTAILDOCS_DOCUMENT_MODEL")
    for name in chosen:
        if str(getattr(settings, name, "")).startswith(PREFIX):
            raise RemovalError(
                f"{name} is {getattr(settings, name)}: without the product this project would have none. "
                "A project of clinics alone is not taken apart; delete its database."
            )


def what_there_is() -> list[str]:
    """What would be removed, a line for each kind."""
    inside, groups = trees.inside(trees.tree_paths()), roles.own_group_ids()
    counts = {
        "clinic": clinic_sites().count(),
        "page": Page.objects.filter(inside).count(),
        "group": len(groups),
        "collection": len(own_collections(groups)),
    }
    return [f"{number} {name}{pluralize(number)}" for name, number in counts.items()]


def remove_everything(say: Say = lambda line: None) -> None:
    """Remove every page, site, group, collection and row of the product, then its tables.

    People stay, without the groups; so do pictures and documents that a page of the project shows.

    Args:
        say: Is given a line for each thing that is kept, and why, and for what the project has to do itself.
    """
    refuse_if_it_stands_alone()
    with transaction.atomic():
        _remove_rows(say)
    for label in LABELS:
        call_command("migrate", label, "zero", verbosity=0, interactive=False)
    _forget_types()
    for app_label, model_name in types_in_projects():
        say(
            f"Your {app_label}.{model_name} derives from the product: delete the class, and make a migration."
        )


def _remove_rows(say):
    groups, workflows = roles.own_group_ids(), _workflows()
    collections = own_collections(groups)
    tags = tags_of(trees.tree_paths(), collections)
    for site in clinic_sites():
        remove_site(site)
    # Clinics first: what they follow is protected.
    for path in sorted(trees.tree_paths(), key=_is_library):
        remove_pages(Page.objects.get(path=path).specific)
    for workflow in workflows:
        remove_workflow(workflow)
    Group.objects.filter(pk__in=groups).delete()
    Pool.objects.all().delete()
    for collection in reversed(collections):
        remove_collection(collection, say)
    forget_unused(tags)


def _is_library(path):
    return path in library_paths()


def _workflows():
    """Those that hang on pages of ours alone."""
    inside = trees.inside(trees.tree_paths(), "workflow_pages__page__path")
    return [
        workflow
        for workflow in Workflow.objects.filter(inside).distinct()
        if all(trees.is_inside(hung.page.path) for hung in workflow.workflow_pages.select_related("page"))
    ]


def _forget_types():
    """Remove the types of what is gone, and with them grants, revisions, history and search entries."""
    # A project's own types had pages in our trees alone, but the types themselves are the project's.
    about_ours = ContentType.objects.filter(of_our_types())
    for model in (PageLogEntry, ModelLogEntry):
        model.objects.filter(content_type__in=about_ours).delete()
    ContentType.objects.filter(app_label__startswith=PREFIX).delete()
    tables = connection.introspection.table_names()
    left = [name for name in tables if name.startswith(PREFIX)]
    if left:
        raise RemovalError(f"These tables are still there: {', '.join(left)}.")
