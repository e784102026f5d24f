import re
import tomllib

import pytest
from django.core.management import get_commands

from clinicsite.settings.environment import VARIABLES
from tests.settings.conftest import ROOT

REFERENCE = ROOT / "docs" / "reference"
OUR_APPS = ("clinicsite", "home", "locations", "modalities")


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
    documented = [name for name in rows_of("settings.md") if name.isupper()]
    assert sorted(documented) == sorted(variable.name for variable in VARIABLES)


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
