"""Everything the running admin has to offer, listed from where Wagtail keeps it."""

from contextlib import contextmanager

from django.test import RequestFactory
from django.urls import ResolverMatch, URLResolver, get_resolver, reverse, set_urlconf
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import SubmenuMenuItem, admin_menu, help_menu, reports_menu, settings_menu
from wagtail.admin.search import admin_search_areas
from wagtail.admin.site_summary import SiteSummaryPanel
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.home import HomeView
from wagtail.contrib.settings.registry import registry as settings_registry

from clinicsite.clinics.tenancy.surface import Kind, name_of
from clinicsite.core.conf import conf

MENUS = {
    Kind.MENU_ITEM: admin_menu,
    Kind.SETTINGS_ITEM: settings_menu,
    Kind.REPORT: reports_menu,
    Kind.HELP_ITEM: help_menu,
}


def offered_to(superuser) -> dict[Kind, set[str]]:
    """The names of everything there is in the admin, by kind; a superuser is offered all of it."""
    request = RequestFactory().get("/admin/")
    request.user = superuser
    with on_the_agencys_host():
        return _offered_in(request)


@contextmanager
def on_the_agencys_host():
    """Wagtail makes its menus once, with the addresses of the request under way."""
    set_urlconf(conf.admin_urlconf)
    try:
        yield
    finally:
        set_urlconf(None)


def _offered_in(request):
    return {
        Kind.ADDRESS: {name for name, _ in admin_addresses()},
        Kind.SETTING: {model._meta.label_lower for model in settings_registry},
        Kind.BULK_ACTION: set(_bulk_actions()),
        Kind.FILTER: set(_filters()),
        Kind.PANEL: {name_of(panel) for panel in HomeView(request=request).get_panels()},
        Kind.SUMMARY_ITEM: {name_of(item) for item in SiteSummaryPanel(request).summary_items},
        Kind.SEARCH_AREA: {area.name for area in admin_search_areas.registered_search_areas},
    } | {kind: set(_items(menu)) for kind, menu in MENUS.items()}


def admin_addresses():
    """(name, pattern such as "admin/sites/edit/<int:pk>/") of every address in the admin."""
    admin = reverse("wagtailadmin_home", urlconf=conf.admin_urlconf).removeprefix("/")
    for name, route, _ in _patterns(get_resolver(conf.admin_urlconf)):
        if route.startswith(admin):
            yield name, route


def _patterns(resolver, namespaces=(), before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, (*namespaces, pattern.namespace), route)
        else:
            match = ResolverMatch(pattern.callback, (), {}, pattern.name, namespaces=namespaces)
            yield match.view_name, route, pattern.callback


def _bulk_actions():
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
    for app_label, models in bulk_action_registry.actions.items():
        for model_name, actions in models.items():
            yield from (f"{app_label}.{model_name}.{action}" for action in actions)


def _filters():
    """The filters of every filter set, of those too that views make themselves."""
    for _, _, view in _patterns(get_resolver(conf.admin_urlconf)):
        view_class = getattr(view, "view_class", None)
        if hasattr(view_class, "filterset_class"):
            yield from _filters_of(view_class(**view.view_initkwargs).filterset_class)
    for filter_set in _subclasses(WagtailFilterSet):
        yield from _filters_of(filter_set)


def _filters_of(filter_set):
    if filter_set is not None:
        yield from (f"{filter_set.__name__}.{name}" for name in filter_set.base_filters)


def _subclasses(parent):
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)


def _items(menu):
    for item in menu.registered_menu_items:
        yield item.name
        if isinstance(item, SubmenuMenuItem) and item.menu not in MENUS.values():
            yield from _items(item.menu)
