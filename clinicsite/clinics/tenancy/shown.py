"""What the admin offers to a person: menu items, panels, bulk actions and filters that are there for them."""

from copy import copy

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from clinicsite.clinics.tenancy.apart import met_by
from clinicsite.clinics.tenancy.scope import person_at_work, scope_at_work
from clinicsite.clinics.tenancy.surface import Kind, may_use, name_of
from clinicsite.core.typed_filters import type_dates

#: Wagtail's hooks through which everything offered passes, and what passes there.
CONSTRUCTED = {
    "construct_main_menu": Kind.MENU_ITEM,
    "construct_settings_menu": Kind.SETTINGS_ITEM,
    "construct_reports_menu": Kind.REPORT,
    "construct_help_menu": Kind.HELP_ITEM,
    "construct_homepage_panels": Kind.PANEL,
    "construct_homepage_summary_items": Kind.SUMMARY_ITEM,
    "construct_search": Kind.SEARCH_AREA,
}
#: After every other hook, which may add something still.
LAST = 1_000_000


def judge_bulk_actions_and_filters() -> None:
    """Put the rule where Wagtail has no hook for it, once at start.

    Read in Wagtail 8.0.1, and held by tests that add a bulk action and a filter.
    """
    registry = bulk_action_registry
    registry.get_bulk_actions_for_model = _judged_bulk_actions(registry.get_bulk_actions_for_model)
    WagtailFilterSet.get_form_class = _form_of_judged_filters(WagtailFilterSet.get_form_class)


def leaving_out_what_is_not_judged(kind):
    """A function for one of the hooks above: it takes from the list what the person may not use."""

    def construct(request, items):
        open_items = [item for item in items if may_use(request.user, [(kind, name_of(item))])]
        items[:] = [
            shown for item in open_items if (shown := _with_judged_children(item, request, construct))
        ]

    return construct


def _with_judged_children(item, request, construct):
    """The item, or None. A menu that no hook of ours reaches is copied with those of its items that pass."""
    if not isinstance(item, SubmenuMenuItem) or item.menu.construct_hook_name in CONSTRUCTED:
        return item
    children = item.menu.menu_items_for_request(request)
    construct(request, children)
    shown = copy(item)
    shown.menu = Menu(items=children)
    return shown if children else None


def _judged_bulk_actions(get_bulk_actions_for_model):
    """Wagtail's way to the bulk actions below a list, for the person whose request it is."""

    def get_judged_bulk_actions(app_label, model_name):
        user = person_at_work.get()
        return [
            action
            for action in get_bulk_actions_for_model(app_label, model_name)
            if may_use(user, [(Kind.BULK_ACTION, f"{app_label}.{model_name}.{action.action_type}")])
        ]

    return get_judged_bulk_actions


def _form_of_judged_filters(get_form_class):
    """A filter set's own way to make its form, and so all it filters by, without what is not judged.

    Dates are typed in it, but for the people of the project around.
    """

    def get_judged_form_class(filter_set):
        user = getattr(filter_set.request, "user", None)
        for name in list(filter_set.filters):
            if not may_use(user, [(Kind.FILTER, f"{type(filter_set).__name__}.{name}")]):
                del filter_set.filters[name]
        form_class = get_form_class(filter_set)
        for field in form_class.base_fields.values():
            if hasattr(field, "queryset") and field.queryset is not None:
                field.queryset = met_by(user, field.queryset)
        if not scope_at_work(user).is_projects:
            type_dates(form_class.base_fields)
        return form_class

    return get_judged_form_class
