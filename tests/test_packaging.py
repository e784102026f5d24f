import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: Apps for whoever works on the project, which no install needs.
CHECKOUT_ONLY = ("clinicsite/demo/", "clinicsite/styleguide/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    finished = subprocess.run(build, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (path,) = folder.glob("clinicsite-*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_under(folder):
    walked = os.walk(ROOT / folder, followlinks=True)
    paths = [Path(where) / name for where, _, files in walked for name in files]
    names = {path.relative_to(ROOT).as_posix() for path in paths if path.suffix not in (".pyc", ".pyo")}
    return {name for name in names if not name.startswith(CHECKOUT_ONLY)}


def test_wheel_holds_every_module_template_and_static_file_of_the_one_package(names):
    """The rooms beside it, the templates and the static files are there by its symbolic links."""
    expected = files_under("clinicsite")
    some = {
        "clinicsite/home/blog/models.py",
        "clinicsite/locations/hours/clock.py",
        "clinicsite/modalities/migrations/0001_initial.py",
        "clinicsite/core/templates/clinicsite/base.html",
        "clinicsite/core/static/clinicsite/css/base.css",
    }
    assert some <= expected
    assert expected <= names


def test_wheel_holds_no_tests_and_no_development_files(names):
    assert {name.split("/")[0] for name in names} == {"clinicsite", "clinicsite-0.1.0.dist-info"}
    assert [name for name in names if name.startswith(CHECKOUT_ONLY)] == []


@pytest.fixture(scope="module")
def run_installed(wheel, tmp_path_factory):
    """Run Python where the wheel is installed, far from a checkout: its folder, and the lines printed."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")

    def run(code):
        command = [sys.executable, "-c", code]
        environ = {"PYTHONPATH": str(folder / "installed")}
        finished = subprocess.run(
            command, cwd=folder, env=environ, capture_output=True, text=True, check=True
        )
        return folder, finished.stdout.splitlines()

    return run


def test_an_installed_wheel_finds_its_templates_and_keeps_files_where_it_is_run(run_installed):
    folder, lines = run_installed(
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'clinicsite.settings.development'; "
        "import django; django.setup(); from django.conf import settings; "
        "from django.contrib.staticfiles.finders import find; "
        "from django.template.loader import get_template; "
        "print(get_template('clinicsite/base.html').origin, find('clinicsite/css/base.css'), "
        "settings.MEDIA_ROOT, sep='\\n')"
    )
    template, stylesheet, media = map(Path, lines)
    assert template.is_relative_to(folder / "installed")
    assert stylesheet.is_relative_to(folder / "installed")
    assert media == folder / "media"


@pytest.mark.parametrize("settings", ["base", "development"])
def test_an_installed_wheel_asks_for_no_app_that_it_leaves_out(run_installed, settings):
    _, installed = run_installed(
        f"from clinicsite.settings import {settings}; print(*{settings}.INSTALLED_APPS, sep='\\n')"
    )
    assert "clinicsite.core" in installed
    assert [name for name in installed if f"{name.replace('.', '/')}/" in CHECKOUT_ONLY] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_a_hash_and_names_no_other_source(name):
    text = (ROOT / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) > 50
    for line in lines:
        assert re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_development_pins_the_same_releases_as_production():
    def pins(name):
        return set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_requirements_hold_every_dependency_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = (ROOT / "requirements.txt").read_text()
    for requirement in project["dependencies"]:
        name = re.match(r"[\w-]+", requirement).group().lower()
        assert re.search(rf"^{name}(\[.+\])?==", pinned, re.MULTILINE), name
