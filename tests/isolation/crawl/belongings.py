"""What is the neighbour's in the database and among the files, and whether it still is as it was."""

import re
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.isolation.crawl import keys
from tests.isolation.crawl.words import CLOSED, KEYS, OPEN, keys_in, words_in

#: The folders of what is private; cuts of pictures are made by whoever looks first.
PRIVATE_FOLDERS = ("documents", "original_images", "wagtail_uploads")
#: Tables in which each request of anybody's leaves something: of themselves, and of nobody else.
OF_THE_REQUEST = {"django_session", "usersessions_usersession"}


class Belongings:
    """Every row and file of the neighbour's, as they were when this was made."""

    def __init__(self):
        self.rows = {
            model._meta.db_table: _rows(model._meta.db_table, model._meta.pk.column)
            for model in keys.stored_models()
        }
        self.columns = {model._meta.db_table: model._meta.pk.column for model in keys.stored_models()}
        self.files = _files()

    def changes(self, written: set[str]) -> list[str]:
        """What is other than before in these tables, and among the files."""
        found = [one for table in sorted(written & self.rows.keys()) for one in self._of(table)]
        # What is written to a disk stays there, and is told of once.
        before, self.files = self.files, _files()
        changed = before.keys() | self.files.keys()
        return found + [f"file {path}" for path in changed if before.get(path) != self.files.get(path)]

    def _of(self, table):
        before, now = self.rows[table], _rows(table, self.columns[table])
        for key, row in before.items():
            if _is_neighbours(key) and now.get(key) != row:
                yield f"{table} {key} {'is gone' if key not in now else 'is changed'}"
        for key, row in now.items():
            if not _is_neighbours(key) and before.get(key) != row and (named := _named_in(row)):
                new = named - _named_in(before.get(key, ()))
                if new:
                    yield f"{table} {key} names {', '.join(sorted(new))}"


def _rows(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}", * FROM "{table}"')
        return {row[0]: row for row in cursor.fetchall()}


def _is_neighbours(key):
    return isinstance(key, int) and key in KEYS


def _named_in(row) -> set[str]:
    text = " ".join(f"{one}" for one in row if one is not None)
    return keys_in(text) | words_in(text, (OPEN, CLOSED))


def _files():
    """Path -> (size, when changed) of the files that are the neighbour's."""
    own = re.compile(f"{OPEN}|{CLOSED}")
    root = Path(settings.MEDIA_ROOT)
    return {
        str(path.relative_to(root)): (path.stat().st_size, path.stat().st_mtime_ns)
        for folder in PRIVATE_FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file() and own.search(path.name)
    }
