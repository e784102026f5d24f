"""What the contracts on imports let pass: strings that name what lies above, and imports inside functions."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
PRACTITIONER = "locations.PractitionerPage"
#: (file, string) -> why it names something above all the same.
ALLOWED = {
    ("modalities/models/clinical.py", PRACTITIONER): (
        "A reviewer is a practitioner, and a foreign key to a type above can only be named."
    ),
}

#: Apps in which every import stands at the head of its file, where a reader looks for it.
WITHOUT_LATE_IMPORTS = ("clinicsite.styleguide", "clinicsite.clinics", "clinicsite.core")
#: (file, function) -> why it imports when it runs.
LATE = {
    ("clinicsite/core/wagtail_private.py", "serve_pattern"): (
        "Models load this module, and Wagtail's addresses need the model of users to be there."
    ),
    ("clinicsite/core/wagtail_private.py", "editor_plugin"): (
        "Models load this module, and the rich-text editor needs the model of pages to be there."
    ),
    ("clinicsite/core/wagtail_private.py", "link_rule"): (
        "Models load this module, and the rich-text editor needs the model of pages to be there."
    ),
}

#: A dotted path or "app.Something", whole or the beginning of one that is put together.
_DOTTED = re.compile(r"\w+(\.\w+)*\.?")


def rooms():
    """The apps' packages, from the top of the house down, as the contract on layers lists them."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (layers,) = [one["layers"] for one in linter["contracts"] if one["type"] == "layers"]
    return [room for layer in layers for room in re.split(r"\s*[:|]\s*", layer)]


def files_of(room):
    files = sorted(ROOT.joinpath(*room.split(".")).rglob("*.py"))
    return [path for path in files if "migrations" not in path.parts]


def label_of(room):
    """The label by which strings such as "library.Release" name what lies in an app."""
    return next((app.label for app in apps.get_app_configs() if app.name == room), None)


def names_above(room):
    """What a string in this app must not begin with: the apps above it, and what puts the apps together."""
    above = rooms()[: rooms().index(room)]
    labels = [label for name in above if (label := label_of(name))]
    root = [f"clinicsite.{path.stem}" for path in ROOT.glob("clinicsite/*.py")]
    return {*above, *labels, *root, "clinicsite.settings"} - {"clinicsite.__init__"}


def strings_above(source, names):
    """The strings of a file that name something above, in the order they stand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _DOTTED.fullmatch(node.value):
            if any(f"{node.value}.".startswith(f"{name}.") and "." in node.value for name in names):
                yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            yield from (arg.value for arg in node.args if getattr(arg, "value", None) in names)


def test_the_rooms_are_the_apps_that_settings_install():
    assert {room for room in rooms() if label_of(room)} >= {"clinicsite.core", "clinicsite.library", "home"}
    assert all(files_of(room) for room in rooms())


@pytest.mark.parametrize(
    "source",
    [
        "urlconf='clinicsite.urls'",
        "models.ForeignKey('home.HomePage')",
        "import_string(f'locations.hours.{name}')",
        "apps.get_model('modalities', 'ConditionPage')",
        "GRANTS = ('library.add_synonymgroup',)",
        "import_module('clinicsite.library.kinds')",
    ],
)
def test_a_string_that_names_something_above_is_found(source):
    assert len(list(strings_above(source, names_above("clinicsite.core")))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "'clinicsite.E003'",
        "'The home. It stands.'",
        "'home'",
        "'core.User'",
        "models.ForeignKey('clinics.ClinicSettings')",
        "apps.get_model('wagtailcore', 'Page')",
    ],
)
def test_a_string_that_names_nothing_above_is_passed_over(source):
    assert list(strings_above(source, names_above("clinicsite.clinics"))) == []


@pytest.mark.parametrize("room", rooms())
def test_no_string_names_what_lies_in_an_app_above(room):
    names = names_above(room)
    found = {
        (path.relative_to(ROOT).as_posix(), string)
        for path in files_of(room)
        for string in strings_above(path.read_text(), names)
    }
    allowed = {key for key in ALLOWED if key[0].startswith(room.replace(".", "/") + "/")}
    assert found == allowed


def late_imports(source):
    """The names of the functions of a file that import something, without those of Django's app registry."""
    for node in ast.walk(ast.parse(source)):
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "ready"
        if is_function and any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node)):
            yield node.name


def test_an_import_inside_a_function_is_found():
    assert list(late_imports("def f():\n    if x:\n        from a import b")) == ["f"]
    assert list(late_imports("import a\nclass C:\n    def ready(self):\n        import b")) == []


@pytest.mark.parametrize("room", WITHOUT_LATE_IMPORTS)
def test_no_import_waits_until_a_function_runs(room):
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in files_of(room)
        for name in late_imports(path.read_text())
    }
    assert found == {key for key in LATE if key[0].startswith(room.replace(".", "/") + "/")}
