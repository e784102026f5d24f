from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from clinicsite.core.fields import ProseField
from clinicsite.core.models.ordered import OrderedRow
from clinicsite.modalities.models.references import Reference


class EvidenceStatement(OrderedRow):
    """What research says of one treatment for one condition, in a sentence that a patient understands.

    A clinic's treatment that follows the library reads the library's statements, and may say its own.
    """

    class Strength(models.TextChoices):
        """How sure the research lets us be, in the words patients read."""

        GOOD = "good", "Good evidence"
        SOME = "some", "Some evidence"
        LITTLE = "little", "Little evidence"
        UNKNOWN = "unknown", "Not known"

    page = ParentalKey(
        "clinicsite_modalities.ModalityPage", on_delete=models.CASCADE, related_name="evidence_statements"
    )
    # A clinic's conditions go together with its treatments, and not before what is said of them.
    condition = models.ForeignKey(
        "clinicsite_modalities.ConditionPage", on_delete=models.RESTRICT, related_name="+"
    )
    strength = models.CharField(max_length=10, choices=Strength.choices)
    statement = ProseField(help_text="One or two plain sentences: what was found, and what was not.")
    # Without its reference a statement is kept but not shown: see `is_shown`.
    reference = models.ForeignKey(
        Reference,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The study or review that says so. Only “not known” may do without.",
    )

    panels = [
        PageChooserPanel("condition"),
        FieldPanel("strength"),
        FieldPanel("statement"),
        FieldPanel("reference"),
    ]

    class Meta(OrderedRow.Meta):
        verbose_name = "what the evidence says"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "condition"],
                name="clinicsite_evidence_statement_unique",
                violation_error_message="There is a statement about this condition already. Change that one.",
            ),
        ]

    def __str__(self):
        return f"{self.get_strength_display()}: {self.statement}"

    def clean(self):
        super().clean()
        if self.strength and not self.is_shown:
            raise ValidationError({"reference": "Choose the study or review that says so."})

    @property
    def is_shown(self):
        """Whether patients read it: what claims to know something names its source."""
        return self.strength == self.Strength.UNKNOWN or self.reference_id is not None

    @property
    def inheritance_key(self):
        """What makes two statements answer the same question."""
        return self.condition_id
