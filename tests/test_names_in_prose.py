"""What comments, docstrings and documentation name by a file's or a module's name is there."""

import ast
import re
import tokenize
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (
    "benchmarks",
    "clinicsite",
    "docs",
    "home",
    "locations",
    "modalities",
    "static",
    "templates",
    "tests",
    "tools",
)
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
#: Files of a running install or of other projects, which this repository does not hold.
ELSEWHERE = {
    "agency/settings/base.py",
    "agency/settings/production.py",
    "agency/urls.py",
    "agency/wsgi.py",
    "axe.min.js",
    "chain.toml",
    "db.sqlite3",
    "lakeside.toml",
    "wagtailadmin/generic/base.html",
}
#: What a reader makes who follows one of the recipes in docs/how-to.
MADE_BY_RECIPES = {
    "blocks/definition.html",
    "components/definition.html",
    "clinicsite.home.pages.fees",
    "home/pages/fees.py",
    "static/clinicsite/css/components/definition.css",
    "templates/clinicsite/blocks/definition.html",
    "templates/clinicsite/components/definition.html",
    "clinicsite/home/fees_page.html",
    "templates/clinicsite/home/fees_page.html",
}

_FILE = re.compile(r"(?<![\w*{}<>/.-])((?:[\w-]+/)*[\w-]+\.(?:css|html|js|json|md|py|toml))\b(?![*{}<-])")
_MODULE = re.compile(r"(?<![\w./])((?:clinicsite|tests|tools)(?:\.[a-z_]\w*)+)\b(?![/@])")


@cache
def files():
    """Every file of the repository, by its path and by each end of its path."""
    names = set()
    for folder in ("", *FOLDERS):
        for path in (ROOT / folder).glob("*" if not folder else "**/*"):
            parts = path.relative_to(ROOT).parts
            names |= {"/".join(parts[start:]) for start in range(len(parts))}
    return names


def prose_of(path):
    """The comments and docstrings of a module."""
    with tokenize.open(path) as source:
        comments = [
            token.string
            for token in tokenize.generate_tokens(source.readline)
            if token.type == tokenize.COMMENT
        ]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, documented)]
    return "\n".join([*comments, *docstrings])


def is_module(name):
    """Whether a dotted name leads to a module, or to something that a module defines."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        base = ROOT.joinpath(*parts[:length])
        module = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
        if base.is_dir() or module.is_file():
            return len(parts) == length or (module.is_file() and parts[length] in _defined(module))
    return False


def _defined(module):
    return set(re.findall(r"\w+", module.read_text(encoding="utf-8")))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def is_model(name):
    """Whether `clinicsite_home.blogpage` or `clinicsite_home.BlogPage` is a model."""
    return name.lower() in {model._meta.label_lower for model in apps.get_models()}


def missing_in(text):
    """Names in a text that lead nowhere."""
    named = {name for name in _FILE.findall(text) if name not in files() and name not in ELSEWHERE}
    modules = {name for name in _MODULE.findall(text) if not (is_module(name) or is_model(name))}
    return named | modules


def test_comments_and_docstrings_name_only_what_is_there():
    assert {name_of(path): missing_in(prose_of(path)) for path in SOURCES if missing_in(prose_of(path))} == {}


def test_the_documentation_names_only_what_is_there():
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in PAGES if path.name != "CHANGELOG.md"}
    missing = {name: missing_in(text) - MADE_BY_RECIPES for name, text in texts.items()}
    assert {name: names for name, names in missing.items() if names} == {}


def test_a_recipe_makes_what_is_not_there_yet():
    recipes = [path for path in PAGES if path.name.startswith("developer-")]
    named = set().union(*(missing_in(path.read_text(encoding="utf-8")) for path in recipes))
    assert named == MADE_BY_RECIPES


def test_what_is_not_there_is_found():
    text = "See `plan.md`, tests/core/nothing.py, clinicsite.core.nothing and clinicsite.core.checks.nothing."
    assert missing_in(text) == {
        "plan.md",
        "tests/core/nothing.py",
        "clinicsite.core.nothing",
        "clinicsite.core.checks.nothing",
    }
