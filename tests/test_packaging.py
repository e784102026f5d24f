import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("clinicsite", "home", "locations", "modalities")
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
    paths = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    names = {path.relative_to(ROOT).as_posix() for path in paths if path.suffix not in (".pyc", ".pyo")}
    return {name for name in names if not name.startswith(CHECKOUT_ONLY)}


@pytest.mark.parametrize("package", PACKAGES)
def test_wheel_holds_every_module_and_data_file_of_a_package(names, package):
    expected = files_under(package)
    assert f"{package}/__init__.py" in expected
    assert expected <= names


@pytest.mark.parametrize("package", ["clinicsite/core", "home", "locations", "modalities"])
def test_wheel_holds_the_migrations(names, package):
    assert any(re.fullmatch(rf"{package}/migrations/0001_\w+\.py", name) for name in names)


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_wheel_holds_every_template_and_static_file(names, folder):
    expected = files_under(folder)
    assert expected
    assert {f"clinicsite/_site/{name}" for name in expected} <= names


def test_wheel_holds_no_tests_and_no_development_files(names):
    assert {name.split("/")[0] for name in names} <= {*PACKAGES, "clinicsite-0.1.0.dist-info"}
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


def test_settings_find_the_templates_inside_an_installed_wheel(run_installed):
    folder, lines = run_installed(
        "from clinicsite.settings import base; "
        "print(*base.TEMPLATES[0]['DIRS'], *base.STATICFILES_DIRS, base.MEDIA_ROOT, sep='\\n')"
    )
    templates, static, media = map(Path, lines)
    assert templates.is_relative_to(folder / "installed")
    assert any(templates.rglob("*.html"))
    assert any(static.rglob("*.css"))
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
