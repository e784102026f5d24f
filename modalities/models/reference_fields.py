"""What is told of a paper or book, in the terms of CSL (Citation Style Language 1.0.2)."""

from django.db import models

from clinicsite.core.fields import WebAddressField
from clinicsite.modalities.validators import (
    normalise_doi,
    validate_authors,
    validate_doi,
    validate_pages,
    validate_pmid,
)


class ReferenceFields(models.Model):
    """A paper or book as a list of references shows it."""

    class CslType(models.TextChoices):
        """The CSL types we cite."""

        ARTICLE = "article-journal", "Journal article"
        BOOK = "book", "Book"
        CHAPTER = "chapter", "Book chapter"
        REPORT = "report", "Report or guideline"
        WEBPAGE = "webpage", "Web page"

    class StudyType(models.TextChoices):
        """How the knowledge was won, strongest first."""

        UMBRELLA_REVIEW = "umbrella-review", "Review of reviews"
        SYSTEMATIC_REVIEW = "systematic-review", "Systematic review"
        RANDOMISED_TRIAL = "randomised-trial", "Randomized trial"
        PROSPECTIVE_SURVEY = "prospective-survey", "Prospective survey"
        REVIEW = "review", "Narrative review"
        GUIDELINE = "guideline", "Guideline"
        OTHER = "other", "Other"

    csl_type = models.CharField("type", max_length=30, choices=CslType.choices, default=CslType.ARTICLE)
    title = models.CharField(max_length=400)
    authors = models.TextField(
        validators=[validate_authors], help_text="One author a line: family name, comma, initials. Gattie, E"
    )
    has_all_authors = models.BooleanField("all authors are listed", default=True)
    container_title = models.CharField("journal or book", max_length=250, blank=True)
    year = models.PositiveSmallIntegerField()
    volume = models.CharField(max_length=20, blank=True)
    issue = models.CharField(max_length=20, blank=True)
    page = models.CharField(
        "pages",
        max_length=30,
        blank=True,
        validators=[validate_pages],
        help_text="Such as 133-149 or e11225.",
    )
    # Null, not empty, where there is none: many references may lack a DOI.
    doi = models.CharField(  # noqa: DJ001
        "DOI",
        max_length=200,
        null=True,
        blank=True,
        validators=[validate_doi],
        help_text="Such as 10.2519/jospt.2017.7096, without https://doi.org/.",
    )
    pmid = models.CharField(
        "PMID",
        max_length=10,
        blank=True,
        validators=[validate_pmid],
        help_text="PubMed's number, digits only.",
    )
    url = WebAddressField("address", max_length=500, blank=True, help_text="Where there is no DOI.")
    study_type = models.CharField(max_length=30, choices=StudyType.choices, default=StudyType.OTHER)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.short_authors} {self.year}: {self.title}"

    def clean_fields(self, exclude=None):
        # Before the field's own check, which knows bare DOIs only.
        self.doi = normalise_doi(self.doi or "") or None
        super().clean_fields(exclude)

    @property
    def author_names(self):
        """(family, initials) of each listed author."""
        lines = (line for line in self.authors.splitlines() if line.strip())
        return [tuple(part.strip() for part in line.split(",", 1)) for line in lines]

    @property
    def short_authors(self):
        """For a label in the editor: Gattie, Gattie and Cleland, or Gattie et al. for more than two."""
        families = [name[0] for name in self.author_names]
        is_short = len(families) <= 2 and self.has_all_authors
        return " and ".join(families) if is_short else f"{families[0] if families else ''} et al.".strip()

    @property
    def formatted_authors(self):
        """Authors in Vancouver style: Gattie E, Cleland JA, Snodgrass S."""
        names = [f"{family} {initials}".strip() for family, initials in self.author_names]
        return ", ".join([*names[:6], "et al"] if len(names) > 6 or not self.has_all_authors else names)

    @property
    def source(self):
        """Where it was published, in Vancouver style: 2017;47(3):133-149."""
        issue = f"({self.issue})" if self.issue else ""
        volume = f";{self.volume}{issue}" if self.volume else ""
        page = f":{self.page}" if self.page else ""
        return f"{self.year}{volume}{page}"

    @property
    def link(self):
        """Where to read it: its DOI's address, else its own."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url
