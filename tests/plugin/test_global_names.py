"""Every name that a project shares with us begins with the product's, so that it stays free for the project.

What is looked at is everything that Django, Wagtail and PostgreSQL keep in one list for all apps.
"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.template.engine import Engine
from django.test.utils import isolate_apps
from django.urls import URLResolver, get_resolver
from django.urls.converters import get_converters
from wagtail import hooks
from wagtail.admin.viewsets import viewsets
from wagtail.log_actions import registry as log_actions
from wagtail.models import Page
from wagtail.rich_text import features
from wagtail.snippets.views.snippets import SnippetViewSet

from clinicsite.core.checks import is_ours
from clinicsite.core.conf import conf

ROOT = Path(settings.BASE_DIR)
#: What the project chooses to use of ours in place of its own: its user and media models.
CHOSEN = {"clinicsite_users", "clinicsite_media"}
#: Viewsets of ours in the place of Wagtail's, under its name.
STANDS_IN = {"wagtailusers_users"}
OURS = re.compile(r"clinicsite([_:./-]|$)")


def ours(names):
    """The names that do not begin with the product's."""
    return sorted(name for name in names if not OURS.match(name))


def our_configs():
    return [config for config in apps.get_app_configs() if config.name.split(".")[0] == "clinicsite"]


def our_models():
    return [model for model in apps.get_models(include_auto_created=True) if is_ours(model)]


def accessors_on_others(found):
    """(model, name) of each way back to one of these models from a model that is somebody else's."""
    for model in found:
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            if field.is_relation and field.related_model and not is_ours(field.related_model):
                back = field.remote_field
                if back and not back.hidden and back.get_accessor_name():
                    yield field.related_model.__name__, back.get_accessor_name()


def test_apps():
    assert len(our_configs()) > 8
    assert ours(config.label for config in our_configs()) == []


def test_tables_and_what_the_database_keeps_beside_them():
    metas = [model._meta for model in our_models()]
    assert len(metas) > 30
    assert ours(meta.db_table for meta in metas) == []
    assert ours(one.name for meta in metas for one in [*meta.constraints, *meta.indexes]) == []


def test_ways_back_from_other_peoples_models():
    found = [model for model in our_models() if model._meta.app_label not in CHOSEN]
    names = dict.fromkeys(name for _, name in accessors_on_others(found))
    assert len(names) > 10
    assert ours(names) == []


@isolate_apps("clinicsite.core")
def test_a_way_back_without_the_products_name_is_found():
    class Remark(models.Model):
        page = models.ForeignKey(Page, on_delete=models.CASCADE)

        class Meta:
            app_label = "clinicsite_core"

        def __str__(self):
            return "A remark"

    assert list(accessors_on_others([Remark])) == [("Page", "remark_set")]


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_templates_and_static_files(folder):
    paths = [path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert len(paths) > 30
    assert ours(path.as_posix() for path in paths) == []


def test_template_tag_libraries():
    modules = [path for config in our_configs() for path in Path(config.path).glob("templatetags/*.py")]
    names = {path.stem for path in modules} - {"__init__"}
    assert len(names) > 6
    assert ours(names) == []
    assert names <= set(Engine.get_default().template_libraries)


def own_names(patterns):
    """Names and namespaces of addresses whose view, or whose patterns, are of this product."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = list(own_names(pattern.url_patterns))
            yield from ([pattern.namespace] if pattern.namespace else []) if inner else []
            yield from [] if pattern.namespace else inner
        elif getattr(pattern.callback, "__module__", "").startswith("clinicsite."):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            if pattern.name and getattr(view, "__module__", "").startswith("clinicsite."):
                yield pattern.name


@pytest.mark.parametrize("kind", ["CLINIC_URLCONF", "admin_urlconf"])
def test_names_of_addresses(kind):
    names = set(own_names(get_resolver(getattr(conf, kind)).url_patterns))
    assert len(names) > 3
    # Wagtail's own namespaces, in which some of our views stand in the place of Wagtail's; and allauth's name
    # for signing in, by which it finds the view of `clinicsite.sign_in`.
    assert {name for name in ours(names) if not name.startswith(("wagtail", "account_"))} == set()


def own_viewsets():
    """Our viewsets, without those that stand in for one of Wagtail's under its name."""
    own = [one for one in viewsets.viewsets if is_from_here(type(one))]
    return [one for one in own if one.name not in STANDS_IN and not isinstance(one, SnippetViewSet)]


def test_viewsets_and_where_they_stand_in_the_admin():
    assert len(own_viewsets()) > 5
    assert ours(one.name for one in own_viewsets()) == []
    assert ours(one.url_prefix for one in own_viewsets()) == []


def test_screens_of_the_admin_that_are_no_viewsets():
    registered = [function for function in hooks.get_hooks("register_admin_urls") if is_from_here(function)]
    assert registered
    assert ours(str(pattern.pattern) for function in registered for pattern in function()) == []


def is_from_here(function):
    return function.__module__.startswith("clinicsite.")


def test_menu_items():
    registered = filter(is_from_here, hooks.get_hooks("register_admin_menu_item"))
    names = {function().name for function in registered}
    names |= {one.menu_name for one in own_viewsets() if one.add_to_admin_menu}
    names |= {
        one.menu_name
        for one in viewsets.viewsets
        if isinstance(one, SnippetViewSet) and is_from_here(type(one))
    }
    assert len(names) > 8
    assert ours(names) == []


def test_actions_in_the_history():
    own = {action for action, _ in log_actions.get_choices() if not action.startswith("wagtail.")}
    assert len(own) > 4
    assert ours(own) == []


def test_features_of_the_rich_text_editor_and_the_links_it_stores():
    features.get_editor_plugin("draftail", "bold")
    plugins = features.plugins_by_editor["draftail"]
    own = {name for name, plugin in plugins.items() if any("clinicsite" in file for file in plugin.js or [])}
    assert len(own) > 1
    assert ours(own) == []
    own = {name for name, handler in features.get_link_types().items() if is_from_here(handler)}
    assert own == {"clinicsite-citation", "clinicsite-own-citation", "clinicsite-person"}


def test_converters_of_addresses():
    mine = {name for name, one in get_converters().items() if type(one).__module__.startswith("clinicsite.")}
    assert len(mine) > 1
    assert ours(mine) == []


def test_keys_of_the_cache():
    sources = [path for config in our_configs() for path in Path(config.path).rglob("*.py")]
    written = [
        path.read_text(encoding="utf-8") for path in sources if "cache" in path.read_text(encoding="utf-8")
    ]
    keys = {
        key
        for text in written
        for key in re.findall(r"(?:key = f?|VERSION_KEY = |get_or_set\(f)\"([^\"{]+)", text)
    }
    assert len(keys) > 5
    assert ours(keys) == []
