"""Whose a picture is, where the project's own images are in the same list."""

from clinicsite.clinics.tenancy.collections import collection_paths


def is_a_clinics(picture) -> bool:
    """Whether a picture lies in a collection of a clinic or of the library, and is not the project's own."""
    return picture.collection.path.startswith(collection_paths())
