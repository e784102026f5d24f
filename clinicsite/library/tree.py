"""Where the library lies in the tree of pages, and what lies in it."""

from typing import Any

from django.db.models import Q

from clinicsite.library.models.folders import LibraryFolderPage


def library_paths() -> list[str]:
    """The tree paths of the library's roots: every clinic may read what lies below them."""
    return list(LibraryFolderPage.objects.filter(depth=2).values_list("path", flat=True))


def in_library() -> Q:
    """The condition that a page lies in the library."""
    inside = Q(pk__in=[])
    for path in library_paths():
        inside |= Q(path__startswith=path)
    return inside


def is_library_page(page: Any) -> bool:
    """Whether this is a page of the library that clinics can follow; whatever is no such page is none."""
    return getattr(page, "is_library_page", False)
