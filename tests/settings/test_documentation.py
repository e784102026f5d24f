import json
import re
import tomllib

import pytest
from django.core.management import get_commands

from clinicsite.core.conf import KEYS
from clinicsite.settings.environment import VARIABLES
from tests.settings.conftest import ROOT

REFERENCE = ROOT / "docs" / "reference"
#: The part of the settings' reference that lists keys of `CLINICSITE`.
OWN_SETTINGS = "The product's own settings"
OUR_APPS = ("clinicsite",)


def rows_of(page, *headings):
    """The first cells of the page's tables, where they are in code letters; of some parts, or of all."""
    parts = (REFERENCE / page).read_text().split("\n## ")
    shown = "\n".join(part for part in parts if not headings or part.startswith(headings))
    return re.findall(r"^\| `([^`]+)` \|", shown, re.MULTILINE)


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_environment_variable_is_documented_as_it_is(variable):
    if variable.required_in_production:
        default = f"`{variable.default}`; production: must be set"
    else:
        default = f"`{variable.default}`" if variable.default else "not set"
    row = f"| `{variable.name}` | {variable.kind.word} | {default} | {variable.help} |"
    assert row in (REFERENCE / "settings.md").read_text().splitlines()


def test_no_variable_is_documented_that_nothing_reads():
    parts = (REFERENCE / "settings.md").read_text().split("\n## ")
    headings = [part.splitlines()[0] for part in parts[1:] if not part.startswith(OWN_SETTINGS)]
    documented = [name for name in rows_of("settings.md", *headings) if name.isupper()]
    assert sorted(documented) == sorted(variable.name for variable in VARIABLES)


def _as_written(default):
    return json.dumps(default) if isinstance(default, str) else default


def test_each_key_of_the_products_own_dictionary_is_documented_as_it_is():
    parts = (REFERENCE / "settings.md").read_text().split("\n## ")
    (part,) = [part for part in parts if part.startswith(OWN_SETTINGS)]
    rows = [line for line in part.splitlines() if line.startswith("| `")]
    words = {
        str: "text",
        bool: "yes or no",
        int: "whole number",
        (str, type(None)): "text, or none",
        dict: "dictionary",
    }
    assert rows == [
        f"| `{name}` | {words[key.kind]} | `{_as_written(key.default)}` | {key.help} |"
        for name, key in KEYS.items()
    ]


def test_every_management_command_of_ours_is_documented():
    ours = [name for name, app in get_commands().items() if isinstance(app, str) and app.startswith(OUR_APPS)]
    assert set(ours) <= set(rows_of("commands.md"))


def test_every_make_target_is_documented():
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets
    assert {f"make {target}" for target in targets} <= set(rows_of("commands.md"))


def test_every_dependency_is_documented_with_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.match(r"[\w-]+", requirement).group().lower() for requirement in wanted}
    assert names == {name.lower() for name in rows_of("dependencies.md", "To run", "To develop and test")}
