"""Projects of other people's, made as they make them, with the product added from its wheel."""

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: What a project adds to its apps.
APPS = """
INSTALLED_APPS = [
    *INSTALLED_APPS,
    "clinicsite.provisioning",
    "clinicsite.home",
    "clinicsite.locations",
    "clinicsite.modalities",
    "clinicsite.library",
    "clinicsite.clinics",
    "clinicsite.core",
    "wagtail.contrib.settings",
    "django_tasks",
    "phonenumber_field",
    "django.contrib.humanize",
]
"""


@pytest.fixture(scope="package")
def installed(tmp_path_factory) -> Path:
    """A folder with what the wheel installs."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    finished = subprocess.run(build, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (wheel,) = folder.glob("clinicsite-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "packages")
    return folder / "packages"


@dataclass
class Project:
    """A Wagtail project in a folder, of which `installed` says where the product is."""

    folder: Path
    installed: Path
    settings: str = "agency.settings.dev"

    def manage(self, *arguments: str) -> str:
        """Run a command of the project; what it printed."""
        return self._run("manage.py", *arguments)

    def ask(self, code: str) -> str:
        """Run Python in the project, after Django is set up; what it printed."""
        return self._run("-c", f"import django; django.setup()\n{code}")

    def add_clinicsite(self) -> None:
        """Change the settings as the product's guide says."""
        text = f"from .dev import *\n{APPS}"
        (self.folder / "agency/settings/with_clinics.py").write_text(text, encoding="utf-8")
        self.settings = "agency.settings.with_clinics"

    def remove_clinicsite(self) -> None:
        """Go back to the settings from before."""
        self.settings = "agency.settings.dev"

    def _run(self, *arguments):
        environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(self.installed)]),
        }
        finished = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout


@pytest.fixture
def start_project(tmp_path, installed):
    """Make a project with `wagtail start` and put files into it: a dictionary of names and texts."""

    def start(files=(), added_settings=""):
        folder = tmp_path / "site"
        folder.mkdir()
        command = [sys.executable, "-m", "wagtail.bin.wagtail", "start", "agency", str(folder)]
        subprocess.run(command, capture_output=True, text=True, check=True)
        for name, text in dict(files).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        base = folder / "agency/settings/base.py"
        base.write_text(base.read_text(encoding="utf-8") + added_settings, encoding="utf-8")
        return Project(folder, installed)

    return start
