"""Databases that are made once and copied: the migrated one, and those that tests build on top of it.

Running every migration takes half a minute, building the demo as long. Both are done once and kept: the
migrated database from one run to the next under a key of all that shaped it, others for one run. A process of
tests works on a copy, as a file on SQLite, as a database made from a template on PostgreSQL.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sys
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from clinicsite.provisioning import welcome

#: What shapes a migrated database besides the migrations: who writes schema, content types and permissions.
PACKAGES = ("django", "wagtail", "modelsearch", "django-taggit", "django-tasks-db")
#: Begins the name of every database that is a template of ours.
TEMPLATE = "clinicsite_template_"
#: Begins the name of a kept database that outlasts the run.
MIGRATED = "migrated-"


def migrations_key():
    """Name what a migrated database follows from: every migration, the packages and the kind of database."""
    digest = hashlib.sha256(f"{connection.vendor} {sys.version_info[:2]}".encode())
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}".encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{path.name}".encode())
            digest.update(path.read_bytes())
    digest.update(Path(welcome.__file__).read_bytes())
    return digest.hexdigest()[:16]


class SQLiteStore:
    """Keeps databases as files: the migrated one in a folder that stays, others in that of the run."""

    def __init__(self, kept_folder, run_folder):
        self.kept_folder = Path(kept_folder)
        self.run_folder = Path(run_folder)
        # A process that is forked from another has the same settings, and needs a file of its own.
        self.working = f"{settings.DATABASES['default']['TEST']['NAME']}.{os.getpid()}"

    def holds(self, name):
        """Whether a database was kept under this name."""
        return self._file(name).exists()

    def keep(self, name):
        """Keep the database that is in use under a name."""
        connections.close_all()
        half = self._file(name).with_suffix(".half-copied")
        shutil.copyfile(self.working, half)
        half.rename(self._file(name))

    def use(self, name):
        """Work on a fresh copy of a kept database, or on an empty one (`None`)."""
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.working}{suffix}").unlink(missing_ok=True)
        if name is not None:
            shutil.copyfile(self._file(name), self.working)
        _connect_to(self.working)

    def lend(self, name, label):
        """Copy a kept database for another program, and name it as `DATABASE_URL` does."""
        copy = Path(self.working).with_name(f"{label}.sqlite3")
        shutil.copyfile(self._file(name), copy)
        return f"sqlite:///{copy}"

    def forget_former(self, name):
        """Leave what former runs kept under a name; pytest removes their folders."""

    def drop(self):
        """Leave the copies; their folder goes with the process."""
        connections.close_all()

    def url(self):
        """Name the database in use, as `DATABASE_URL` does."""
        return f"sqlite:///{self.working}"

    def _file(self, name):
        folder = self.kept_folder if name.startswith(MIGRATED) else self.run_folder
        return folder / f"{name}.sqlite3"


class PostgreSQLStore:
    """Keeps databases as templates of the server."""

    def __init__(self, worker):
        self.original = settings.DATABASES["default"]["NAME"]
        self.working = f"test_{self.original}_{worker}"
        self.lent = []

    def holds(self, name):
        """Whether a database was kept under this name."""
        with self._server() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE + name])
            return cursor.fetchone() is not None

    def keep(self, name):
        """Keep the database that is in use under a name.

        What the server knows of its tables goes along: without it a search takes a second, not a hundredth.
        """
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with self._server() as cursor:
            cursor.execute(f'CREATE DATABASE "{TEMPLATE}{name}" TEMPLATE "{self.working}"')

    def use(self, name):
        """Work on a fresh copy of a kept database, or on an empty one (`None`)."""
        self._copy("template0" if name is None else TEMPLATE + name, self.working)
        _connect_to(self.working)

    def lend(self, name, label):
        """Copy a kept database for another program, and name it as `DATABASE_URL` does."""
        copy = f"{self.working}_{label}"
        self.lent.append(copy)
        self._copy(TEMPLATE + name, copy)
        return _url_of(copy)

    def forget_former(self, name):
        """Remove what former runs kept under a name, whatever ended them."""
        with self._server() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{TEMPLATE}{name}-"]
            )
            for (former,) in cursor.fetchall():
                cursor.execute(f'DROP DATABASE "{former}"')

    def drop(self):
        """Remove the copies from the server."""
        with self._server() as cursor:
            for copy in (self.working, *self.lent):
                cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')

    def url(self):
        """Name the database in use, as `DATABASE_URL` does."""
        return _url_of(self.working)

    def _copy(self, template, copy):
        with self._server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')

    @contextmanager
    def _server(self):
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            yield cursor


def _url_of(database):
    return re.sub(r"/[^/]*$", f"/{database}", os.environ["DATABASE_URL"])


def _connect_to(name):
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


class Databases:
    """The databases of one run, for one of its processes.

    Args:
        kept_folder: Stays from run to run.
        run_folder: Of this run, shared by its processes.
        run: Names this run, unlike any other.
        worker: Names this process within the run.
    """

    def __init__(self, kept_folder, run_folder, run, worker):
        self.kept_folder = Path(kept_folder)
        self.run = run
        if connection.vendor == "sqlite":
            self.store = SQLiteStore(kept_folder, run_folder)
        else:
            self.store = PostgreSQLStore(worker)
        self.migrated = f"{MIGRATED}{migrations_key()}"

    def use_migrated(self):
        """Work on a database as migrations leave it."""
        self._make(self.migrated, self._migrate)
        self.store.use(self.migrated)

    def use_built(self, name, build):
        """Work on what `build()` makes of a migrated database.

        Args:
            name: What it is called for the length of this run.
            build: Fills the database in use; called by the first process of the run that asks.
        """
        self.store.use(self._built(name, build))

    def lend_built(self, name, build, label):
        """Copy the same for another program, to which `label` refers; named as `DATABASE_URL` does."""
        url = self.store.lend(self._built(name, build), label)
        # Whoever built it worked on it.
        self.use_migrated()
        return url

    def _built(self, name, build):
        def make():
            self.store.forget_former(name)
            self.use_migrated()
            build()

        kept = f"{name}-{self.run}"
        self._make(kept, make)
        return kept

    def _make(self, name, make):
        with (self.kept_folder / f"{name.split('-')[0]}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.store.holds(name):
                make()
                self.store.keep(name)

    def _migrate(self):
        self.store.use(None)
        call_command("migrate", verbosity=0, interactive=False)
        # As in a project of clinics alone: Wagtail's example site would answer for every unknown host.
        welcome.remove_welcome()
