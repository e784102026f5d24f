"""What texts of the interface and how-tos call a tab, a menu or a button is there under that name."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import wagtail
from django.apps import apps
from django.utils.text import capfirst
from wagtail import hooks
from wagtail.admin.panels import InlinePanel, get_edit_handler
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("clinicsite", "home", "locations", "modalities")
CODE = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)
TEMPLATES = sorted(
    [*(ROOT / "templates").rglob("*.html"), *(ROOT / "clinicsite" / "sign_in").rglob("*.html")]
)
DOCS = sorted([*(ROOT / "docs" / "how-to").glob("*.md"), *(ROOT / "docs" / "tutorial").glob("*.md")])
WAGTAIL = Path(wagtail.__file__).parent
#: Tabs that Wagtail's own screens have.
WAGTAILS_TABS = {"Roles", "Account"}
#: Names that are no control: pages and things of the reader's own, and Wagtail's words made of several.
MADE_BY_READER = {"Lakeside Physiotherapy", "Dry needling", "Free", "Text"}
PUT_TOGETHER = {
    "Add Hours": "Add %(label)s",
    "Add Special hours": "Add %(label)s",
    "Add suggestion": "Add %(label)s",
    "Add statement": "Add %(label)s",
    "Submit to Clinical review": "Submit to %(workflow_name)s",
    "Choose a page (Treatment)": "Choose a page",
    "Choose an image": "Choose an image",
    "Choose a root page": "Choose",
}
_TAB_IN_TEXT = re.compile(r"\btab “([^”{]+)”")
_UNDER_IN_TEXT = re.compile(r"\b[Uu]nder “([^”{]+)”")
_MENU_IN_TEXT = re.compile(r"\bunder (Settings > [A-Z][\w ]+?|[A-Z][a-z]+)\.")
_TAB_IN_DOCS = re.compile(r"\btab \*\*([^*]+)\*\*")
_UNDER_IN_DOCS = re.compile(r"\b[Uu]nder \*\*([^*]+)\*\*")
_PRESS_IN_DOCS = re.compile(r"\b[Pp]ress \*\*([^*]+)\*\*")


def handlers():
    pages = [model for model in apps.get_models() if issubclass(model, Page) and is_ours(model)]
    for model in [*pages, *filter(is_ours, registry), *filter(is_ours, get_snippet_models())]:
        yield (
            getattr(model, "edit_handler", None) and model.get_edit_handler()
            if issubclass(model, Page)
            else get_edit_handler(model)
        )


def is_ours(model):
    return model._meta.app_label.startswith("clinicsite_")


@cache
def tabs():
    return {str(tab.heading) for handler in handlers() for tab in handler.children} | WAGTAILS_TABS


@cache
def on_screens():
    """What stands on the editors' screens: headings, labels of rows, and fields."""
    names = set(tabs())
    waiting = [panel for handler in handlers() for panel in handler.children]
    while waiting:
        panel = waiting.pop()
        names.add(str(panel.heading))
        if isinstance(panel, InlinePanel):
            names |= {str(panel.label), f"Add {panel.label}"}
            waiting.append(panel.child_edit_handler)
        waiting += getattr(panel, "children", [])
    for model in filter(is_ours, apps.get_models()):
        names |= {str(capfirst(field.verbose_name)) for field in model._meta.fields}
    return names


@cache
def menus():
    labels = {"Settings", "Sites", "Settings > Sites"}
    for hook in hooks.get_hooks("register_admin_menu_item"):
        labels.add(str(hook().label))
    for hook in hooks.get_hooks("register_admin_viewset"):
        made = hook()
        for one in made if isinstance(made, list) else [made]:
            labels.add(str(getattr(one, "menu_label", "")))
    for model in get_snippet_models():
        labels.add(str(model.snippet_viewset.menu_label))
    settings = {str(capfirst(model._meta.verbose_name)) for model in registry}
    return labels | settings | {f"Settings > {name}" for name in settings}


@cache
def written():
    """Every text of ours, and of Wagtail's, that can be a button or a heading: whole, as it is shown."""
    texts = set()
    for _path, text in texts_in_python():
        texts.add(text)
    for path in WAGTAIL.glob("admin/**/*.py"):
        texts |= set(re.findall(r"""[("]["']?([A-Z][^"'\n]+)["']""", path.read_text(encoding="utf-8")))
    for path in (ROOT / "static").rglob("*.js"):
        texts |= set(re.findall(r"""[`"']([A-Z][^`"'\n]+)[`"']""", path.read_text(encoding="utf-8")))
    for path in [*TEMPLATES, *WAGTAIL.glob("admin/templates/**/*.html"), *WAGTAIL.glob("users/**/*.html")]:
        text = path.read_text(encoding="utf-8")
        texts |= {found.strip() for found in re.findall(r"[>}]([^<>{}]+)[<{]", text)}
        texts |= set(re.findall(r"""\w=["']([^"'{}]+)["']""", text))
        texts |= set(re.findall(r"""trans(?:late)? ["']([^"']+)["']""", text))
    return texts


@cache
def texts_in_python():
    return [
        (path, node.value)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def texts_of_code():
    return [*texts_in_python(), *((path, path.read_text(encoding="utf-8")) for path in TEMPLATES)]


def named(pattern, texts):
    return {
        (path.relative_to(ROOT).as_posix(), name) for path, text in texts for name in pattern.findall(text)
    }


def guides():
    return [(path, path.read_text(encoding="utf-8")) for path in DOCS]


def docs():
    """The guides, each on one line: a name may run over the end of one."""
    return [(path, " ".join(text.split())) for path, text in guides()]


def missing(found, known):
    return {(path, name) for path, name in found if name.rstrip(".,:") not in known}


@pytest.mark.parametrize("pattern", [_TAB_IN_TEXT, _TAB_IN_DOCS], ids=["on screens", "in how-tos"])
def test_every_tab_that_is_named_is_there(pattern):
    found = named(pattern, texts_of_code() if pattern is _TAB_IN_TEXT else docs())
    assert found
    assert missing(found, tabs()) == set()


def test_everything_that_a_text_says_something_stands_under_is_there():
    found = named(_UNDER_IN_TEXT, texts_of_code())
    headings = {line for _, text in guides() for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert missing(found, on_screens() | menus() | headings | OF_OWN_SCREENS) == set()
    assert written() >= OF_OWN_SCREENS


#: Headings of our own screens that no editor has.
OF_OWN_SCREENS = {"Addresses", "Launch", "Not for us", "Sections you add"}


def test_every_menu_that_is_named_is_there():
    found = named(_MENU_IN_TEXT, texts_of_code())
    assert found
    assert missing(found, menus()) == set()


def test_everything_that_a_how_to_says_something_stands_under_is_there():
    found = named(_UNDER_IN_DOCS, docs())
    split = {(path, part) for path, name in found for part in re.split(r" [›>] ", name)}
    assert missing(split, on_screens() | menus() | written()) == set()


def test_every_button_that_a_how_to_has_one_press_is_there():
    found = {(path, name) for path, name in named(_PRESS_IN_DOCS, docs()) if name not in MADE_BY_READER}
    pressed = {(path, PUT_TOGETHER.get(name, name)) for path, name in found}
    known = on_screens() | menus() | written()
    assert missing(pressed, known | set(PUT_TOGETHER.values())) == set()
