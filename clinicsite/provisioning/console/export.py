"""The list of clinics as lines of a spreadsheet, written while they are read."""

import csv
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from clinicsite.clinics.console import Column, Kind
from clinicsite.core.spreadsheets import as_words
from clinicsite.library.matrix.export import Echo
from clinicsite.provisioning.console.grid import Console

CLINICS_AT_ONCE = 250


def export_lines(console: Console) -> Iterator[str]:
    """The headings, then a line for each clinic that the filters leave; read a batch of clinics at a time."""
    writer = csv.writer(Echo())
    zone = timezone.get_current_timezone_name()
    # By its mark Excel knows UTF-8.
    yield "\ufeff" + writer.writerow(
        ["Clinic", "Host", "State", *(_heading(column, zone) for column in console.columns)]
    )
    sites = console.clinics.sites
    for start in range(0, len(sites), CLINICS_AT_ONCE):
        rows = console.rows(sites[start : start + CLINICS_AT_ONCE])
        yield "".join(writer.writerow(map(as_words, _values(row, console.columns))) for row in rows)


def _heading(column: Column, zone):
    more = {Kind.SIZE: " (bytes)", Kind.MOMENT: f" ({zone})"}
    return column.heading + more.get(column.kind, "")


def _values(row, columns):
    found = (_written(value) for value in row.values)
    return [row.name, row.site.hostname, row.state, *found]


def _written(value):
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
