from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from clinicsite.core.fields import ContentField
from clinicsite.library.blocks import ClinicalBodyBlock
from clinicsite.library.composition import Action
from clinicsite.library.equality import fingerprint
from clinicsite.library.sections import override_from_record, section_from_base
from clinicsite.library.stored import dict_or_empty

#: What a clinic does with a section, in its editor's words.
ACTION_LABELS = {
    Action.REPLACE: "Ours instead",
    Action.HIDE: "Hide it",
    Action.RETURN: "The library's for now",
}


class SectionOverride(models.Model):
    """A clinic's own version of a library section, or its wish to hide it.

    A child of the page, so that it is drafted, approved, kept in revisions and undone with it. It is never
    deleted by an answer: a section returned to the library keeps the clinic's words here, unread.
    """

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="clinicsite_section_overrides")
    section_id = models.CharField("library section", max_length=36)
    action = models.CharField(max_length=10, choices=[(one.value, ACTION_LABELS[one]) for one in Action])
    heading = models.CharField(max_length=150, blank=True)
    body = ContentField(ClinicalBodyBlock(), blank=True)
    base = models.JSONField(
        default=dict,
        help_text="The library's section as it was when the clinic took it over. Never rewritten by a draft.",
    )
    base_fingerprint = models.CharField(max_length=32, editable=False, db_index=True, default="")
    is_kept = models.BooleanField(
        default=False, help_text="The library has retired the section; the clinic keeps its own."
    )
    reason = models.TextField(blank=True, help_text="Why this clinic says something different.")
    reviewed_by = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "override"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "section_id"],
                name="clinicsite_section_override_unique",
                violation_error_message="This clinic already has its own version of that section.",
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.heading or dict_or_empty(self.base).get('heading', '')}"

    def save(self, *args, **kwargs):
        self.base_fingerprint = fingerprint(section_from_base(self.section_id, self.base))
        super().save(*args, **kwargs)

    def as_value(self):
        """The override as `compose()` takes it."""
        return override_from_record(self)
