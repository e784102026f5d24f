"""Library pages beside clinics: who follows what, with what of their own. Not for one clinic's people."""

from clinicsite.library.matrix.export import export_lines
from clinicsite.library.matrix.filters import MatrixFilters
from clinicsite.library.matrix.grid import Matrix
from clinicsite.library.matrix.reach import Reach
from clinicsite.library.matrix.states import FILTERABLE, LABELS, Mark

__all__ = [
    "FILTERABLE",
    "LABELS",
    "Mark",
    "Matrix",
    "MatrixFilters",
    "Reach",
    "export_lines",
]
