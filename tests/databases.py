"""Databases that are made once and copied: the migrated one, and those that tests build on top of it.

Running every migration takes half a minute, building the demo longer. Both are done once and kept: the
migrated database from one run to the next under a key of all that shaped it, others for one run. A process of
tests works on a copy: a file on SQLite, a database made from a template on PostgreSQL.
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

#: What shapes a migrated database besides migrations: who writes the schema, content types and permissions.
PACKAGES = ("django", "wagtail", "modelsearch", "django-taggit", "django-tasks-db")
#: Begins the name of every database that is a template of ours.
TEMPLATE = "clinicsite_template_"


def migrations_key():
    """Name what a migrated database follows from: every migration, the packages and the kind of database."""
    digest = hashlib.sha256(f"{connection.vendor} {sys.version_info[:2]}".encode())
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}".encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class SQLiteStore:
    """Keeps databases as files of a folder."""

    def __init__(self, folder):
        self.folder = Path(folder)
        # A process that is forked from another has the same settings, and needs a file of its own.
        self.working = f"{settings.DATABASES['default']['TEST']['NAME']}.{os.getpid()}"

    def holds(self, name):
        """Whether a database was kept under this name."""
        return self._file(name).exists()

    def keep(self, name):
        """Keep the database that is in use under a name."""
        connections.close_all()
        half = self.folder / f"{name}.half-copied"
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

    def drop(self):
        """Leave the copy; its folder goes with the process."""
        connections.close_all()

    def url(self):
        """Name the database in use, as `DATABASE_URL` does."""
        return f"sqlite:///{self.working}"

    def _file(self, name):
        return self.folder / f"{name}.sqlite3"


class PostgreSQLStore:
    """Keeps databases as templates of the server."""

    def __init__(self, worker):
        self.original = settings.DATABASES["default"]["NAME"]
        self.working = f"test_{self.original}_{worker}"

    def holds(self, name):
        """Whether a database was kept under this name."""
        with self._server() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE + name])
            return cursor.fetchone() is not None

    def keep(self, name):
        """Keep the database that is in use under a name."""
        with self._server() as cursor:
            cursor.execute(f'CREATE DATABASE "{TEMPLATE}{name}" TEMPLATE "{self.working}"')

    def use(self, name):
        """Work on a fresh copy of a kept database, or on an empty one (`None`)."""
        template = "template0" if name is None else TEMPLATE + name
        with self._server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.working}"')
            cursor.execute(f'CREATE DATABASE "{self.working}" TEMPLATE "{template}"')
        _connect_to(self.working)

    def drop(self):
        """Remove the copy from the server."""
        with self._server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.working}"')

    def url(self):
        """Name the database in use, as `DATABASE_URL` does."""
        return re.sub(r"/[^/]*$", f"/{self.working}", os.environ["DATABASE_URL"])

    @contextmanager
    def _server(self):
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            yield cursor


def _connect_to(name):
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


class Databases:
    """The databases of one run, for one of its processes."""

    def __init__(self, kept_folder, run_folder, worker):
        self.run_folder = Path(run_folder)
        self.kept_folder = Path(kept_folder)
        self.store = SQLiteStore(kept_folder) if connection.vendor == "sqlite" else PostgreSQLStore(worker)
        self.migrated = f"migrated-{migrations_key()}"

    def use_migrated(self):
        """Work on a database as migrations leave it."""
        self._make(self.migrated, self._migrate)
        self.store.use(self.migrated)

    def use_built(self, name, build):
        """Work on what `build()` makes of a migrated database; the first process of a run that asks builds.

        Args:
            name: What it is called for the length of this run.
            build: Fills the database in use.
        """
        name = f"{name}-{self.run_folder.name}"
        self._make(name, lambda: (self.use_migrated(), build()))
        self.store.use(name)

    def _make(self, name, make):
        with (self.kept_folder / f"{name.split('-')[0]}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.store.holds(name):
                make()
                self.store.keep(name)

    def _migrate(self):
        self.store.use(None)
        call_command("migrate", verbosity=0, interactive=False)
