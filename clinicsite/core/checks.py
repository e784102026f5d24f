"""House rules that `manage.py check` enforces."""

from django.apps import apps
from django.conf import settings
from django.core import checks
from wagtail.blocks import Block, ChooserBlock, ListBlock, StreamBlock, StructBlock
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.fields import StreamField
from wagtail.models import Collection, Site, get_page_models
from wagtail.snippets.models import get_snippet_models

from clinicsite.core import conf as conf_module
from clinicsite.core import zones
from clinicsite.core.fields import ContentField
from clinicsite.core.models.pages import PREFIX, BasePage

#: What a clinic is in the database: a model that points at one of these belongs to a clinic.
CLINIC_MODELS = (Site, Collection, BaseSiteSetting)


def register_all():
    """Register the checks; called once the apps are ready."""
    checks.register(check_page_types, "clinicsite")
    checks.register(check_content_fields, "clinicsite")
    checks.register(check_blocks, "clinicsite")
    checks.register(check_snippets, "clinicsite")
    checks.register(check_settings, "clinicsite")
    checks.register(zones.check_age, "clinicsite_zones")


def check_page_types(app_configs, **kwargs):
    """Every page type of ours derives from BasePage; it, and a project's that does, says what it is for."""
    return [error for model in _our_page_types() for error in _page_type_errors(model)]


def check_content_fields(app_configs, **kwargs):
    """No StreamField of ours puts its blocks into migrations."""
    fields = (field for model in our_models() for field in model._meta.local_fields)
    return [
        checks.Error(
            f"{field} is a StreamField.", hint="Use ContentField.", obj=field.model, id="clinicsite.E003"
        )
        for field in fields
        if isinstance(field, StreamField) and not isinstance(field, ContentField)
    ]


def check_blocks(app_configs, **kwargs):
    """Every block of ours has a label, an icon, a description, a template and something to preview."""
    return [
        checks.Error(
            f"{type(block).__name__} has no {', '.join(missing)}.",
            hint="Name them in the block's Meta.",
            obj=type(block),
            id="clinicsite.E004",
        )
        for block in our_blocks()
        if (missing := _missing_from(block))
    ]


def check_snippets(app_configs, **kwargs):
    """No snippet of ours belongs to a clinic: Wagtail shows all of a type to everyone who may see one."""
    return [
        checks.Error(
            f"{field} ties a snippet to a clinic.",
            hint="Make it a page, a setting, or a child of one.",
            obj=model,
            id="clinicsite.E005",
        )
        for model in filter(is_ours, get_snippet_models())
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and issubclass(field.related_model, CLINIC_MODELS)
    ]


def is_ours(model) -> bool:
    """Whether a model is the product's, and not one of the project around it."""
    return model._meta.app_label.startswith(PREFIX)


def our_models():
    """Every model of the product that is installed."""
    return filter(is_ours, apps.get_models())


def our_blocks():
    """One block of each of our own classes that any page uses."""
    found: dict[type, Block] = {}
    for model in our_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                _collect(field.stream_block, found)
    return list(found.values())


def _our_page_types():
    return [model for model in get_page_models() if is_ours(model) or issubclass(model, BasePage)]


def _page_type_errors(model):
    if not issubclass(model, BasePage):
        yield checks.Error(
            f"{model.__name__} does not derive from BasePage.",
            hint="Derive from BasePage.",
            obj=model,
            id="clinicsite.E001",
        )
    elif not getattr(model, "page_description", ""):
        yield checks.Error(
            f"{model.__name__} has no page_description.",
            hint="Say in one sentence what an editor uses it for.",
            obj=model,
            id="clinicsite.E002",
        )


def _collect(block, found):
    # A chooser is a field of another block and never shown by itself.
    if not type(block).__module__.startswith("wagtail") and not isinstance(block, ChooserBlock):
        found.setdefault(type(block), block)
    children = block.child_blocks.values() if isinstance(block, StreamBlock | StructBlock) else []
    if isinstance(block, ListBlock):
        children = [block.child_block]
    for child in children:
        _collect(child, found)


def _missing_from(block):
    needed = ("label", "icon", "description", "template")
    # Wagtail gives every block without an icon the same placeholder.
    missing = [name for name in needed if getattr(block.meta, name, None) in (None, "", "placeholder")]
    return missing if hasattr(block.meta, "preview_value") else [*missing, "preview_value"]


def check_settings(app_configs, **kwargs):
    """The dictionary CLINICSITE holds keys that there are, each with a value of its kind."""
    given = getattr(settings, conf_module.NAME, {})
    if not isinstance(given, dict):
        hint = f"{conf_module.NAME} is a dictionary of the keys {', '.join(conf_module.KEYS)}."
        return [checks.Error(f"{conf_module.NAME} is {given!r}.", hint=hint, id="clinicsite.E007")]
    unknown = sorted(set(given) - set(conf_module.KEYS))
    wrong = [name for name, key in conf_module.KEYS.items() if not key.takes(given.get(name, key.default))]
    return [
        *(
            checks.Error(
                f"{conf_module.NAME} has no key {name!r}.",
                hint=f"The keys are {', '.join(conf_module.KEYS)}.",
                id="clinicsite.E006",
            )
            for name in unknown
        ),
        *(
            checks.Error(
                f"{conf_module.NAME}[{name!r}] is {given[name]!r}.",
                hint=conf_module.KEYS[name].help,
                id="clinicsite.E007",
            )
            for name in wrong
        ),
    ]
