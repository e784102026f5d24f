"""A project puts templates of its own in the place of ours, and fills the blocks that it is promised."""

import re
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as project
from django.test import Client

from tests.factories import ClinicFactory
from tests.factories.everything import PUBLIC_PAGE_TYPES, Everything

BASE = Path(project.BASE_DIR) / "templates/clinicsite/base.html"
BLOCKS = re.findall(r"{% block (\w+) %}", BASE.read_text(encoding="utf-8"))
#: What each page type fills itself.
FILLED_BY_PAGES = {"prepare", "preload", "title", "main"}
#: What a leaflet leaves out, since it is meant for paper, and says itself.
OTHERWISE_ON_PAPER = {
    "robots",
    "head_of_page",
    "structured_data",
    "consent",
    "header",
    "before_content",
    "after_content",
    "footer",
    "action_bar",
}
PROMISED = (Path(project.BASE_DIR) / "docs/reference/templates.md").read_text(encoding="utf-8")
every_page_type = pytest.mark.parametrize("model", PUBLIC_PAGE_TYPES, ids=lambda model: model.__name__)


@pytest.fixture(scope="module")
def everything(kept_database):
    return Everything(ClinicFactory(hostname="own-templates.localhost"), several=1)


@pytest.fixture
def put(settings, tmp_path):
    """Put a template of the project's in the place of one of ours: it marks each of these blocks."""

    def put_template(name, blocks):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        marked = "".join(f"{{% block {one} %}}{{{{ block.super }}}}⟦{one}⟧{{% endblock %}}" for one in blocks)
        path.write_text(f'{{% extends "{name}" %}}{marked}', encoding="utf-8")
        engines = deepcopy(project.TEMPLATES)
        engines[0]["DIRS"] = [tmp_path]
        settings.TEMPLATES = engines

    return put_template


def marks_on(host, path, status=200):
    """The blocks whose mark stands on a page, in order."""
    answer = Client(HTTP_HOST=host).get(path)
    assert answer.status_code == status
    return re.findall(r"⟦(\w+)⟧", answer.text)


def address_of(page):
    return page.get_url_parts()[2]


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 3, 2, 15, tzinfo=UTC), tick=False)
@every_page_type
def test_a_page_types_template_is_overridden_and_each_block_extended(everything, put, model):
    page = everything.pages[model]
    browser = Client(HTTP_HOST=everything.clinic.host)
    # A first view has pictures made that the next one shows.
    before = [browser.get(address_of(page)).text for _view in range(3)][-1]
    put(model.template, BLOCKS)
    assert sorted(marks_on(everything.clinic.host, address_of(page))) == sorted(BLOCKS)
    after = browser.get(address_of(page)).text
    assert without_marks(after) == without_marks(before)


def without_marks(text):
    """The page without what a project added, nor what differs between any two views."""
    return re.sub(r"⟦\w+⟧|\s+|csrfmiddlewaretoken\S+ value=\S+", "", text)


@pytest.mark.django_db
@every_page_type
def test_a_base_of_the_projects_own_is_that_of_every_page(everything, put, model):
    put("clinicsite/base.html", BLOCKS)
    shown = set(marks_on(everything.clinic.host, address_of(everything.pages[model])))
    # On a form the bar would lie over what one types, so the contact page leaves it out until it is sent.
    left_out = {"action_bar"} if model.__name__ == "ContactPage" else set()
    assert shown | FILLED_BY_PAGES | left_out == set(BLOCKS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("own-templates.localhost", "/search/", 200),
        ("own-templates.localhost", "/search/?q=needle", 200),
        ("own-templates.localhost", "/nothing-here/", 404),
        ("localhost", "/", 200),
    ],
)
def test_a_base_of_the_projects_own_is_that_of_other_pages_too(everything, put, host, path, status):
    put("clinicsite/base.html", BLOCKS)
    of_a_clinic = set() if host == "localhost" else {"action_bar"}
    shown = set(marks_on(host, path, status)) | FILLED_BY_PAGES | {"description", "robots"}
    assert shown == set(BLOCKS) - {"action_bar"} | of_a_clinic


@pytest.mark.django_db
def test_a_leaflet_keeps_its_paper_free_of_what_stands_round_a_page(everything, put):
    put("clinicsite/base.html", BLOCKS)
    (page,) = [one for model, one in everything.pages.items() if model.__name__ == "ModalityPage"]
    shown = set(marks_on(everything.clinic.host, f"{address_of(page)}leaflet/"))
    assert shown == set(BLOCKS) - {"title", "main"} - OTHERWISE_ON_PAPER


def test_the_reference_names_each_page_types_template():
    rows = re.findall(r"^\| `(\w+)` \| `([\w/.]+)` \|$", PROMISED, re.MULTILINE)
    assert rows == [(model.__name__, model.template) for model in PUBLIC_PAGE_TYPES]
    apps = {model.__name__: model._meta.app_label.removeprefix("clinicsite_") for model in PUBLIC_PAGE_TYPES}
    named = {name: path.split("/")[1:] for name, path in rows}
    words = {name: re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in apps}
    assert named == {name: [app, f"{words[name]}.html"] for name, app in apps.items()}


def test_the_reference_names_each_block_in_its_order():
    part = PROMISED.split("## Blocks")[1].split("## What may change")[0]
    assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) == BLOCKS


def test_every_template_that_the_reference_names_is_there():
    named = set(re.findall(r"`(clinicsite/[\w/]+\.html)`", PROMISED))
    assert len(named) > 20
    assert [name for name in named if not (BASE.parents[1] / name).is_file()] == []
