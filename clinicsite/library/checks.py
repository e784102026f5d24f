"""What `manage.py check` says of a page type that can follow the library, ours or a project's own.

A type that lacks something would fail late and for others: an editor of the library, a clinic's people, a
patient. Each sentence names the type and what it lacks.
"""

from collections.abc import Iterator

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.admin.panels import Panel
from wagtail.models import Page

from clinicsite.core.models.pages import BasePage
from clinicsite.core.page_types import CLINIC_PAGES, FRONT_PAGES, PageTypes
from clinicsite.library.forms import SharedPageForm
from clinicsite.library.models.folders import LIBRARY_PAGES, LibraryFolderPage
from clinicsite.library.panels import ComposedPagePanel
from clinicsite.library.querysets import SharedPageQuerySet
from clinicsite.library.shared_pages.page import SharedPage, shared_page_models

GUIDE = "See docs/how-to/agency-add-a-page-type.md."
#: Panels without which a page cannot be edited as one that follows the library, by what they are called.
NEEDED_PANELS = ("summary", "sections")
#: What makes a page findable by the words that its clinic's patients read.
SEARCHED = "search_text"


def register_all() -> None:
    """Register the checks; called once the apps are ready."""
    for check in (check_places, check_registered, check_parts, check_inherited):
        checks.register(check, "clinicsite")


def check_registered(app_configs, **kwargs):
    """What has been registered is a page type that can stand there."""
    lists: list[tuple[PageTypes, str]] = [(LIBRARY_PAGES, "the library"), (CLINIC_PAGES, "a clinic’s site")]
    return [
        _error(
            "E018",
            one,
            f"is registered for {where} and does not derive from BasePage.",
            "Derive it from one.",
        )
        for registered, where in lists
        for one in registered
        if isinstance(one, type) and not issubclass(one, BasePage)
    ]


def check_places(app_configs, **kwargs):
    """A type that can follow stands in the library and on clinics' sites."""
    return [error for model in shared_page_models() for error in _place_errors(model)]


def check_parts(app_configs, **kwargs):
    """A type that can follow has what the editor, the search and patients need of it."""
    return [error for model in shared_page_models() for error in _part_errors(model)]


def check_inherited(app_configs, **kwargs):
    """What a type reads of the library can be left to the library."""
    return [error for model in shared_page_models() for error in _inheritance_errors(model)]


def _place_errors(model) -> Iterator[checks.Error]:
    tables = [one for one in model._meta.parents if one is not Page]
    if tables:
        names = ", ".join(one.__name__ for one in tables)
        yield _error(
            "E019",
            model,
            f"derives from {names}, which has a table of its own: a page would follow another type’s.",
            "Derive from an abstract class, such as clinicsite.pages.FollowerPage.",
        )
    if model not in LIBRARY_PAGES:
        yield _error(
            "E020",
            model,
            "can follow the library and is not registered: nobody can make a library page of it.",
            "Put @register_library_page of clinicsite.pages above the class.",
        )
    parents = model.allowed_parent_page_models()
    if model in LIBRARY_PAGES and LibraryFolderPage not in parents:
        yield _error(
            "E021",
            model,
            "cannot stand in the library: its parent_page_types leave out the library’s folders.",
            "Name clinicsite.pages.LIBRARY_FOLDER there.",
        )
    if Page in parents:
        yield _error(
            "E021", model, "may stand anywhere in the project.", "Name its parents in parent_page_types."
        )
    elif not any(_is_on_a_clinics_site(one, set()) for one in parents):
        yield _error(
            "E022",
            model,
            "can stand on no clinic’s site, so that no clinic can follow it.",
            "Its index page must be in its parent_page_types, let it in by subpage_types, and be registered "
            "with @register_clinic_page of clinicsite.pages.",
        )


def _is_on_a_clinics_site(model, seen) -> bool:
    """Whether pages of a type can stand somewhere below a clinic's front page."""
    if model in FRONT_PAGES:
        return True
    above = {one for one in model.allowed_parent_page_models() if issubclass(one, BasePage)} - seen - {model}
    seen |= above
    return any(_is_on_a_clinics_site(one, seen) for one in above if one is not LibraryFolderPage)


def _part_errors(model) -> Iterator[checks.Error]:
    manager = model._default_manager
    if not issubclass(type(manager.all()), SharedPageQuerySet):
        yield _error(
            "E023",
            model,
            "has a manager that cannot be asked for a clinic’s pages.",
            "Leave `objects` out, or make it from clinicsite.library.querysets.SharedPageQuerySet.",
        )
    if not issubclass(model.base_form_class, SharedPageForm):
        yield _error(
            "E023",
            model,
            "has a base_form_class that keeps no clinic to its own pages.",
            "Derive it from the base_form_class of the class above.",
        )
    missing = list(_missing_panels(model))
    if missing:
        yield _error(
            "E024",
            model,
            f"has no panel for {' and '.join(missing)}.",
            "Begin with those of the class above: content_panels = [*FollowerPage.content_panels, …].",
        )
    if SEARCHED not in {field.field_name for field in model.get_search_fields()}:
        yield _error(
            "E025",
            model,
            "is not found by the words that patients read.",
            "Begin with those of the class above: search_fields = [*FollowerPage.search_fields, …].",
        )
    yield from _template_errors(model)


def _missing_panels(model) -> Iterator[str]:
    panels = list(_panels_in(model.get_edit_handler()))
    if not any(isinstance(panel, ComposedPagePanel) for panel in panels):
        yield "what patients read"
    named = {getattr(panel, "field_name", "") for panel in panels}
    yield from (name for name in NEEDED_PANELS if name not in named)


def _panels_in(panel: Panel) -> Iterator[Panel]:
    yield panel
    for child in getattr(panel, "children", ()):
        yield from _panels_in(child)


def _template_errors(model) -> Iterator[checks.Error]:
    if model.get_template is not SharedPage.get_template:
        return
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        yield _error(
            "E026",
            model,
            f"has no template: there is no {model.template}.",
            'Write it, beginning with {% extends "clinicsite/pages/follower_page.html" %}, or name that one '
            "as its template.",
        )


def _inheritance_errors(model) -> Iterator[checks.Error]:
    for name in model.held_texts:
        field = _field_or_none(model, name)
        if field is None or not field.null:
            yield _error(
                "E027",
                model,
                f"holds {name!r} for clinics, which is no field that may be null, the library’s value.",
                f"Give it a field {name} with null=True, or take the name out of held_texts.",
            )
    for name in model.library_relations:
        field = _field_or_none(model, name)
        if field is None or not field.many_to_one:
            yield _error(
                "E027",
                model,
                f"fetches {name!r} with the library page, which is no foreign key of it.",
                "Take the name out of library_relations.",
            )
    for name in model.inherited_children:
        field = _field_or_none(model, name)
        rows = field.related_model if field is not None and field.one_to_many else None
        if not all(hasattr(rows, needed) for needed in ("inheritance_key", "page")):
            yield _error(
                "E027",
                model,
                f"reads the rows {name!r} of the library, which have no page and inheritance_key.",
                "Give their model a parental key `page`; inheritance_key is what makes two rows the same.",
            )


def _field_or_none(model, name):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _error(number: str, model, what: str, hint: str) -> checks.Error:
    sentence = f"{model.__name__} {what}"
    return checks.Error(sentence, hint=f"{hint} {GUIDE}", obj=model, id=f"clinicsite.{number}")
