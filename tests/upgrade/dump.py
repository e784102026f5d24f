"""Keep a database of this version for ever: `python -m tests.upgrade.dump`, once before each release.

It works on the empty database that `DATABASE_URL` names, and writes a file in `tests/upgrade/data`.
"""

import gzip
import os
import sqlite3
import subprocess
import tempfile
import tomllib
from pathlib import Path

import django

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).resolve().parents[2]
#: Made anew by `rebuild_references_index` and `update_index`.
LEFT_OUT = ("wagtailcore_referenceindex", "wagtailsearch_indexentry")


def main():
    """Migrate, fill, look whether every table of ours has a row, and write the dump."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicsite.settings.test")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from clinicsite.provisioning.welcome import remove_welcome
    from tests.upgrade.fill import fill

    call_command("migrate", verbosity=0)
    remove_welcome()
    fill()
    empty = [table for table in our_tables() if not rows_in(table)]
    assert not empty, f"Nothing in {', '.join(empty)}"
    dump = dumped_from_sqlite if connection.vendor == "sqlite" else dumped_from_postgresql
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    path = DATA / f"{version}-{connection.vendor}.gz"
    DATA.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(dump(connection.settings_dict), mtime=0))
    print(f"Wrote {path}, {path.stat().st_size // 1024} kB.")


def our_tables():
    """The tables of ours in the database at hand."""
    from django.db import connection

    return [name for name in connection.introspection.table_names() if name.startswith("clinicsite_")]


def rows_in(table):
    """How many rows a table has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def dumped_from_sqlite(settings):
    """The file of the database, as small as it can be."""
    with sqlite3.connect(settings["NAME"]) as source, tempfile.TemporaryDirectory() as folder:
        for table in LEFT_OUT:
            source.execute(f"DELETE FROM {table}")
        source.commit()
        source.execute("VACUUM INTO ?", [f"{folder}/small.sqlite3"])
        return Path(folder, "small.sqlite3").read_bytes()


def dumped_from_postgresql(settings):
    """The database as SQL that any client runs, with no owner."""
    leaving_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
    command = ["pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500", *leaving_out]
    where = ["--host", settings["HOST"], "--port", str(settings["PORT"]), "--username", settings["USER"]]
    finished = subprocess.run(
        [*command, *where, settings["NAME"]], capture_output=True, text=True, check=True
    )
    lines = finished.stdout.splitlines()
    # Lines with a backslash are psql's own; the search path of the dump hides each table that comes after it.
    kept = (line for line in lines if not line.startswith(("\\", "SELECT pg_catalog.set_config")))
    return "\n".join(kept).encode()


if __name__ == "__main__":
    main()
