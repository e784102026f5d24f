"""Projects of other people's, made as they make them, with the product added from its wheel."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.plugin import guide

ROOT = Path(__file__).resolve().parents[2]
#: Where the suite runs on PostgreSQL the projects do too, each in a schema of its own.
POSTGRESQL = """
import environ

DATABASES = {{"default": environ.Env().db_url_config({url!r})}}
DATABASES["default"]["OPTIONS"] = {{"options": "-c search_path={schema}"}}
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
    #: Where databases of such projects are kept from run to run.
    kept: Path
    settings: str = "agency.settings.dev"
    #: File -> what stood in it before; None where it was not there.
    before: dict[str, str | None] = field(default_factory=dict)
    has_grown: bool = False

    def manage(self, *arguments: str) -> str:
        """Run a command of the project; what it printed."""
        return self._run("manage.py", *arguments)

    def migrate(self) -> None:
        """Make the tables of a project without the product: on SQLite once, from then on as a copy."""
        kept = self.kept / f"{self._shape()}.sqlite3"
        database = self.folder / "db.sqlite3"
        if kept.exists():
            shutil.copyfile(kept, database)
            return
        self.manage("migrate", "--verbosity", "0")
        if database.exists():
            half = kept.with_suffix(f".{os.getpid()}")
            shutil.copyfile(database, half)
            half.rename(kept)

    def _shape(self) -> str:
        """Names what its tables follow from: packages and code, but for dates and the secret in it."""
        digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
        for package in sorted(f"{one.name} {one.version}" for one in distributions()):
            digest.update(package.encode())
        for path in sorted(self.folder.rglob("*.py")):
            lines = path.read_text(encoding="utf-8").splitlines()
            code = [line for line in lines if not line.startswith(("#", "SECRET_KEY"))]
            digest.update("\n".join([path.relative_to(self.folder).as_posix(), *code]).encode())
        return digest.hexdigest()[:16]

    def ask(self, code: str) -> str:
        """Run Python in the project, after Django is set up; what it printed."""
        return self._run("-c", f"import django; django.setup()\n{code}")

    def ask_at_once(self, *codes: str) -> list[str]:
        """Run each of these in the same process, one after the other; what each printed."""
        return self.ask('\nprint("\\0", end="")\n'.join(codes)).split("\0")

    def append(self, name: str, code: str) -> None:
        """Put code at the end of a file, or into a new one, and remember what it was like before."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8") if path.exists() else None
        self.before.setdefault(name, text)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code if text is None else f"{text}\n{code}", encoding="utf-8")

    def add_clinicsite(self) -> str:
        """Do what the product's guide says; what the commands printed."""
        installing, _removing = guide.parts()
        return guide.follow(self, installing)

    def remove_clinicsite(self) -> str:
        """Do what the guide says of removal, and put the files back as they were."""
        _installing, removing = guide.parts()
        said = guide.follow(self, removing)
        self.put_back(*self.before)
        return said

    def add_page_types(self) -> str:
        """Do what the guide on page types of one's own says; what the commands printed."""
        adding, _removing = guide.parts(guide.PAGE_TYPES, "Take it out again")
        return guide.follow(self, adding)

    def put_back(self, *names: str) -> None:
        """Put these files back as they were."""
        for name in names:
            text, path = self.before[name], self.folder / name
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")

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


def _maintenance_database():
    """The database that is always there, on the server that the suite uses."""
    server, _slash, _name = os.environ.get("DATABASE_URL", "").rpartition("/")
    return f"{server}/postgres"


@pytest.fixture(scope="module")
def project_database():
    """The address of a database of PostgreSQL for one project; empty where the suite runs on SQLite."""
    url = _maintenance_database()
    if not url.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"project_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
        yield url.removesuffix("postgres") + name
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def schema():
    """A schema of PostgreSQL for one project; None where the suite runs on SQLite."""
    url = _maintenance_database()
    if not url.startswith("postgres"):
        yield None
        return
    import psycopg

    name = f"project_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        connection.execute(f"CREATE SCHEMA {name}")
        yield name
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def start_project(tmp_path, installed, schema, pytestconfig):
    """Make a project with `wagtail start` and put files into it: a dictionary of names and texts."""

    def start(files=(), added_settings=""):
        folder = tmp_path / "site"
        folder.mkdir()
        command = [sys.executable, "-m", "wagtail.bin.wagtail", "start", "agency", str(folder)]
        subprocess.run(command, capture_output=True, text=True, check=True)
        for name, text in dict(files).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        if schema:
            added_settings += POSTGRESQL.format(url=_maintenance_database(), schema=schema)
        base = folder / "agency/settings/base.py"
        base.write_text(base.read_text(encoding="utf-8") + added_settings, encoding="utf-8")
        return Project(folder, installed, pytestconfig.cache.mkdir("projects"))

    return start
