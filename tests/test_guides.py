"""What the guides tell people to type exists and is spelt right; the production guide works in its order."""

import os
import re
import shlex
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class
from wagtail.models import Site

from clinicsite.provisioning.agency import setup_agency
from tests.settings.conftest import PRODUCTION

ROOT = Path(__file__).resolve().parents[1]
GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: A command of Django's, as it stands in a shell, a crontab or a unit of systemd.
COMMAND = re.compile(r"(?:manage\.py|django-admin) (\w+[^&|#\n`]*)")
BLOCK = re.compile(r"^```(?:sh)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRODUCTION_GUIDE = ROOT / "docs/how-to/agency-run-in-production.md"
#: Asks the person at the keyboard, or never ends.
ASKS, STAYS = "createsuperuser", "run_worker"


def commands_in(path):
    """The commands for Django of a guide, each as its words."""
    text = path.read_text(encoding="utf-8")
    return [shlex.split(command) for command in COMMAND.findall(text)]


def all_commands():
    return [
        pytest.param(words, id=f"{path.name}: {' '.join(words)}")
        for path in GUIDES
        for words in commands_in(path)
    ]


def test_the_guides_have_commands():
    assert len(all_commands()) > 25


@pytest.mark.parametrize("words", all_commands())
def test_a_command_of_a_guide_exists_and_takes_these_options(words, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    name, *options = words
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)
    # An option cut short would be taken too, until another begins alike.
    known = parser.format_help()
    assert [one for one in options if one[:1] == "-" and one.partition("=")[0] not in known] == []
    assert parser.parse_args(options).verbosity in range(4)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_no_guide_sends_people_into_a_python_shell(path):
    typed = [words[0] for words in commands_in(path)]
    assert {"shell", "shell_plus", "dbshell"}.isdisjoint(typed)
    assert "objects.create(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_a_target_of_make_that_a_guide_names_exists(path):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    blocks = "".join(BLOCK.findall(path.read_text(encoding="utf-8")))
    assert set(re.findall(r"^make ([\w-]+)", blocks, re.MULTILINE)) <= targets


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_a_test_that_a_guide_names_exists(path):
    blocks = "".join(BLOCK.findall(path.read_text(encoding="utf-8")))
    named = re.findall(r"\btests/[\w/.]+", blocks)
    assert [one for one in named if not (ROOT / one).exists()] == []


def test_the_production_guide_works_from_its_first_start_to_its_nights(tmp_path):
    environ = {
        "PATH": os.environ["PATH"],
        **PRODUCTION,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'production.sqlite3'}",
        "REDIS_URL": "",
        "EMAIL_URL": "consolemail://",
        "TASKS_BACKEND": "database",
        "TRUSTED_PROXY_COUNT": "1",
        "STATIC_ROOT": str(tmp_path / "static"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "DJANGO_SUPERUSER_USERNAME": "boss",
        "DJANGO_SUPERUSER_EMAIL": "boss@agency.example",
        "DJANGO_SUPERUSER_PASSWORD": "calm needles at noon",
    }
    said = {}
    for words in commands_in(PRODUCTION_GUIDE):
        if words[0] == STAYS or " ".join(words) in said:
            continue
        unattended = ["--noinput"] if words[0] == ASKS else []
        finished = subprocess.run(
            [sys.executable, "manage.py", *words, *unattended],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, (words, finished.stdout[-2000:] + finished.stderr[-2000:])
        said[" ".join(words)] = finished.stdout
    assert "Made the page “Library” at the top of the tree" in said["setup_agency --remove-welcome"]
    assert "Superuser created" in said["createsuperuser"]
    assert "no issues" in said["check --deploy --fail-level WARNING"]
    assert {"migrate", "publish_scheduled", "purge_messages", "clearsessions"} <= said.keys()


@pytest.mark.django_db
def test_the_guide_to_making_a_clinic_works_as_it_is_typed(tmp_path, monkeypatch):
    guide = ROOT / "docs/how-to/agency-make-a-clinic.md"
    monkeypatch.chdir(tmp_path)
    for name, kind in (("chain.toml", "toml"), ("branches.csv", "csv")):
        (block,) = re.findall(rf"^```{kind}\n(.*?)^```$", guide.read_text(), re.MULTILINE | re.DOTALL)
        Path(name).write_text(block)
    setup_agency()
    for words in commands_in(guide):
        said = StringIO()
        typed, sign, file = (" ".join(words)).partition(" > ")
        call_command(*typed.split(), stdout=said)
        if sign:
            Path(file).write_text(said.getvalue())
    hosts = set(Site.objects.values_list("hostname", flat=True))
    assert hosts >= {"lakeside.localhost", "alder.localhost", "birch.localhost"}
