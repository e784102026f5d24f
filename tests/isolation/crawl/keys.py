"""Where a table's keys go on from, so that a key tells whose it is, and of what."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from tests.isolation.crawl.words import BLOCK


def go_on_from(number: int, block: int = BLOCK) -> None:
    """Have the next row of every table get a key of its own block; the first table's begins with `number`."""
    with connection.cursor() as cursor:
        for place, (table, column) in enumerate(_numbered()):
            start = number + place * block
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])
            else:
                sequence = "SELECT setval(pg_get_serial_sequence(%s, %s), %s)"
                cursor.execute(sequence, [f'"{table}"', column, start])


def go_on_as_before() -> None:
    """Let keys follow those of the rows that there are; PostgreSQL undoes none of the above by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), stored_models()):
            cursor.execute(statement)


def stored_models() -> list[type[models.Model]]:
    """Every model with a table of its own, those between two others too."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]


def _numbered():
    for model in stored_models():
        if isinstance(model._meta.pk, models.AutoField):
            yield model._meta.db_table, model._meta.pk.column
