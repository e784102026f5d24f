"""See what changed: a section as the clinic took it, as the library has it now, and as the clinic has it."""

from clinicsite.library.comparison.merging import Conflict, Merged, Why, merge
from clinicsite.library.comparison.values import Content

__all__ = ["Conflict", "Content", "Merged", "Why", "merge"]
