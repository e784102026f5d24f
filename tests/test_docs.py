import re
import tomllib
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.core.management import get_commands
from wagtail.models import Page, get_page_models

from clinicsite.clinics.models import ClinicRole
from clinicsite.clinics.roles import MODEL_GRANTS
from clinicsite.core.blocks import BodyBlock
from clinicsite.library.composition import Lock, State
from clinicsite.library.panels import STATE_LABELS
from clinicsite.library.section_kinds import SectionKind
from clinicsite.library.tokens.names import TOKENS
from clinicsite.settings.environment import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
OUR_APPS = ("clinicsite", "home", "locations", "modalities")

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def reference(name):
    return (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def prose_of(path):
    """The page without its code samples."""
    return _CODE.sub("", path.read_text(encoding="utf-8"))


def anchors_of(path):
    """The ids that headings get where the pages are shown."""
    headings = _HEADING.findall(prose_of(path))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links_in(path):
    for target in _LINK.findall(prose_of(path)):
        if re.match(r"[a-z]+:", target):
            continue
        address, _, anchor = unquote(target).partition("#")
        linked = (path.parent / address).resolve() if address else path
        if not linked.is_file() or (anchor and anchor not in anchors_of(linked)):
            yield target


def rooms():
    """The apps' packages, as the contract on layers lists them."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = [one["layers"] for one in linter["contracts"] if one["type"] == "layers"]
    return [room for layer in layers for room in re.split(r"\s*[:|]\s*", layer)]


def answers():
    """(file, what to begin at) of each row of the architecture's table of questions."""
    table = (DOCS / "architecture.md").read_text(encoding="utf-8")
    return re.findall(r"^\| [^|]+\? \| `([^`]+)` \| `(\w+)` \|$", table, re.MULTILINE)


def our_page_types():
    models = [model for model in get_page_models() if model is not Page]
    return [model for model in models if model.__module__.startswith(OUR_APPS)]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(path):
    assert list(broken_links_in(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_begins_with_its_one_title(path):
    titles = re.findall(r"^# .+$", prose_of(path), re.MULTILINE)
    assert len(titles) == 1
    assert prose_of(path).startswith(titles[0])


def test_the_index_leads_to_every_page_of_the_documentation():
    index = DOCS / "README.md"
    linked = {(DOCS / target.partition("#")[0]).resolve() for target in _LINK.findall(prose_of(index))}
    assert {name_of(path) for path in DOCS.rglob("*.md") if path != index and path not in linked} == set()


def test_the_picture_of_the_architecture_names_every_room_and_has_its_text_as_text():
    picture = ElementTree.parse(DOCS / "images" / "architecture.svg")
    written = [one.text for one in picture.iter("{http://www.w3.org/2000/svg}text")]
    drawn = [text for text in written if text in rooms()]
    assert drawn == rooms()


def test_every_question_is_answered_in_the_file_the_architecture_names():
    found = answers()
    assert len(found) > 20
    assert len(found) == (DOCS / "architecture.md").read_text(encoding="utf-8").count("? |")
    for file, name in found:
        source = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(def|class) {name}\b|^{name}\b.* = ", source, re.MULTILINE), (file, name)


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_environment_variable_is_in_the_reference(variable):
    assert f"`{variable.name}`" in reference("settings")


def test_every_management_command_of_ours_is_in_the_reference():
    ours = [name for name, app in get_commands().items() if isinstance(app, str) and app.startswith(OUR_APPS)]
    assert ours
    assert [name for name in ours if f"`{name}`" not in reference("commands")] == []


@pytest.mark.parametrize("kind", SectionKind, ids=str)
def test_every_kind_of_section_is_in_the_reference_by_its_label(kind):
    assert f"| `{kind.value}` | {kind.label} |" in reference("blocks")


def test_every_block_of_a_sections_body_is_in_the_reference_by_its_label():
    for name, block in BodyBlock().child_blocks.items():
        assert f"| `{name}` | {block.label} |" in reference("blocks")


def test_the_reference_has_every_token_and_no_other():
    documented = re.findall(r"^\| `\{(\w+)\}` \|", reference("tokens"), re.MULTILINE)
    assert documented == list(TOKENS)


@pytest.mark.parametrize("group", MODEL_GRANTS)
def test_every_group_of_the_agency_is_in_the_reference(group):
    assert f"| `{group}` |" in reference("roles")


@pytest.mark.parametrize("role", ClinicRole.Role, ids=str)
def test_every_role_at_a_clinic_is_in_the_reference(role):
    assert f"| {role.value} | `<host>: {role.label.lower()}s` |" in reference("roles")


@pytest.mark.parametrize("model", our_page_types(), ids=lambda model: model.__name__)
def test_every_page_type_is_in_the_reference_by_the_name_editors_see(model):
    assert f"| `{model.__name__}` | {model._meta.verbose_name} |" in reference("content-types")


@pytest.mark.parametrize("state", State, ids=str)
def test_every_state_of_a_section_is_in_the_reference_by_its_word(state):
    word, _ = STATE_LABELS[state]
    assert f"| `{state.value}` | {word} |" in reference("composition")


@pytest.mark.parametrize("lock", Lock, ids=str)
def test_every_lock_is_in_the_reference(lock):
    assert f"| `{lock.value}` |" in reference("composition")


def test_decisions_are_numbered_without_gaps():
    numbers = [path.name.split("-")[0] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_a_decision_has_its_number_context_decision_and_consequences(path):
    title, *parts = _HEADING.findall(prose_of(path))
    assert title.startswith(f"{int(path.name[:4])}. ")
    assert parts == ["Context", "Decision", "Consequences"]


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_a_decision_fits_on_one_page(path):
    assert len(path.read_text(encoding="utf-8").split()) < 450
