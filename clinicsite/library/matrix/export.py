"""The matrix as lines of a spreadsheet, written while they are read."""

import csv
from collections.abc import Iterator

from clinicsite.core.spreadsheets import as_words
from clinicsite.library.matrix.cells import Cell, Follower, Row
from clinicsite.library.matrix.grid import Matrix
from clinicsite.library.matrix.states import COUNTED, LABELS, Mark

CLINICS_AT_ONCE = 50
HEADINGS = (
    *("Clinic", "Host", "Library page", "Type", "State", "Address", "Waiting", "On pilot"),
    *(LABELS[mark][0] for mark in COUNTED),
    *("Last changed", "Follows since"),
)


class Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def export_lines(matrix: Matrix) -> Iterator[str]:
    """Every cell that the filters leave, a line for each follower; read a batch of clinics at a time."""
    writer = csv.writer(Echo())
    yield writer.writerow(HEADINGS)
    site_ids = matrix.site_ids
    for start in range(0, len(site_ids), CLINICS_AT_ONCE):
        rows = matrix.rows(site_ids[start : start + CLINICS_AT_ONCE], matrix.pages)
        yield "".join(writer.writerow(map(as_words, values)) for row in rows for values in _lines(row))


def _lines(row: Row) -> Iterator[list[str]]:
    for cell in row.cells:
        if cell is not None:
            yield from _cell_lines(row.site, cell)


def _cell_lines(site, cell: Cell) -> Iterator[list[str]]:
    page = cell.library_page
    beginning = [site.clinic_name, site.hostname, page.title, page.type_name]
    for follower in cell.followers:
        yield beginning + _follower_values(follower)
    if not cell.followers:
        empty = [""] * (len(HEADINGS) - len(beginning) - 1)
        yield [*beginning, LABELS[cell.absence][0], *empty]


def _follower_values(follower: Follower) -> list[str]:
    marks = follower.marks
    state = next(iter(marks))
    return [
        LABELS[state][0],
        follower.address,
        str(marks[Mark.HOLDS]) if Mark.HOLDS in marks else "",
        "yes" if Mark.PILOT in marks else "",
        *(str(marks.get(mark, 0)) for mark in COUNTED),
        follower.changed_at.isoformat(timespec="minutes") if follower.changed_at else "",
        follower.since,
    ]
