from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import Site

from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.modalities.models.reference_fields import ReferenceFields
from clinicsite.modalities.models.references import Reference

WHERE_TO_READ_IT = "Give a DOI, a PubMed number or an address, so that patients and the library can find it."

BROUGHT_ALREADY = "You have brought this paper already. Cite that one instead."


class OwnReferenceQuerySet(models.QuerySet):
    """Questions about the papers that clinics have brought."""

    def met_by(self, user):
        """Those of the clinics that a person looks after; nobody else's are there for them."""
        return self.filter(site__in=scope_at_work(user).sites())

    def waiting(self):
        """Those that the library has not answered yet, oldest first."""
        return self.filter(state=OwnReference.State.ASKED).order_by("asked_at", "pk")


class OwnReference(ReferenceFields):
    """A paper that a clinic cites and the library does not have: shown at once, and asked for in the library.

    Once the library has taken it over, the clinic's pages show the library's reference in its place.
    """

    class State(models.TextChoices):
        """What the library has said."""

        ASKED = "asked", "Asked for"
        ACCEPTED = "accepted", "In the library"
        DECLINED = "declined", "Declined"

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="clinicsite_own_references", verbose_name="clinic"
    )
    why = models.TextField(
        "to the library", blank=True, help_text="What you cite it for. Patients do not see this."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED, editable=False)
    answer = models.TextField(blank=True, editable=False)
    library_reference = models.ForeignKey(
        Reference,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="own_references",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OwnReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = "own reference"
        constraints = [
            models.UniqueConstraint(
                fields=["site", "doi"],
                name="clinicsite_own_reference_unique",
                violation_error_message=BROUGHT_ALREADY,
            )
        ]

    @property
    def answer_mark(self) -> str:
        """One word for what the library has said so far; empty while it has said nothing."""
        return self.answered_at.isoformat() if self.answered_at else ""

    def clean(self):
        super().clean()
        if not (self.doi or self.pmid or self.url):
            raise ValidationError({"doi": WHERE_TO_READ_IT})
        # Said here too: a form that does not ask for the clinic leaves constraints about it to the database.
        brought = OwnReference.objects.filter(site=self.site_id, doi=self.doi).exclude(pk=self.pk)
        if self.doi and brought.exists():
            raise ValidationError({"doi": BROUGHT_ALREADY})
        known = self.same_in_library()
        if known and not self.is_taken_over:
            sentence = f"The library has it: “{known}”. Cite it with the button “Cite a reference”."
            raise ValidationError({"doi" if known.doi == self.doi and self.doi else "pmid": sentence})

    @property
    def is_taken_over(self):
        """Whether the library's reference stands in its place."""
        return self.library_reference_id is not None

    def same_in_library(self) -> Reference | None:
        """The library's reference to the same paper, known by its DOI or PubMed number."""
        same = models.Q(pk__in=[])
        if self.doi:
            same |= models.Q(doi=self.doi)
        if self.pmid:
            same |= models.Q(pmid=self.pmid)
        return Reference.objects.filter(same).first()
