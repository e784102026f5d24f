"""Where migrations meet a model that the project around has chosen."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from wagtail.images import get_image_model_string


def image_model_migration() -> tuple[str, str]:
    """The migration that makes the project's image model, for the dependencies of one that refers to it.

    Django knows "the first of that app" only, and a project may have made the model later.
    """
    return migration_making(get_image_model_string())


def migration_making(model: str) -> tuple[str, str]:
    """The migration that makes a model such as "wagtailimages.Image"; the app's first, if none says so."""
    app_label, model_name = model.split(".")
    package_name, _ = MigrationLoader.migrations_module(app_label)
    names = [] if package_name is None else sorted(found.name for found in _modules_of(package_name))
    for name in names:
        migration = getattr(import_module(f"{package_name}.{name}"), "Migration", None)
        if any(_makes(operation, model_name) for operation in getattr(migration, "operations", ())):
            return app_label, name
    return app_label, "__first__"


def _modules_of(package_name):
    """The modules of a package; none where the app's first migration is only about to be made."""
    return iter_modules(import_module(package_name).__path__) if find_spec(package_name) else ()


def _makes(operation, model_name):
    return isinstance(operation, CreateModel) and operation.name_lower == model_name.lower()
