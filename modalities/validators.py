"""Checks on references; each message says what to do."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

#: Source of the pattern: Crossref, "DOIs and matching regular expressions".
validate_doi = RegexValidator(
    r"^10\.\d{4,9}/[-._;()/:A-Za-z0-9]+$",
    "This is not a DOI. It begins with 10., then digits, a slash and a name: 10.2519/jospt.2017.7096.",
)
validate_pmid = RegexValidator(
    r"^[1-9]\d{0,8}$", "A PMID is a number of up to nine digits, such as 28158962."
)
validate_pages = RegexValidator(
    r"^[A-Za-z]*\d+(-[A-Za-z]*\d+)?$", "Write pages as 133-149, or one such as e11225."
)


def normalise_doi(value):
    """A DOI without the address people paste around it, in lower case: DOIs ignore case."""
    bare = value.strip().lower()
    for prefix in ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:"):
        bare = bare.removeprefix(prefix)
    return bare.strip()


def validate_authors(value):
    """Refuse an author line without the comma between family name and initials."""
    wrong = [line for line in value.splitlines() if line.strip() and "," not in line]
    if wrong:
        raise ValidationError(f"Write each author as family name, comma, initials. Check: {wrong[0]}")
