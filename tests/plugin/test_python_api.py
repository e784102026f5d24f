"""The page on the Python API and the code name the same things."""

import inspect
import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django.dispatch import Signal

from clinicsite import pages, plugin, signals
from clinicsite.settings import parts
from clinicsite.signals import GivenAnswer
from tests.plugin import api

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = ("Functions and classes", "Page types", "Signals")
NAMES = [row for heading in HEADINGS for row in api.names_in(heading)]
#: Modules whose every name that is meant for others is public.
WHOLLY_PUBLIC = (plugin, pages, parts, signals)


def found(dotted):
    module, _, name = dotted.rpartition(".")
    return getattr(import_module(module), name)


@pytest.mark.parametrize(("name", "parameters", "since"), NAMES, ids=lambda value: str(value))
def test_what_the_page_names_is_there_with_these_parameters(name, parameters, since):
    thing = found(name)
    if inspect.isfunction(thing):
        assert list(inspect.signature(thing).parameters) == parameters
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert [int(part) for part in since.split(".")] <= [int(part) for part in version.split(".")]


@pytest.mark.parametrize("module", WHOLLY_PUBLIC, ids=lambda module: module.__name__)
def test_what_a_public_module_offers_is_on_the_page(module):
    documented = {name for name, _, _ in NAMES if name.rpartition(".")[0] == module.__name__}
    assert documented == {f"{module.__name__}.{name}" for name in module.__all__}


def test_every_signal_has_its_arguments_on_the_page():
    ours = [name for name in signals.__all__ if isinstance(getattr(signals, name), Signal)]
    assert len(ours) == 5
    assert all(api.arguments_of(name) for name in ours)


def test_every_module_that_the_page_names_can_be_imported():
    rows = [line for line in api.part("Modules").splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(clinicsite[\w.]*)`", row.split("|")[1])]
    assert len(named) > 4
    # Production's settings need their variables; that it is there is enough here.
    assert [name for name in named if not (ROOT / name.replace(".", "/")).with_suffix(".py").is_file()] == []


def test_the_page_has_every_word_for_an_answer_and_no_other():
    words = re.findall(r"^\| `([a-z-]+)` \|", api.part("Words for answers"), re.MULTILINE)
    assert words == [answer.value for answer in GivenAnswer]


def test_the_custom_properties_that_are_promised_are_there():
    part = (
        (ROOT / "docs/reference/look.md").read_text(encoding="utf-8").split("## Tokens")[1].split("\n## ")[0]
    )
    promised = set(re.findall(r"`(--[\w-]+)`", part))
    css = "".join(path.read_text() for path in (ROOT / "static/clinicsite/css").rglob("*.css"))
    assert len(promised) > 20
    assert {name for name in promised if not re.search(rf"{name}:", css)} == set()


def test_a_page_type_has_every_attribute_that_the_page_names():
    both, of_followers = api.part("Page types").split("And of `FollowerPage` alone:")
    attributes = [
        (kind, name)
        for kinds, text in (
            ((pages.FollowerPage, pages.FollowerIndexPage), both),
            ((pages.FollowerPage,), of_followers),
        )
        for row in re.findall(r"^\| (`(?!clinicsite)[^|]+) \|", text, re.MULTILINE)
        for name in re.findall(r"`(\w+)(?:\([\w, ]*\))?`", row)
        for kind in kinds
    ]
    assert len(attributes) > 20
    assert [(kind.__name__, name) for kind, name in attributes if not hasattr(kind, name)] == []
