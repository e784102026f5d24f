from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.search import index

from clinicsite.core.stale_saves import AdminModelForm
from clinicsite.modalities.models.reference_fields import ReferenceFields
from clinicsite.modalities.querysets import ReferenceQuerySet
from clinicsite.modalities.validators import validate_doi


class Reference(index.Indexed, ReferenceFields):
    """A paper or book that clinical text cites: the library's, one and the same for all clinics."""

    citation_key = models.SlugField(max_length=60, unique=True, help_text="A short name, such as gattie2017.")
    # No two may share one.
    doi = models.CharField(
        "DOI",
        max_length=200,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_doi],
        help_text="Such as 10.2519/jospt.2017.7096, without https://doi.org/.",
        error_messages={"unique": "Another reference already has this DOI. Cite that one instead."},
    )
    finding = models.TextField(blank=True, help_text="What it found, in one or two plain sentences.")
    is_finding_confirmed = models.BooleanField(
        "finding read in the paper itself", default=False, help_text="Untick until somebody has re-read it."
    )

    objects = ReferenceQuerySet.as_manager()

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("authors"),
                    FieldPanel("has_all_authors"),
                    FieldRowPanel([FieldPanel("csl_type"), FieldPanel("citation_key")]),
                    MultiFieldPanel(
                        [
                            FieldPanel("container_title"),
                            FieldRowPanel([FieldPanel("year"), FieldPanel("volume")]),
                            FieldRowPanel([FieldPanel("issue"), FieldPanel("page")]),
                        ],
                        heading="Published in",
                    ),
                    FieldRowPanel([FieldPanel("doi"), FieldPanel("pmid")]),
                    FieldPanel("url"),
                ],
                heading="Reference",
            ),
            ObjectList(
                [FieldPanel("study_type"), FieldPanel("finding"), FieldPanel("is_finding_confirmed")],
                heading="What it found",
            ),
        ],
        base_form_class=AdminModelForm,
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("authors"),
        index.AutocompleteField("authors"),
        index.SearchField("citation_key"),
        index.AutocompleteField("citation_key"),
        index.FilterField("study_type"),
    ]

    class Meta:
        ordering = ["citation_key"]

    def as_csl(self):
        """The reference as a CSL-JSON item, as reference managers exchange it."""
        item = {
            "id": self.citation_key,
            "type": self.csl_type,
            "title": self.title,
            "author": [{"family": family, "given": given} for family, given in self.author_names],
            "issued": {"date-parts": [[self.year]]},
        }
        optional = {
            "container-title": self.container_title,
            "volume": self.volume,
            "issue": self.issue,
            "page": self.page,
            "DOI": self.doi,
            "PMID": self.pmid,
            "URL": self.url,
        }
        return item | {name: value for name, value in optional.items() if value}
