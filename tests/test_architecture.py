"""What the contracts on imports let pass: strings, imports inside functions, and what others keep private."""

import ast
import inspect
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from textwrap import TextWrapper

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
PRACTITIONER = "clinicsite_locations.PractitionerPage"
#: (file, string) -> why it names something above all the same.
ALLOWED = {
    ("clinicsite/core/conf.py", "clinicsite.urls"): (
        "A project may put its own addresses in the place of ours, so a setting's default names ours."
    ),
    ("clinicsite/modalities/models/clinical.py", PRACTITIONER): (
        "A reviewer is a practitioner, and a foreign key to a type above can only be named."
    ),
}

#: (file, function) -> why it imports when it runs.
LATE = {
    ("clinicsite/core/wagtail_private.py", "add_rule_for_sites"): (
        "Models load this module, and the form for a site needs the model of pages to be there."
    ),
    ("clinicsite/core/wagtail_private.py", "judge_choosers"): (
        "Models load this module, and the choosers need the model of pages to be there."
    ),
    ("clinicsite/core/wagtail_private.py", "judge_forms"): (
        "Models load this module, and the forms need the model of pages to be there."
    ),
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

#: The module behind which stands all that others keep private.
PRIVATE = "clinicsite/core/wagtail_private.py"
#: Begins with an underscore and is documented all the same: Django's models and Python's named tuples.
DOCUMENTED = {"_meta", "_state", "_default_manager", "_base_manager", "_replace", "_asdict"}
#: The functions that take an attribute's or a key's name as a string.
BY_NAME = {"getattr", "setattr", "hasattr", "delattr", "attrgetter", "methodcaller", "get", "pop"}
#: (file, name) -> why the name is used though it is private to somebody else.
LEANED_ON = {
    ("clinicsite/core/models/pages.py", "_slug_is_available"): (
        "Wagtail asks a page for a free slug under this name; `is_slug_free` says what Wagtail answers."
    ),
    ("benchmarks/many.py", "_insert"): "Pages made in bulk, in one query; no part of the product.",
    ("benchmarks/many.py", "_int2str"): "The paths of pages made in bulk; no part of the product.",
}

#: A dotted path or "app.Something", whole or the beginning of one that is put together.
_DOTTED = re.compile(r"\w+(\.\w+)*\.?")


@cache
def rooms():
    """The apps' packages, from the top of the house down, as the contract on layers lists them."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (layers,) = [one["layers"] for one in linter["contracts"] if one["type"] == "layers"]
    return [room for layer in layers for room in re.split(r"\s*[:|]\s*", layer)]


@cache
def files_of(room):
    files = sorted(ROOT.joinpath(*room.split(".")).rglob("*.py"))
    return [path for path in files if "migrations" not in path.parts]


def label_of(room):
    """The label by which strings such as "clinicsite_library.Release" name what lies in an app."""
    return next((app.label for app in apps.get_app_configs() if app.name == room), None)


@cache
def names_above(room):
    """What a string in this app must not begin with: the apps above it, and what puts the apps together."""
    above = rooms()[: rooms().index(room)]
    labels = [label for name in above if (label := label_of(name))]
    root = [f"clinicsite.{path.stem}" for path in ROOT.glob("clinicsite/*.py")]
    return {*above, *labels, *root, "clinicsite.settings"} - {"clinicsite.__init__"}


@cache
def nodes_of(source):
    """Every node of a file's tree, which several tests go through."""
    return list(ast.walk(ast.parse(source)))


def strings_above(source, names):
    """The strings of a file that name something above, in the order they stand."""
    for node in nodes_of(source):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _DOTTED.fullmatch(node.value):
            if any(f"{node.value}.".startswith(f"{name}.") and "." in node.value for name in names):
                yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            yield from (arg.value for arg in node.args if getattr(arg, "value", None) in names)


def test_the_rooms_are_the_apps_that_settings_install():
    assert {room for room in rooms() if label_of(room)} >= {
        "clinicsite.core",
        "clinicsite.library",
        "clinicsite.home",
    }
    assert all(files_of(room) for room in rooms())


@pytest.mark.parametrize(
    "source",
    [
        "urlconf='clinicsite.urls'",
        "models.ForeignKey('clinicsite_home.HomePage')",
        "import_string(f'clinicsite.locations.hours.{name}')",
        "apps.get_model('clinicsite_modalities', 'ConditionPage')",
        "GRANTS = ('clinicsite_library.add_synonymgroup',)",
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
        "'clinicsite_core.GoneAddress'",
        "models.ForeignKey('clinicsite_clinics.ClinicSettings')",
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
    for node in nodes_of(source):
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "ready"
        if is_function and any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node)):
            yield node.name


def test_an_import_inside_a_function_is_found():
    assert list(late_imports("def f():\n    if x:\n        from a import b")) == ["f"]
    assert list(late_imports("import a\nclass C:\n    def ready(self):\n        import b")) == []


@pytest.mark.parametrize("room", rooms())
def test_no_import_waits_until_a_function_runs(room):
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in files_of(room)
        for name in late_imports(path.read_text())
    }
    assert found == {key for key in LATE if key[0].startswith(room.replace(".", "/") + "/")}


def _is_private(name):
    # Python keeps names such as `_value_` for the classes that it makes itself, as those of enumerations.
    is_pythons = name.startswith("__") or name.endswith("_")
    return name.startswith("_") and not is_pythons and name not in DOCUMENTED


def names_kept(source):
    """The names that a file's own classes give to what they keep: methods, attributes and keys."""
    for node in nodes_of(source):
        if isinstance(node, ast.ClassDef):
            yield from (part.name for part in node.body if hasattr(part, "name"))
            targets = [target for part in node.body for target in _targets(part)]
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value):
            yield node.attr
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield _string(node.slice)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setdefault":
            yield _string(node.args[0])


def _targets(part):
    return [part.target] if isinstance(part, ast.AnnAssign) else getattr(part, "targets", [])


def _is_self(node):
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def private_names_used(source, ours=frozenset()):
    """The private names of others that a file uses, in attributes, imports and strings.

    `ours` are the names that the product's classes keep, which a class below them may read of itself.
    """
    own = set(names_kept(source))
    for node in nodes_of(source):
        for name, may_be_ours in _names_in(node):
            is_ours = name in own or (name in ours and _reads_itself(node))
            if _is_private(name) and not (may_be_ours and is_ours):
                yield name


def _names_in(node):
    """(a name as it is written, whether it may be one that our own classes keep) for one place in a file."""
    if isinstance(node, ast.Attribute):
        yield node.attr, True
    elif isinstance(node, ast.Import | ast.ImportFrom):
        module = getattr(node, "module", None) or ""
        parts = [module, *(alias.name for alias in node.names)]
        yield from ((name, False) for part in parts for name in part.split("."))
    elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in BY_NAME:
        yield from ((_string(arg), True) for arg in node.args)
    elif isinstance(node, ast.Subscript):
        yield _string(node.slice), True


def _reads_itself(node):
    read = getattr(node, "value", None)
    is_super = isinstance(read, ast.Call) and getattr(read.func, "id", "") == "super"
    return isinstance(node, ast.Attribute) and (is_super or _is_self(read))


def _string(node):
    value = getattr(node, "value", None)
    return value if isinstance(node, ast.Constant) and isinstance(value, str) else ""


@pytest.mark.parametrize(
    "source",
    [
        "request._wagtail_site = site",
        "Page._get_path(parent.path, 3, 1)",
        "self.page._cached_parent_obj",
        "from wagtail.admin.action_menu import _get_base_page_action_menu_items",
        "from wagtail._private import thing",
        "import wagtail._private",
        "getattr(page, '_cluster_related_objects', {})",
        "setattr(action.object, '_current_workflow_states', [])",
        "vars(page).get('_cached_parent_obj')",
        "page.__dict__['_cached_parent_obj']",
        "attrgetter('_raw_data')(stream)",
        "class Stream(StreamValue):\n    def first(self):\n        return self._raw_data[0]",
        "class Mine(Page):\n    def clean(self):\n        return super()._clean_slug()",
    ],
)
def test_what_others_keep_private_is_found(source):
    assert len(list(private_names_used(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "type(page)._meta.get_field('sections')",
        "model._default_manager.in_bulk(keys)",
        "row._replace(title='')",
        "page.__dict__.pop('composed', None)",
        "_('Publish')",
        "for _ in range(3):\n    pass",
        "def _made(page):\n    return page\n\n_made(_page)",
        "class A:\n    def make(self):\n        self._page = 1\n\ndef f(form):\n    return form._page",
        "self.__dict__['_place'] = place\nself.__dict__.get('_place')",
        "from clinicsite.core import wagtail_private",
    ],
)
def test_what_is_our_own_or_documented_is_passed_over(source):
    assert list(private_names_used(source)) == []


def test_a_class_may_read_what_a_class_of_ours_above_it_keeps():
    assert list(private_names_used("class A(B):\n    def go(self):\n        self._kept", {"_kept"})) == []
    assert list(private_names_used("def go(page):\n    page._kept", {"_kept"})) == ["_kept"]


def overridden(cls):
    """The private methods of somebody else's class that a class of ours gives a meaning of its own."""
    others = [base for base in cls.__mro__ if not _is_of_ours(base)]
    names = [name for name, one in vars(cls).items() if _is_private(name) and inspect.isroutine(one)]
    return {name for name in names if any(name in vars(base) for base in others)}


def _is_of_ours(cls):
    return cls.__module__.startswith(tuple(rooms()))


def test_a_private_method_of_somebody_elses_class_that_is_overridden_is_found():
    class Narrow(TextWrapper):
        def wrap(self, text):
            return self._narrowed(text)

        def _narrowed(self, text):
            return text.split()

        def _split(self, text):
            return text.split()

    Narrow.__module__ = "clinicsite.core.narrow"
    assert overridden(Narrow) == {"_split"}


def classes_of_ours():
    for name, module in sorted(sys.modules.items()):
        if name.startswith(tuple(rooms())):
            yield from (one for one in vars(module).values() if isinstance(one, type) and _is_of_ours(one))


def file_of(cls):
    return cls.__module__.replace(".", "/") + ".py"


def test_what_others_keep_private_stands_behind_one_module():
    folders = [*rooms(), "clinicsite.settings", "benchmarks", "tools"]
    paths = {path for folder in folders for path in files_of(folder)} | set(ROOT.glob("clinicsite/*.py"))
    sources = {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}
    ours = {name for source in sources.values() for name in names_kept(source)}
    used = {(path, name) for path, source in sources.items() for name in private_names_used(source, ours)}
    overrides = {(file_of(cls), name) for cls in classes_of_ours() for name in overridden(cls)}
    assert {(path, name) for path, name in used | overrides if path != PRIVATE} == set(LEANED_ON)


#: What lies beside the package in a checkout, and is part of it by symbolic links.
BESIDE = ("home", "locations", "modalities")


def short_names_in(source):
    """The imports of a file that name a room beside the package without the package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module]
        else:
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (module for module in modules if module.split(".")[0] in BESIDE)


@pytest.mark.parametrize(
    "source", ["import home", "import locations.hours", "from modalities.models import ModalityPage"]
)
def test_an_import_by_the_short_name_is_found(source):
    assert len(list(short_names_in(source))) == 1


def test_nothing_is_imported_by_its_short_name():
    """Python would load the file a second time, with models of its own."""
    assert list(short_names_in("from clinicsite.home import models\nfrom .home import models")) == []
    folders = ("benchmarks", "clinicsite", *BESIDE, "tests", "tools")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert len(paths) > 500
    assert {path: found for path in paths if (found := list(short_names_in(path.read_text())))} == {}


def test_the_rooms_beside_the_package_are_part_of_it_by_relative_links():
    links = {
        path.name: path.readlink().as_posix() for path in (ROOT / "clinicsite").iterdir() if path.is_symlink()
    }
    assert links == {name: f"../{name}" for name in BESIDE}
    for name in ("templates", "static"):
        assert (ROOT / "clinicsite/core" / name).readlink().as_posix() == f"../../{name}"


def filters_by_address_alone(source):
    """The lines of a file that look for pages by `url_path`, which has no index, and say no part of the tree.

    A part of the tree is called `below` or `above`, or asked for there and then.
    """
    for node in nodes_of(source):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "filter"
        ):
            continue
        names = [keyword.arg or "" for keyword in node.keywords]
        asked_of = ast.unparse(node.func.value)
        is_narrowed = "below" in asked_of or "descendant_of" in asked_of or "above" in asked_of
        if any(name.startswith("url_path") for name in names) and not is_narrowed:
            yield node.lineno


def test_a_filter_by_address_alone_is_found():
    assert list(filters_by_address_alone("Page.objects.filter(url_path=x)")) == [1]
    assert not list(filters_by_address_alone("Page.objects.descendant_of(root).filter(url_path=x)"))


@pytest.mark.parametrize("room", rooms())
def test_pages_are_looked_for_by_address_in_a_part_of_the_tree(room):
    """With a thousand clinics a search of all pages for an address reads every one of them."""
    found = {
        (path.relative_to(ROOT).as_posix(), line)
        for path in files_of(room)
        for line in filters_by_address_alone(path.read_text())
    }
    assert found == set()
